package org.nucleus.master.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the original measures of the machine it runs on. */
final class SystemGauges {
    private static final Path LOAD = Path.of("/proc/loadavg");

    private SystemGauges() {}

    static void add(Map<String, Double> values) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        values.put("system/cpus_total", (double) system.getAvailableProcessors());
        values.put("system/mem_total_bytes", (double) system.getTotalMemorySize());
        values.put("system/mem_free_bytes", (double) system.getFreeMemorySize());
        double[] load = load(system.getSystemLoadAverage());
        values.put("system/load_1min", load[0]);
        values.put("system/load_5min", load[1]);
        values.put("system/load_15min", load[2]);
    }

    private static double[] load(double lastMinute) {
        double[] load = {Math.max(0, lastMinute), 0, 0};
        try {
            String[] words = Files.exists(LOAD) ? Files.readString(LOAD).split(" ") : new String[0];
            for (int i = 0; i < Math.min(load.length, words.length); i++) {
                load[i] = Double.parseDouble(words[i]);
            }
        } catch (IOException e) {
            return load; // where the kernel doesn't tell, the JVM's figure has to do
        }
        return load;
    }
}
