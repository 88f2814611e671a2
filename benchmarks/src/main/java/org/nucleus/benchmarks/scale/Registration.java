package org.nucleus.benchmarks.scale;

import java.time.Duration;
import org.nucleus.benchmarks.stand.Arguments;
import org.nucleus.benchmarks.stand.Report;
import org.nucleus.benchmarks.stand.Stand;
import org.nucleus.benchmarks.swarm.Swarm;

/** A storm: new agents that all register at the same time; each is stored before it hears that it is. */
public final class Registration {
    private static final String RESOURCES = "cpus:4;mem:4096;disk:10000;ports:[31000-32000]";

    private Registration() {}

    /** Arguments: agents; warm, agents that register before to warm the master up. */
    public static void run(Arguments arguments) throws Exception {
        int count = arguments.number("agents", 10_000);
        int warm = arguments.number("warm", 500);
        try (Stand stand = new Stand()) {
            Stand.Master master = stand.master("--agent_ping_timeout=60secs");
            try (Swarm swarm = new Swarm(master.address(), RESOURCES, _ -> 0)) {
                swarm.start(warm);
                swarm.awaitAll(Duration.ofMinutes(2));
                double cpu = master.process().cpuSeconds();
                long begin = System.nanoTime();
                swarm.start(count);
                boolean all = swarm.awaitAll(Duration.ofMinutes(3));
                double seconds = (System.nanoTime() - begin) / 1e9;
                Report.row("agents", count);
                Report.row("all_registered", Boolean.toString(all));
                Report.row("registered_after_seconds", seconds);
                Report.row("registrations_per_second", (swarm.connected() - warm) / seconds);
                Report.row("master_cpu_seconds", master.process().cpuSeconds() - cpu);
                Report.row("master_resident_megabytes", master.process().residentMegabytes());
                Report.row("agents_active", Math.round(stand.metric(master, "master/slaves_active")));
            }
        }
    }
}
