package org.nucleus.agent.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.Usage;

/** What a cage tells of its container: usage, and whether it ran out of memory. */
public final class Readings {
    private static final long MIB = 1 << 20;
    /** Version 1 writes no limit as the greatest number of whole pages. */
    private static final long PRACTICALLY_UNLIMITED = 1L << 60;

    private static final long NANOS_PER_MICRO = 1000;

    private Readings() {}

    /** {@code processes}, what {@code /proc} tells, made more exact by what the cage tells. */
    public static Usage usage(Cage cage, Usage processes) throws IOException {
        @Nullable Duration user = null;
        @Nullable Duration system = null;
        Optional<String> total = cage.read("cpuacct.usage");
        if (total.isPresent()) {
            // The total is exact; how it divides is sampled.
            long nanos = Long.parseLong(total.get());
            long sampledUser = number(cage.read("cpuacct.usage_user"), 0);
            long sampled = sampledUser + number(cage.read("cpuacct.usage_sys"), 0);
            long ofUser = sampled == 0 ? nanos : Math.round((double) nanos / sampled * sampledUser);
            user = Duration.ofNanos(ofUser);
            system = Duration.ofNanos(nanos - ofUser);
        }
        Map<String, Long> cpu = numbers(cage.read("cpu.stat"));
        if (user == null && cpu.containsKey("user_usec")) {
            user = micros(cpu.getOrDefault("user_usec", 0L));
            system = micros(cpu.getOrDefault("system_usec", 0L));
        }
        Map<String, Long> memory = numbers(cage.read("memory.stat"));
        long rss = memory.getOrDefault("total_rss", memory.getOrDefault("anon", processes.rssBytes()));
        return new Usage(
                user == null ? processes.userTime() : user,
                system == null ? processes.systemTime() : system,
                rss,
                processes.processes(),
                processes.threads(),
                memory.isEmpty() ? null : memory(cage, memory),
                throttling(cage),
                processes.disk());
    }

    /** That the kernel ended processes of it because it needed more memory than it may have. */
    public static Optional<Termination.Limited> outOfMemory(Cage cage) throws IOException {
        Map<String, Long> events = numbers(cage.read("memory.oom_control", "memory.events"));
        if (events.getOrDefault("oom_kill", 0L) == 0) {
            return Optional.empty();
        }
        long limit = memoryLimit(cage);
        long most = number(cage.read("memory.max_usage_in_bytes", "memory.peak"), limit);
        String statistics = cage.read("memory.stat").orElse("");
        return Optional.of(new Termination.Limited(
                Termination.Resource.MEMORY,
                most,
                "Memory limit exceeded: Requested: " + limit / MIB + "MB Maximum Used: " + most / MIB
                        + "MB\n\nMEMORY STATISTICS: \n" + statistics + "\n"));
    }

    /** {@link Limits#UNLIMITED} if there is none. */
    static long memoryLimit(Cage cage) throws IOException {
        long limit = number(cage.read("memory.limit_in_bytes", "memory.max"), Limits.UNLIMITED);
        return limit >= PRACTICALLY_UNLIMITED ? Limits.UNLIMITED : limit;
    }

    private static Usage.Memory memory(Cage cage, Map<String, Long> statistics) throws IOException {
        return new Usage.Memory(
                number(cage.read("memory.usage_in_bytes", "memory.current"), 0),
                statistics.getOrDefault("total_cache", statistics.getOrDefault("file", 0L)),
                memoryLimit(cage));
    }

    private static Usage.@Nullable Throttling throttling(Cage cage) throws IOException {
        for (var path : cage.paths()) {
            Map<String, Long> cpu = numbers(new Cage(List.of(path)).read("cpu.stat"));
            if (cpu.containsKey("nr_throttled")) {
                long nanos =
                        cpu.getOrDefault("throttled_time", cpu.getOrDefault("throttled_usec", 0L) * NANOS_PER_MICRO);
                return new Usage.Throttling(
                        cpu.getOrDefault("nr_periods", 0L),
                        cpu.getOrDefault("nr_throttled", 0L),
                        Duration.ofNanos(nanos));
            }
        }
        return null;
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * NANOS_PER_MICRO);
    }

    private static long number(Optional<String> text, long otherwise) {
        return text.filter(digits -> !digits.equals("max")).map(Long::parseLong).orElse(otherwise);
    }

    /** Lines of a name and a number. */
    private static Map<String, Long> numbers(Optional<String> text) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        text.stream().flatMap(String::lines).forEach(line -> {
            String[] words = line.split(" ");
            numbers.put(words[0], Long.parseLong(words[1]));
        });
        return numbers;
    }
}
