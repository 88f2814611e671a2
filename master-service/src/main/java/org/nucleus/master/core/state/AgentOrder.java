package org.nucleus.master.core.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.DrainInfo;

/**
 * An operator wants an agent not to be offered.
 *
 * @param drain how it is emptied; absent if what it runs may stay
 * @param since when this was ordered
 */
public record AgentOrder(@Nullable DrainInfo drain, Instant since) {}
