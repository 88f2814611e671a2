/**
 * What an agent and the leading master say to each other. Nucleus' own protocol: the agent dials in, keeps one stream of
 * events open, and posts calls. Field names follow the v1 protocol; {@code agentlink.schema} has the numbers.
 */
@NullMarked
package org.nucleus.wire.agentlink;

import org.jspecify.annotations.NullMarked;
