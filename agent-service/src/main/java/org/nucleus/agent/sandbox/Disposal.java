package org.nucleus.agent.sandbox;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.TimerQueue;
import org.nucleus.service.files.SecureTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes directories that were given up, by age: the allowed age shrinks as the disk fills, to zero when only the
 * headroom is left. It removes what it was told of and nothing else, so what runs is safe by never being scheduled.
 * Source: slave/gc.cpp and {@code Slave::checkDiskUsage}.
 */
public final class Disposal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Disposal.class);

    /** Looks are at least so far apart: each goes over all that waits, and tasks end by the hundred. */
    private static final Duration BREATH = Duration.ofSeconds(1);

    private final Settings settings;
    private final InstantSource clock;
    private final DoubleSupplier diskUsage;
    private final Consumer<Path> onRemoved;
    private final TimerQueue<Watch> timer;
    private final Map<Path, Instant> givenUp = new LinkedHashMap<>();
    /** When it looks next; null if it was not asked to. Guarded by {@code givenUp}, as what follows. */
    private @Nullable Instant next;

    private Instant looked = Instant.MIN;

    /** The one key of the timer. */
    private enum Watch {
        LOOK
    }

    /**
     * @param delay the age on an empty disk ({@code gc_delay})
     * @param headroom the part of the disk to keep free, 0 to 1 ({@code gc_disk_headroom})
     * @param interval how often the disk is looked at while anything waits ({@code disk_watch_interval})
     */
    public record Settings(Duration delay, double headroom, Duration interval) {}

    /**
     * @param diskUsage the used part of the disk, 0 to 1; see {@link #usageOf}
     * @param onRemoved hears of each removed directory, on the thread of this
     */
    public Disposal(Settings settings, InstantSource clock, DoubleSupplier diskUsage, Consumer<Path> onRemoved) {
        this.settings = settings;
        this.clock = clock;
        this.diskUsage = diskUsage;
        this.onRemoved = onRemoved;
        this.timer = new TimerQueue<>("disposal", clock, _ -> look());
        timer.start();
    }

    /** The used part of the disk that holds {@code path}; none of it if that cannot be told. */
    public static DoubleSupplier usageOf(Path path) {
        return () -> {
            try {
                FileStore store = Files.getFileStore(path);
                return 1 - (double) store.getUsableSpace() / Math.max(1, store.getTotalSpace());
            } catch (IOException e) {
                log.atWarn().addKeyValue("path", path).setCause(e).log("Cannot tell how full the disk is");
                return 0;
            }
        };
    }

    /** Nobody needs {@code directory} any more, since {@code since}. */
    public void schedule(Path directory, Instant since) {
        Instant now = clock.instant();
        synchronized (givenUp) {
            givenUp.put(directory.toAbsolutePath().normalize(), since);
            Instant soonest = looked.isBefore(now.minus(BREATH)) ? now : looked.plus(BREATH);
            if (next == null || soonest.isBefore(next)) {
                wake(soonest);
            }
        }
    }

    private void wake(Instant due) {
        next = due;
        timer.wake(Watch.LOOK, due);
    }

    /** It is needed again; false if it was not scheduled, or is being removed. */
    public boolean unschedule(Path directory) {
        synchronized (givenUp) {
            return givenUp.remove(directory.toAbsolutePath().normalize()) != null;
        }
    }

    /** How many wait to be removed. */
    public int pending() {
        synchronized (givenUp) {
            return givenUp.size();
        }
    }

    /** The age at which directories go, with {@code used} of the disk full. */
    static Duration allowedAge(Settings settings, double used) {
        double part = Math.max(0, 1 - settings.headroom() - used);
        return Duration.ofMillis(Math.round(settings.delay().toMillis() * part));
    }

    @Override
    public void close() {
        timer.close();
    }

    private void look() {
        Duration age = allowedAge(settings, diskUsage.getAsDouble());
        Instant now = clock.instant();
        synchronized (givenUp) {
            looked = now;
            next = null;
        }
        for (Path directory : takeOlderThan(now.minus(age))) {
            remove(directory);
        }
        Instant soonest = now.plus(settings.interval());
        synchronized (givenUp) {
            for (Instant since : givenUp.values()) {
                Instant due = since.plus(age);
                soonest = due.isBefore(soonest) ? due : soonest;
            }
            if (!givenUp.isEmpty() && (next == null || soonest.isBefore(next))) {
                wake(soonest);
            }
        }
    }

    private List<Path> takeOlderThan(Instant limit) {
        List<Path> due = new ArrayList<>();
        synchronized (givenUp) {
            givenUp.forEach((directory, since) -> {
                if (!since.isAfter(limit)) {
                    due.add(directory);
                }
            });
            due.forEach(givenUp::remove);
        }
        return due;
    }

    private void remove(Path directory) {
        try {
            SecureTree.delete(directory);
            onRemoved.accept(directory);
            log.atInfo().addKeyValue("path", directory).log("Removed a directory nobody needs");
        } catch (IOException e) {
            // Tried again at the next start, when what is on disk is scheduled anew.
            log.atWarn().addKeyValue("path", directory).setCause(e).log("Cannot remove a directory nobody needs");
        }
    }
}
