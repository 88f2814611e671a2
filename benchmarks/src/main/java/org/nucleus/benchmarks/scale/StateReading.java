package org.nucleus.benchmarks.scale;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nucleus.benchmarks.stand.Arguments;
import org.nucleus.benchmarks.stand.Report;
import org.nucleus.benchmarks.stand.Stand;
import org.nucleus.benchmarks.swarm.SimulatedFramework;
import org.nucleus.benchmarks.swarm.SimulatedTasks;
import org.nucleus.benchmarks.swarm.Swarm;
import org.nucleus.benchmarks.swarm.Waiting;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;

/** Many clients read {@code /state} at once, while health is asked for and a framework's calls go on. */
public final class StateReading implements SimulatedFramework.Behaviour {
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final String ROLE = "role";

    private StateReading() {}

    /** Arguments: agents, tasks (of each agent), clients, seconds. */
    public static void run(Arguments arguments) throws Exception {
        new StateReading().measure(arguments);
    }

    private void measure(Arguments arguments) throws Exception {
        int agents = arguments.number("agents", 100);
        int each = arguments.number("tasks", 100);
        try (Stand stand = new Stand()) {
            Stand.Master master = stand.master("--agent_ping_timeout=60secs");
            String resources = "cpus:" + each + ";mem:" + each * 64;
            try (Swarm swarm = new Swarm(master.address(), resources, _ -> 0);
                    SimulatedFramework framework = new SimulatedFramework(
                                    master.address(), Frameworks.named("owner", ROLE), this)
                            .awaitSubscribed(MOST)) {
                framework.send(Call.builder().type(Call.Type.SUPPRESS));
                swarm.start(agents);
                swarm.awaitAll(MOST);
                swarm.adopt(
                        framework.description(), place -> SimulatedTasks.running(place, framework.id(), ROLE, each, 2));
                Waiting.until(() -> has(stand, master, (long) agents * each), MOST);
                Report.row("agents", agents);
                Report.row("tasks", (long) agents * each);
                Report.row("state_bytes", stand.get(master, "/state").body().length);
                read(new Load(stand, master), 1, 5, "alone");
                read(
                        new Load(stand, master),
                        arguments.number("clients", 20),
                        arguments.number("seconds", 15),
                        "together");
            }
        }
    }

    private record Load(Stand stand, Stand.Master master) {}

    private static void read(Load load, int clients, int seconds, String name) throws InterruptedException {
        Collection<Double> states = new ConcurrentLinkedQueue<>();
        Collection<Double> health = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(clients + 1);
        for (int i = 0; i < clients; i++) {
            Thread.ofVirtual().start(() -> repeat(load, "/state", states, over, ended));
        }
        Thread.ofVirtual().start(() -> repeat(load, "/health", health, over, ended));
        Waiting.pass(Duration.ofSeconds(seconds));
        over.set(true);
        ended.await();
        Report.row(name + "_clients", clients);
        Report.row(
                name + "_state_mean_ms",
                states.stream().mapToDouble(Double::doubleValue).average().orElse(0));
        Report.distribution(name + "_state_ms", states);
        Report.distribution(name + "_health_ms", health);
    }

    private static void repeat(
            Load load, String path, Collection<Double> times, AtomicBoolean over, CountDownLatch ended) {
        try {
            while (!over.get()) {
                long begin = System.nanoTime();
                int status = load.stand().get(load.master(), path).statusCode();
                if (status != 200) {
                    throw new IOException(path + " answered " + status);
                }
                times.add((System.nanoTime() - begin) / 1e6);
                if (path.equals("/health")) {
                    Waiting.pass(Duration.ofMillis(20));
                }
            }
        } catch (IOException e) {
            System.err.println("A reader ended: " + e);
        } finally {
            ended.countDown();
        }
    }

    private static boolean has(Stand stand, Stand.Master master, long tasks) {
        try {
            return Math.round(stand.metric(master, "master/tasks_running")) == tasks;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void offered(SimulatedFramework framework, List<Offer> offers) {
        framework.decline(offers, 600);
    }

    @Override
    public void updated(SimulatedFramework framework, TaskStatus status) {
        throw new IllegalStateException("An update that nobody asked for: " + status);
    }
}
