package org.nucleus.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A file holding nothing but a process id, for scripts. The id counts only while its process began before the file was
 * written: one that began later has inherited the number.
 */
public record PidFile(Path path) {
    /** The kernel's start times are relative to a boot time of whole seconds. */
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(2);

    public void write(long pid) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, pid + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path, e);
        }
    }

    /** The process that wrote the file or is named by it, if it still runs. */
    public Optional<ProcessHandle> process() {
        try {
            String first = Files.readString(path).lines().findFirst().orElse("").strip();
            if (first.isEmpty() || !first.chars().allMatch(Character::isDigit)) {
                return Optional.empty();
            }
            Instant written = Files.getLastModifiedTime(path).toInstant();
            return ProcessHandle.of(Long.parseLong(first))
                    .filter(PidFile::isAtWork)
                    .filter(process -> beganBefore(process, written));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    /** Asks the process to end, and waits for it; after that long it is killed. Says whether there was one. */
    public boolean stop(Duration patience) {
        Optional<ProcessHandle> running = process();
        running.ifPresent(process -> {
            process.destroy();
            endWithin(process, patience);
        });
        delete();
        return running.isPresent();
    }

    /** Waits for an end that has been asked for; kills the process if it does not come. */
    public static void endWithin(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot wait for process " + process.pid(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that has ended and that nobody has waited for is still listed, but has no program any more. */
    private static boolean isAtWork(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static boolean beganBefore(ProcessHandle process, Instant written) {
        return process.info()
                .startInstant()
                .map(began -> began.isBefore(written.plus(CLOCK_GRAIN)))
                .orElse(true);
    }
}
