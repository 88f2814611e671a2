package org.nucleus.agent.containerizer;

import java.util.List;

/**
 * What a container finds around it, as far as the agent's isolation covers it.
 *
 * @param volumes what its sandbox holds that is kept elsewhere
 * @param machinesProcesses whether it asked to see the processes of the machine ({@code share_pid_namespace})
 */
public record Surroundings(List<Volume> volumes, boolean machinesProcesses) {
    private static final Surroundings USUAL = new Surroundings(List.of(), false);

    public Surroundings {
        volumes = List.copyOf(volumes);
    }

    /** No volumes, and processes of its own where the agent isolates them. */
    public static Surroundings usual() {
        return USUAL;
    }
}
