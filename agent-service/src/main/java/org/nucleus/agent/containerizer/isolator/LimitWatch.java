package org.nucleus.agent.containerizer.isolator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at running containers every so often: whether the kernel ended one of their processes for want of memory, and
 * what their sandboxes hold. A container beyond its limit is told of once.
 */
public final class LimitWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LimitWatch.class);
    /** Of what ends with its command the end tells; this is for commands that outlive a victim among their children. */
    private static final Duration MEMORY_INTERVAL = Duration.ofSeconds(1);

    private static final long KIB = 1024;
    private static final long MIB = 1 << 20;

    private final boolean enforceDisk;
    private final Map<String, Watched> containers = new ConcurrentHashMap<>();
    private final Map<String, Long> used = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("limit-watch").daemon().factory());

    /**
     * A running container.
     *
     * @param diskBytes what the sandbox may hold, absent if it is not bounded
     * @param exceeded hears of the limit that was passed
     */
    public record Watched(Path sandbox, @Nullable Long diskBytes, Cage cage, Consumer<Termination.Limited> exceeded) {}

    public LimitWatch(Isolation isolation) {
        this.enforceDisk = isolation.settings().enforceDisk();
        if (isolation.has(Isolator.CGROUPS_MEM)) {
            every(MEMORY_INTERVAL, this::lookAtMemory);
        }
        if (isolation.has(Isolator.DISK_DU)) {
            every(isolation.settings().diskInterval(), this::lookAtDisk);
        }
    }

    private void every(Duration interval, Runnable look) {
        timer.scheduleWithFixedDelay(look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void add(String id, Watched container) {
        containers.put(id, container);
    }

    public void remove(String id) {
        containers.remove(id);
        used.remove(id);
    }

    /** What the sandbox held when last looked at; absent if it was not, or nothing bounds it. */
    public Usage.@Nullable Disk disk(String id) {
        Watched container = containers.get(id);
        Long bytes = used.get(id);
        if (container == null || bytes == null || container.diskBytes() == null) {
            return null;
        }
        return new Usage.Disk(bytes, container.diskBytes());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void lookAtMemory() {
        containers.forEach((id, container) -> {
            try {
                Readings.outOfMemory(container.cage()).ifPresent(limited -> exceeded(id, container, limited));
            } catch (IOException e) {
                log.atWarn().addKeyValue("container", id).setCause(e).log("Cannot read whether memory ran out");
            }
        });
    }

    private void exceeded(String id, Watched container, Termination.Limited limited) {
        if (containers.remove(id, container)) {
            container.exceeded().accept(limited);
        }
    }

    private void lookAtDisk() {
        Map<Path, Long> sizes;
        try {
            sizes = sizes(containers.values().stream().map(Watched::sandbox).toList());
        } catch (IOException e) {
            log.atWarn().setCause(e).log("Cannot measure sandboxes");
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        containers.forEach((id, container) ->
                Optional.ofNullable(sizes.get(container.sandbox())).ifPresent(size -> measured(id, container, size)));
    }

    private void measured(String id, Watched container, long size) {
        used.put(id, size);
        Long quota = container.diskBytes();
        if (enforceDisk && quota != null && size > quota) {
            String sentence = "Disk usage (" + size / MIB + "MB) exceeds quota (" + quota / MIB + "MB)";
            exceeded(id, container, new Termination.Limited(Termination.Resource.DISK, size, sentence));
        }
    }

    /**
     * Blocks in use by what is below each directory, counted by one {@code du} for all. It complains of what vanishes
     * while it looks, which is no matter.
     */
    static Map<Path, Long> sizes(List<Path> directories) throws IOException, InterruptedException {
        Map<Path, Long> sizes = new LinkedHashMap<>();
        if (directories.isEmpty()) {
            return sizes;
        }
        List<String> words = new ArrayList<>(List.of("du", "-s", "-k", "-x", "-l", "--"));
        directories.forEach(directory -> words.add(directory.toString()));
        Process du = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = du.inputReader()) {
            lines.lines().forEach(line -> {
                String[] columns = line.split("\t", 2);
                sizes.put(Path.of(columns[1]), Long.parseLong(columns[0]) * KIB);
            });
        }
        du.waitFor();
        return sizes;
    }
}
