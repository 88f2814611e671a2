package org.nucleus.benchmarks.scale;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.nucleus.benchmarks.stand.Arguments;
import org.nucleus.benchmarks.stand.Report;
import org.nucleus.benchmarks.stand.Stand;
import org.nucleus.benchmarks.swarm.SimulatedFramework;
import org.nucleus.benchmarks.swarm.Swarm;
import org.nucleus.benchmarks.swarm.Waiting;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/**
 * The shape of the original's own measurement (Hindman et al., NSDI 2011, 6.5): frameworks fill all agents with tasks of
 * 30 s on average, two on each; one more framework launches a task of 10 s at a time and is told how much longer than
 * that it took until it heard of the end.
 */
public final class NsdiShape implements SimulatedFramework.Behaviour {
    private static final int TASKS_ON_AGENT = 2;
    private static final long MEAN_MILLIS = 30_000;
    private static final long DEVIATION_MILLIS = 10_000;
    private static final int PROBE_MILLIS = 10_000;
    private static final double PROBE_CPUS = 0.1;
    private static final double PROBE_MEM = 16;
    private static final String PROBE = "probe";

    private final SplittableRandom random = new SplittableRandom(1);
    private final LongAdder finished = new LongAdder();
    private final Map<TaskId, Long> probes = new ConcurrentHashMap<>();
    private final Collection<Double> delays = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean probing = new AtomicBoolean();

    private NsdiShape() {}

    /** Arguments: agents, frameworks, seconds (measured), warmup, probes (tasks of the probe at once). */
    public static void run(Arguments arguments) throws Exception {
        new NsdiShape().measure(arguments);
    }

    private void measure(Arguments arguments) throws Exception {
        int agents = arguments.number("agents", 2_000);
        int most = arguments.number("probes", 20);
        try (Stand stand = new Stand()) {
            Stand.Master master = stand.master();
            String resources = "cpus:" + (TASKS_ON_AGENT + PROBE_CPUS) + ";mem:" + (TASKS_ON_AGENT * 64 + PROBE_MEM);
            try (Swarm swarm = new Swarm(master.address(), resources, this::workMillis)) {
                swarm.start(agents);
                if (!swarm.awaitAll(Duration.ofMinutes(2))) {
                    throw new IllegalStateException("Only " + swarm.connected() + " agents registered");
                }
                var frameworks = Frameworks.subscribe(master.address(), arguments.number("frameworks", 200), this);
                Waiting.pass(Duration.ofSeconds(arguments.number("warmup", 40)));
                probing.set(true);
                var probe = new SimulatedFramework(master.address(), Frameworks.named(PROBE, PROBE), new Probe(most))
                        .awaitSubscribed(Duration.ofSeconds(30));
                double cpu = master.process().cpuSeconds();
                long before = finished.sum();
                int seconds = arguments.number("seconds", 60);
                Waiting.pass(Duration.ofSeconds(seconds));
                Report.row("agents", agents);
                Report.row("frameworks", frameworks.size());
                Report.row("tasks_finished_per_second", (double) (finished.sum() - before) / seconds);
                Report.row("master_cores_used", (master.process().cpuSeconds() - cpu) / seconds);
                Report.distribution("probe_extra_delay_ms", delays);
                Frameworks.checkUntroubled(frameworks);
                Frameworks.checkUntroubled(List.of(probe));
            }
        }
    }

    private synchronized long workMillis(TaskInfo task) {
        if (task.taskId().value().startsWith(PROBE)) {
            return PROBE_MILLIS;
        }
        // the first tasks end spread over a mean lifetime, as if they had begun before
        double share = probing.get() ? 1 : random.nextDouble();
        return Math.max(1, Math.round((MEAN_MILLIS + random.nextGaussian() * DEVIATION_MILLIS) * share));
    }

    @Override
    public void offered(SimulatedFramework framework, List<Offer> offers) {
        for (Offer offer : offers) {
            Resources free = Resources.of(offer.resources());
            int fit = (int) Math.min(free.thousandths("cpus") / 1000, free.thousandths("mem") / 64_000);
            if (fit > 0) {
                framework.accept(offer, framework.tasks(offer, fit, 1, 64));
            } else {
                framework.decline(List.of(offer), 5);
            }
        }
    }

    @Override
    public void updated(SimulatedFramework framework, TaskStatus status) {
        if (status.state() == TaskState.TASK_FINISHED) {
            finished.increment();
        }
    }

    /** Launches the tasks whose delay is measured. */
    private final class Probe implements SimulatedFramework.Behaviour {
        private final int most;

        private Probe(int most) {
            this.most = most;
        }

        @Override
        public void offered(SimulatedFramework framework, List<Offer> offers) {
            for (Offer offer : offers) {
                Resources free = Resources.of(offer.resources());
                if (probes.size() < most && free.thousandths("cpus") >= 100 && free.thousandths("mem") >= 16_000) {
                    List<TaskInfo> one = framework.tasks(offer, 1, PROBE_CPUS, PROBE_MEM);
                    probes.put(one.getFirst().taskId(), System.nanoTime());
                    framework.accept(offer, one);
                } else {
                    framework.decline(List.of(offer), 2);
                }
            }
        }

        @Override
        public void updated(SimulatedFramework framework, TaskStatus status) {
            if (status.state() == TaskState.TASK_FINISHED) {
                Long begin = probes.remove(status.taskId());
                if (begin != null) {
                    delays.add((System.nanoTime() - begin) / 1e6 - PROBE_MILLIS);
                }
            }
        }
    }
}
