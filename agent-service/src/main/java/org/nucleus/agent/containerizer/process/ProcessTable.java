package org.nucleus.agent.containerizer.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nucleus.agent.containerizer.Usage;

/** The processes of this machine, as {@code /proc/PID/stat} tells them. Source: proc_pid_stat(5). */
final class ProcessTable {
    /** {@code USER_HZ}, 100 on every architecture that Java 25 runs on. */
    static final int TICKS_PER_SECOND = 100;

    private static final Path PROC = Path.of("/proc");
    private static final long PAGE_BYTES = Libc.pageBytes();
    private static final MethodHandle GETSID = Libc.plain("getsid", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final String ESRCH_MESSAGE = "No such process";

    private ProcessTable() {}

    /** One process at one moment; times are in ticks. A zombie is not alive, but still holds its pid. */
    record Entry(
            long pid,
            char state,
            long session,
            long userTicks,
            long systemTicks,
            int threads,
            long startTicks,
            long rssPages) {
        boolean isAlive() {
            return state != 'Z' && state != 'X';
        }
    }

    /** All processes that were there while it looked. */
    static List<Entry> all() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (var directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                read(directory).ifPresent(entries::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /**
     * The members of {@code sessions}, and those of {@code others}. Asks the kernel for each process's session and reads
     * only who is meant: a hundred times as fast as reading all.
     */
    static List<Entry> of(Set<Long> sessions, Set<Long> others) throws IOException {
        List<Entry> entries = new ArrayList<>();
        String[] names = PROC.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            if (!Character.isDigit(name.charAt(0))) {
                continue;
            }
            long pid = Long.parseLong(name);
            if (others.contains(pid) || sessions.contains(sessionOf((int) pid))) {
                of(pid).ifPresent(entries::add);
            }
        }
        return entries;
    }

    /** Negative if there is no such process. */
    private static long sessionOf(int pid) {
        try {
            return (int) GETSID.invokeExact(pid);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    static Optional<Entry> of(long pid) throws IOException {
        return read(PROC.resolve(Long.toString(pid)));
    }

    /** The words of a process's command line; none if it has gone. */
    static List<String> commandLine(long pid) throws IOException {
        return content(PROC.resolve(Long.toString(pid)), "cmdline")
                .map(text -> List.of(text.split("\0")))
                .orElse(List.of());
    }

    /** The sum over {@code members}; empty if there are none. */
    static Optional<Usage> usage(List<Entry> members) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Usage.ofProcesses(
                time(members.stream().mapToLong(Entry::userTicks).sum()),
                time(members.stream().mapToLong(Entry::systemTicks).sum()),
                members.stream().mapToLong(Entry::rssPages).sum() * PAGE_BYTES,
                members.size(),
                members.stream().mapToInt(Entry::threads).sum()));
    }

    /** Tells this boot of the machine from others. */
    static String bootId() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }

    private static Optional<Entry> read(Path directory) throws IOException {
        return content(directory, "stat").map(ProcessTable::parse);
    }

    private static Optional<String> content(Path directory, String file) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains(ESRCH_MESSAGE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Entry parse(String stat) {
        // The name may contain anything, also spaces and parentheses: what follows starts behind the last parenthesis.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new Entry(
                Long.parseLong(stat.substring(0, stat.indexOf(' '))),
                fields[0].charAt(0),
                number(fields, 6),
                number(fields, 14) + number(fields, 16),
                number(fields, 15) + number(fields, 17),
                (int) number(fields, 20),
                number(fields, 22),
                number(fields, 24));
    }

    /** A field by its number in the manual, which counts from one and has two before the state. */
    private static long number(String[] fields, int number) {
        return Long.parseLong(fields[number - 3]);
    }

    private static Duration time(long ticks) {
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }
}
