package org.nucleus.agent.containerizer;

/**
 * A container's command runs as {@code pid}, which leads its own session and process group.
 *
 * @param startTicks when the kernel started it, in clock ticks since boot: tells it from a later process of the same
 *     pid
 */
public record Started(long pid, long startTicks) {}
