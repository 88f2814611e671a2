package org.nucleus.cluster;

import java.util.List;

/**
 * Where the services of a local cluster listen, all on the loopback interface.
 *
 * @param masters one for each master
 * @param agents one for each agent
 * @param tasks the first of the ports that agents offer to tasks
 */
public record Ports(
        int zooKeeper,
        int postgres,
        List<Integer> masters,
        List<Integer> agents,
        int marathon,
        int chronos,
        int tasks) {
    private static final int TASK_PORTS_PER_AGENT = 300;

    public Ports {
        masters = List.copyOf(masters);
        agents = List.copyOf(agents);
    }

    /** The ports that the originals' users expect. */
    public static Ports standard() {
        return new Ports(2181, 15432, List.of(5050, 5060), List.of(5051, 5052, 5053), 8080, 4400, 31000);
    }

    /** The ports an agent offers: a share of its own, since all agents are on one host, and Chronos' everywhere. */
    String offeredBy(int agent) {
        int first = tasks + agent * TASK_PORTS_PER_AGENT;
        return "[" + chronos + "-" + chronos + "," + first + "-" + (first + TASK_PORTS_PER_AGENT - 1) + "]";
    }
}
