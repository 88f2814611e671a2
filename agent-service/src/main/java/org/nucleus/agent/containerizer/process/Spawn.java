package org.nucleus.agent.containerizer.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code posix_spawn} of a program that leads a session of its own, with default signals, an empty environment, and no
 * descriptor but those named here. Twice as fast as {@link ProcessBuilder}, which also
 * could not give it a session.
 */
final class Spawn {
    private static final short SETSIGDEF = 0x04;
    private static final short SETSIGMASK = 0x08;
    private static final short SETSID = 0x80;
    private static final int O_WRITE = 0x1;
    private static final int O_APPEND_CREATE = O_WRITE | 0x40 | 0x400;
    /** A terminal that is opened does not become the opener's own. */
    private static final int O_NOCTTY = 0x100;

    private static final int O_NOFOLLOW = isArm() ? 0x8000 : 0x20000;
    private static final int MODE = 0644;
    private static final int FILE_ACTIONS_BYTES = 80;
    private static final int ATTRIBUTES_BYTES = 336;
    private static final int SIGNAL_SET_BYTES = 128;

    private static final MethodHandle POSIX_SPAWN = Libc.plain(
            "posix_spawn", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle ACTIONS_INIT = on("posix_spawn_file_actions_init");
    private static final MethodHandle ACTIONS_DESTROY = on("posix_spawn_file_actions_destroy");
    private static final MethodHandle ADD_OPEN = Libc.plain(
            "posix_spawn_file_actions_addopen",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle ADD_DUP2 = Libc.plain(
            "posix_spawn_file_actions_adddup2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle ADD_CHANGE_DIRECTORY =
            Libc.plain("posix_spawn_file_actions_addfchdir_np", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle ADD_CLOSE_FROM =
            Libc.plain("posix_spawn_file_actions_addclosefrom_np", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle ATTRIBUTES_INIT = on("posix_spawnattr_init");
    private static final MethodHandle ATTRIBUTES_DESTROY = on("posix_spawnattr_destroy");
    private static final MethodHandle SET_FLAGS =
            Libc.plain("posix_spawnattr_setflags", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
    private static final MethodHandle SET_DEFAULTS =
            Libc.plain("posix_spawnattr_setsigdefault", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SET_MASK =
            Libc.plain("posix_spawnattr_setsigmask", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle FILL_SIGNALS = on("sigfillset");
    private static final MethodHandle EMPTY_SIGNALS = on("sigemptyset");

    private final List<String> command;
    private final Wiring wiring;

    /** A descriptor of this process, above all that are given, and the number that it gets. */
    record Copied(int from, int number) {}

    /** A file to open under that number. */
    record Opened(Path file, int flags, int number) {
        static Opened reading(Path file, int number) {
            return new Opened(file, O_NOCTTY, number);
        }

        static Opened writing(Path file, int number) {
            return new Opened(file, O_WRITE | O_NOCTTY, number);
        }

        /** Created if absent, refused if a symbolic link. */
        static Opened appending(Path file, int number) {
            return new Opened(file, O_APPEND_CREATE | O_NOFOLLOW | O_NOCTTY, number);
        }
    }

    /** An open directory to start in, and all descriptors; paths may be relative to that directory. */
    record Wiring(int directory, List<Copied> copied, List<Opened> opened) {
        Wiring {
            copied = List.copyOf(copied);
            opened = List.copyOf(opened);
        }

        private int most() {
            return IntStream.concat(
                            copied.stream().mapToInt(Copied::number),
                            opened.stream().mapToInt(Opened::number))
                    .max()
                    .orElse(-1);
        }
    }

    Spawn(List<String> command, Wiring wiring) {
        this.command = List.copyOf(command);
        this.wiring = wiring;
    }

    /** Starts it; the pid. */
    long start() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(FILE_ACTIONS_BYTES, 16);
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
            check((int) ACTIONS_INIT.invokeExact(actions));
            check((int) ATTRIBUTES_INIT.invokeExact(attributes));
            try {
                describeFiles(actions, arena);
                describeSignals(attributes, arena);
                return spawn(actions, attributes, arena);
            } finally {
                check((int) ACTIONS_DESTROY.invokeExact(actions));
                check((int) ATTRIBUTES_DESTROY.invokeExact(attributes));
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    private void describeFiles(MemorySegment actions, Arena arena) throws Throwable {
        check((int) ADD_CHANGE_DIRECTORY.invokeExact(actions, wiring.directory()));
        // Copies first, since an opened file could take the number that one has here.
        for (Copied copied : wiring.copied()) {
            check((int) ADD_DUP2.invokeExact(actions, copied.from(), copied.number()));
        }
        for (Opened opened : wiring.opened()) {
            open(actions, opened.number(), opened.file(), opened.flags(), arena);
        }
        check((int) ADD_CLOSE_FROM.invokeExact(actions, wiring.most() + 1));
    }

    private static void open(MemorySegment actions, int descriptor, Path file, int flags, Arena arena)
            throws Throwable {
        check((int) ADD_OPEN.invokeExact(actions, descriptor, arena.allocateFrom(file.toString()), flags, MODE));
    }

    private static void describeSignals(MemorySegment attributes, Arena arena) throws Throwable {
        MemorySegment signals = arena.allocate(SIGNAL_SET_BYTES, 8);
        check((int) FILL_SIGNALS.invokeExact(signals));
        check((int) SET_DEFAULTS.invokeExact(attributes, signals));
        check((int) EMPTY_SIGNALS.invokeExact(signals));
        check((int) SET_MASK.invokeExact(attributes, signals));
        check((int) SET_FLAGS.invokeExact(attributes, (short) (SETSIGDEF | SETSIGMASK | SETSID)));
    }

    private long spawn(MemorySegment actions, MemorySegment attributes, Arena arena) throws Throwable {
        List<MemorySegment> words = new ArrayList<>();
        command.forEach(word -> words.add(arena.allocateFrom(word)));
        MemorySegment arguments = arena.allocate(ADDRESS, words.size() + 1L);
        for (int i = 0; i < words.size(); i++) {
            arguments.setAtIndex(ADDRESS, i, words.get(i));
        }
        MemorySegment environment = arena.allocate(ADDRESS);
        MemorySegment pid = arena.allocate(JAVA_INT);
        int error = (int) POSIX_SPAWN.invokeExact(pid, words.getFirst(), actions, attributes, arguments, environment);
        if (error != 0) {
            throw new IOException("posix_spawn of " + command.getFirst() + " failed with errno " + error);
        }
        return pid.get(JAVA_INT, 0);
    }

    private static MethodHandle on(String name) {
        return Libc.plain(name, FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    private static void check(int error) throws IOException {
        if (error != 0) {
            throw new IOException("posix_spawn could not be prepared: errno " + error);
        }
    }

    private static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }
}
