package org.nucleus.agent.containerizer.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.containerizer.isolator.Isolator;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;

/**
 * Prints how many containers of {@code true} this machine launches and sees end per second. Arguments: count,
 * directory, isolation.
 */
public final class LaunchRate {
    private static final Limits LIMITS = new Limits(100, null, 64 << 20, null, null, List.of());

    private LaunchRate() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Path work = Files.createTempDirectory(Path.of(arguments[1]), "launch-rate-");
        var fetcher = new Fetcher(Fetcher.Settings.defaults(), InstantSource.system());
        String isolators = arguments.length > 2 ? arguments[2] : "posix";
        var isolation =
                Isolation.open(Isolation.Settings.of(Isolator.parse(isolators)).hiding(List.of(work)));
        try (var containerizer = new ProcessContainerizer(work.resolve("containers"), fetcher, true, isolation)) {
            launch(containerizer, work, "warm", Math.min(count, 200));
            long begin = System.nanoTime();
            launch(containerizer, work, "timed", count);
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            System.out.printf(
                    "%d launches, each with its end, in %d ms: %d per second%n",
                    count, taken.toMillis(), count * 1000L / Math.max(1, taken.toMillis()));
        }
    }

    private static void launch(ProcessContainerizer containerizer, Path work, String name, int count) {
        CommandInfo command = CommandInfo.builder().value("true").build();
        List<CompletableFuture<Termination>> ends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var id = new ContainerId(name + "-" + i, null);
            Path sandbox = work.resolve(name).resolve(Integer.toString(i));
            containerizer.launch(new Launch(id, command, new LinkedHashMap<>(), sandbox, null, LIMITS));
            ends.add(containerizer.termination(id));
        }
        ends.forEach(CompletableFuture::join);
    }
}
