package org.nucleus.benchmarks.scale;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.nucleus.benchmarks.stand.Arguments;
import org.nucleus.benchmarks.stand.Report;
import org.nucleus.benchmarks.stand.Stand;
import org.nucleus.benchmarks.swarm.SimulatedFramework;
import org.nucleus.benchmarks.swarm.SimulatedTasks;
import org.nucleus.benchmarks.swarm.Swarm;
import org.nucleus.benchmarks.swarm.Waiting;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;

/** A framework asks for the states of all its tasks, without naming them and naming each. */
public final class Reconciling implements SimulatedFramework.Behaviour {
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final String ROLE = "role";

    private final AtomicLong answers = new AtomicLong();

    private Reconciling() {}

    /** Arguments: tasks; agents that they are spread over. */
    public static void run(Arguments arguments) throws Exception {
        new Reconciling().measure(arguments.number("tasks", 100_000), arguments.number("agents", 1_000));
    }

    private void measure(int tasks, int agents) throws Exception {
        int each = tasks / agents;
        try (Stand stand = new Stand()) {
            Stand.Master master = stand.master("--agent_ping_timeout=60secs");
            String resources = "cpus:" + each + ";mem:" + each * 64;
            try (Swarm swarm = new Swarm(master.address(), resources, _ -> 0);
                    SimulatedFramework framework = new SimulatedFramework(
                                    master.address(), Frameworks.named("owner", ROLE), this)
                            .awaitSubscribed(MOST)) {
                framework.send(Call.builder().type(Call.Type.SUPPRESS));
                List<Task> all = fill(swarm, framework, agents, each);
                awaitRunning(stand, master, all.size());
                Report.row("tasks", all.size());
                for (int round = 1; round <= 3; round++) {
                    Report.row("implicit_seconds_" + round, ask(framework, List.of(), all.size()));
                    Report.row("explicit_seconds_" + round, ask(framework, named(all), all.size()));
                }
                Frameworks.checkUntroubled(List.of(framework));
            }
        }
    }

    private static List<Task> fill(Swarm swarm, SimulatedFramework framework, int agents, int each) throws IOException {
        swarm.start(agents);
        if (!swarm.awaitAll(MOST)) {
            throw new IOException("Only " + swarm.connected() + " agents registered");
        }
        List<Task> all = new ArrayList<>();
        swarm.adopt(framework.description(), place -> {
            List<Task> here = SimulatedTasks.running(place, framework.id(), ROLE, each, 2);
            all.addAll(here);
            return here;
        });
        return all;
    }

    private static void awaitRunning(Stand stand, Stand.Master master, long count) throws IOException {
        boolean there = Waiting.until(
                () -> {
                    try {
                        return Math.round(stand.metric(master, "master/tasks_running")) == count;
                    } catch (IOException e) {
                        return false;
                    }
                },
                MOST);
        if (!there) {
            throw new IOException("The master does not have all tasks");
        }
    }

    private static List<Call.Reconcile.Task> named(List<Task> tasks) {
        return tasks.stream()
                .map(task -> new Call.Reconcile.Task(task.taskId(), task.agentId()))
                .toList();
    }

    private double ask(SimulatedFramework framework, List<Call.Reconcile.Task> tasks, long expected)
            throws IOException {
        answers.set(0);
        long begin = System.nanoTime();
        framework.send(Call.builder().type(Call.Type.RECONCILE).reconcile(new Call.Reconcile(tasks)));
        if (!Waiting.until(() -> answers.get() >= expected || framework.trouble() != null, MOST)) {
            throw new IOException("Only " + answers.get() + " tasks were answered for");
        }
        if (framework.trouble() != null) {
            throw new IOException(Objects.requireNonNull(framework.trouble()));
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    @Override
    public void offered(SimulatedFramework framework, List<Offer> offers) {
        framework.decline(offers, 600);
    }

    @Override
    public void updated(SimulatedFramework framework, TaskStatus status) {
        if (status.reason() == TaskStatus.Reason.REASON_RECONCILIATION) {
            answers.incrementAndGet();
        }
    }
}
