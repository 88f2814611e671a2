package org.nucleus.agent.containerizer;

/**
 * How much is kept of what a task writes: the newest in {@code stdout} and {@code stderr}, what came before in {@code
 * stdout.1} and so on.
 */
public record Rotation(Kept stdout, Kept stderr) {
    /** At most {@code mostBytes} in each of a file and {@code older} ones. */
    public record Kept(long mostBytes, int older) {
        public Kept {
            if (mostBytes <= 0 || older < 0) {
                throw new IllegalArgumentException("Cannot keep " + mostBytes + " bytes in " + older + " older files");
            }
        }
    }
}
