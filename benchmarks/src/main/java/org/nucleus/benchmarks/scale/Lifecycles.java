package org.nucleus.benchmarks.scale;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.nucleus.benchmarks.stand.Arguments;
import org.nucleus.benchmarks.stand.Report;
import org.nucleus.benchmarks.stand.Stand;
import org.nucleus.benchmarks.swarm.SimulatedFramework;
import org.nucleus.benchmarks.swarm.Swarm;
import org.nucleus.benchmarks.swarm.Waiting;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskStatus;

/**
 * How many tasks a second a master takes from launch to their end acknowledged, for as long as it is asked: frameworks
 * fill every offer with tasks that end at once.
 */
public final class Lifecycles implements SimulatedFramework.Behaviour {
    private static final double CPUS = 1;
    private static final double MEM = 64;

    private final LongAdder finished = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** Arguments: agents, frameworks, seconds, warmup, slots (tasks at once on an agent). */
    public static void run(Arguments arguments) throws Exception {
        new Lifecycles().measure(arguments);
    }

    private void measure(Arguments arguments) throws Exception {
        int slots = arguments.number("slots", 4);
        int count = arguments.number("agents", 1_000);
        Duration time = Duration.ofSeconds(arguments.number("seconds", 60));
        try (Stand stand = new Stand()) {
            Stand.Master master = stand.master();
            String resources = "cpus:" + slots + ";mem:" + slots * 64;
            try (Swarm swarm = new Swarm(master.address(), resources, _ -> 0)) {
                swarm.start(count);
                if (!swarm.awaitAll(Duration.ofMinutes(2))) {
                    throw new IllegalStateException("Only " + swarm.connected() + " agents registered");
                }
                var frameworks = Frameworks.subscribe(master.address(), arguments.number("frameworks", 10), this);
                Waiting.pass(Duration.ofSeconds(arguments.number("warmup", 15)));
                long before = swarm.ended();
                double cpu = master.process().cpuSeconds();
                long begin = System.nanoTime();
                Waiting.pass(time);
                long done = swarm.ended() - before;
                double seconds = (System.nanoTime() - begin) / 1e9;
                double used = master.process().cpuSeconds() - cpu;
                Frameworks.checkUntroubled(frameworks);
                Report.row("agents", count);
                Report.row("frameworks", frameworks.size());
                Report.row("seconds", seconds);
                Report.row("lifecycles_per_second", done / seconds);
                Report.row("master_cpu_microseconds_per_lifecycle", used * 1e6 / Math.max(1, done));
                Report.row("master_cores_used", used / seconds);
                Report.row("master_resident_megabytes", master.process().residentMegabytes());
                Report.row("registrar_store_ms_p50", stand.metric(master, "registrar/state_store_ms/p50"));
                Report.row("allocation_run_ms_p50", stand.metric(master, "allocator/mesos/allocation_run_ms/p50"));
                Report.row("failed", failed.sum());
            }
        }
    }

    @Override
    public void offered(SimulatedFramework framework, List<Offer> offers) {
        for (Offer offer : offers) {
            Resources free = Resources.of(offer.resources());
            int fit = (int) Math.min(free.thousandths("cpus") / 1000, free.thousandths("mem") / 64_000);
            if (fit > 0) {
                framework.accept(offer, framework.tasks(offer, fit, CPUS, MEM));
            } else {
                framework.decline(List.of(offer), 0);
            }
        }
    }

    @Override
    public void updated(SimulatedFramework framework, TaskStatus status) {
        switch (status.state()) {
            case TASK_FINISHED -> finished.increment();
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING -> {
                // on its way
            }
            default -> {
                failed.increment();
                if (failed.sum() == 1) {
                    System.err.println(status);
                }
            }
        }
    }
}
