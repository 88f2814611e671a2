package org.nucleus.agent.containerizer;

import java.time.Duration;

/**
 * What a container's living processes use: {@code rssBytes} is their resident memory, pages they share counted once for
 * each. Time of processes that have ended counts once their parent has waited for them.
 */
public record Usage(Duration userTime, Duration systemTime, long rssBytes, int processes, int threads) {}
