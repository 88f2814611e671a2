package org.nucleus.benchmarks.scale;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.curator.test.TestingServer;
import org.nucleus.benchmarks.stand.Arguments;
import org.nucleus.benchmarks.stand.Report;
import org.nucleus.benchmarks.stand.Stand;
import org.nucleus.benchmarks.swarm.SimulatedFramework;
import org.nucleus.benchmarks.swarm.SimulatedTasks;
import org.nucleus.benchmarks.swarm.Swarm;
import org.nucleus.benchmarks.swarm.Waiting;
import org.nucleus.detection.MasterDetector;
import org.nucleus.detection.MasterDetector.Leader;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskStatus;

/** The leading master is killed; a standby takes over and has all agents and their tasks back. */
public final class Failover {
    private static final String RESOURCES = "cpus:4;mem:4096;disk:10000;ports:[31000-32000]";
    private static final int LABELS = 10;
    private static final Duration MOST = Duration.ofMinutes(3);
    private static final String ROLE = "role";

    private Failover() {}

    /** Arguments: agents, tasks (of each agent). */
    public static void run(Arguments arguments) throws Exception {
        int count = arguments.number("agents", 5_000);
        int each = arguments.number("tasks", 10);
        try (Stand stand = new Stand();
                TestingServer zooKeeper = new TestingServer()) {
            String url = "zk://" + zooKeeper.getConnectString() + "/nucleus";
            String[] flags = {"--zk=" + url, "--agent_ping_timeout=60secs", "--zk_session_timeout=4secs"};
            Stand.Master first = stand.master(flags);
            Stand.Master standby = stand.candidate(flags);
            try (Swarm swarm = new Swarm(first.address(), RESOURCES, _ -> 0);
                    MasterDetector detector = MasterDetector.of(url)) {
                AtomicLong elected = new AtomicLong();
                detector.start(leader -> follow(leader, standby, swarm, elected));
                fill(swarm, first, count, each, stand);
                Waiting.until(() -> responds(stand, standby), MOST);
                measure(new Clusters(stand, first, standby), swarm, elected, count * each);
            }
        }
    }

    private record Clusters(Stand stand, Stand.Master first, Stand.Master standby) {}

    private static void follow(Optional<Leader> leader, Stand.Master standby, Swarm swarm, AtomicLong elected) {
        leader.filter(now -> now.port() == standby.address().getPort()).ifPresent(_ -> {
            elected.set(System.nanoTime());
            swarm.follow(standby.address());
        });
    }

    private static void fill(Swarm swarm, Stand.Master master, int count, int each, Stand stand) throws Exception {
        swarm.start(count);
        if (!swarm.awaitAll(MOST)) {
            throw new IOException("Only " + swarm.connected() + " agents registered");
        }
        SimulatedFramework framework = new SimulatedFramework(
                        master.address(), Frameworks.named("owner", ROLE), new Idle())
                .awaitSubscribed(MOST);
        framework.send(org.nucleus.wire.scheduler.Call.builder().type(org.nucleus.wire.scheduler.Call.Type.SUPPRESS));
        swarm.adopt(
                framework.description(), place -> SimulatedTasks.running(place, framework.id(), ROLE, each, LABELS));
        long tasks = (long) count * each;
        if (!Waiting.until(() -> hasTasks(stand, master, tasks), MOST)) {
            throw new IOException("The first master does not have all tasks");
        }
    }

    private static void measure(Clusters in, Swarm swarm, AtomicLong elected, long tasks) throws Exception {
        long killed = System.nanoTime();
        in.first().process().kill();
        Waiting.until(() -> elected.get() != 0, MOST);
        double cpu = in.standby().process().cpuSeconds();
        Waiting.until(() -> swarm.connected() < swarm.size(), Duration.ofSeconds(5));
        boolean agents = swarm.awaitAll(MOST);
        double agentsBack = (System.nanoTime() - elected.get()) / 1e9;
        boolean all = Waiting.until(() -> hasTasks(in.stand(), in.standby(), tasks), MOST);
        double tasksBack = (System.nanoTime() - elected.get()) / 1e9;
        Report.row("agents", swarm.size());
        Report.row("tasks", tasks);
        Report.row("elected_after_seconds", (elected.get() - killed) / 1e9);
        Report.row("all_back", Boolean.toString(agents && all));
        Report.row("agents_back_seconds_after_election", agentsBack);
        Report.row("tasks_back_seconds_after_election", tasksBack);
        Report.row("master_cpu_seconds", in.standby().process().cpuSeconds() - cpu);
        Report.row("master_resident_megabytes", in.standby().process().residentMegabytes());
        Report.row("registry_read_ms", in.stand().metric(in.standby(), "registrar/state_fetch_ms"));
    }

    private static boolean hasTasks(Stand stand, Stand.Master master, long tasks) {
        try {
            return Math.round(stand.metric(master, "master/tasks_running")) == tasks;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean responds(Stand stand, Stand.Master master) {
        try {
            return stand.get(master, "/health").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Wants nothing. */
    private static final class Idle implements SimulatedFramework.Behaviour {
        @Override
        public void offered(SimulatedFramework framework, java.util.List<Offer> offers) {
            framework.decline(offers, 600);
        }

        @Override
        public void updated(SimulatedFramework framework, TaskStatus status) {
            throw new IllegalStateException("An update that nobody asked for: " + status);
        }
    }
}
