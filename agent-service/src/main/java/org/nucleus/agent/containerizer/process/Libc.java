package org.nucleus.agent.containerizer.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * The calls of the C library that the JDK does not offer. Each answers as the call does, or throws {@link IOException}
 * with the name of the call and {@code errno}.
 */
final class Libc {
    static final int EINTR = 4;
    static final int ESRCH = 3;
    static final int ECHILD = 10;

    private static final long PIDFD_OPEN = 434;
    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final int SC_PAGESIZE = 30;
    private static final int O_CLOEXEC = 0x80000;
    private static final int WNOHANG = 1;
    private static final short POLLIN = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle GETEUID = plain("geteuid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle SYSCONF = plain("sysconf", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETPWNAM_R =
            plain("getpwnam_r", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle PIPE2 = capturing("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle READ =
            capturing("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            capturing("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle CLOSE = capturing("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle WAITPID =
            capturing("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle POLL =
            capturing("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            symbol("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));

    private Libc() {}

    /** A user of this machine. */
    record User(int uid, int gid) {}

    /** The two ends of a pipe, closed when another program is executed. */
    record Pipe(int readEnd, int writeEnd) {}

    static MemorySegment symbol(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError(
                        "The C library has no " + name + "(). The agent needs Linux with glibc 2.34 or later."));
    }

    static MethodHandle plain(String name, FunctionDescriptor function) {
        return LINKER.downcallHandle(symbol(name), function);
    }

    private static MethodHandle capturing(String name, FunctionDescriptor function) {
        return LINKER.downcallHandle(symbol(name), function, Linker.Option.captureCallState("errno"));
    }

    static int effectiveUser() {
        try {
            return (int) GETEUID.invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long pageBytes() {
        try {
            return (long) SYSCONF.invokeExact(SC_PAGESIZE);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The entry of {@code name} in the user database. */
    static Optional<User> user(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entry = arena.allocate(64, 8);
            MemorySegment text = arena.allocate(16_384);
            MemorySegment found = arena.allocate(ADDRESS);
            int error = (int) GETPWNAM_R.invokeExact(arena.allocateFrom(name), entry, text, text.byteSize(), found);
            if (error != 0 || found.get(ADDRESS, 0).equals(MemorySegment.NULL)) {
                return Optional.empty();
            }
            return Optional.of(new User(entry.get(JAVA_INT, 16), entry.get(JAVA_INT, 20)));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A descriptor that becomes readable when the process ends; empty if there is no such process. */
    static Optional<Integer> pidfdOpen(long pid) throws IOException {
        long fd = call("pidfd_open", state -> (long) SYSCALL.invokeExact(state, PIDFD_OPEN, pid, 0L, 0L, 0L), ESRCH);
        return fd < 0 ? Optional.empty() : Optional.of((int) fd);
    }

    /** Signals the process that {@code pidfd} stands for, never a later one of the same pid. */
    static void pidfdSignal(int pidfd, int signal) throws IOException {
        call(
                "pidfd_send_signal",
                state -> (long) SYSCALL.invokeExact(state, PIDFD_SEND_SIGNAL, (long) pidfd, (long) signal, 0L, 0L),
                ESRCH);
    }

    static Pipe pipe() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            call("pipe2", state -> (int) PIPE2.invokeExact(state, ends, O_CLOEXEC), 0);
            return new Pipe(ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1));
        }
    }

    /** Reads up to {@code most} bytes, waiting for the first; empty at the end. */
    static byte[] read(int fd, int most) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(most);
            long count = call("read", state -> (long) READ.invokeExact(state, fd, buffer, (long) most), 0);
            return buffer.asSlice(0, count).toArray(JAVA_BYTE);
        }
    }

    static void writeByte(int fd) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(1);
            call("write", state -> (long) WRITE.invokeExact(state, fd, buffer, 1L), 0);
        }
    }

    static void close(int fd) throws IOException {
        call("close", state -> (int) CLOSE.invokeExact(state, fd), EINTR);
    }

    /** Takes the status of an ended child, so that its pid is free again; of anyone else's child: nothing. */
    static void reap(long pid) throws IOException {
        call("waitpid", state -> (int) WAITPID.invokeExact(state, (int) pid, MemorySegment.NULL, WNOHANG), ECHILD);
    }

    /** Waits until one of {@code fds} is readable, at most {@code millis} (-1: for ever), and tells which are. */
    static boolean[] poll(int[] fds, int millis) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment polled = arena.allocate(8L * fds.length, 8);
            for (int i = 0; i < fds.length; i++) {
                polled.set(JAVA_INT, 8L * i, fds[i]);
                polled.set(JAVA_SHORT, 8L * i + 4, POLLIN);
            }
            call("poll", state -> (int) POLL.invokeExact(state, polled, (long) fds.length, millis), 0);
            boolean[] readable = new boolean[fds.length];
            for (int i = 0; i < fds.length; i++) {
                readable[i] = polled.get(JAVA_SHORT, 8L * i + 6) != 0;
            }
            return readable;
        }
    }

    private interface Invocation {
        long invoke(MemorySegment state) throws Throwable;
    }

    /** Calls until not interrupted; -1 if it failed with {@code tolerated}. */
    private static long call(String name, Invocation invocation, int tolerated) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURED);
            while (true) {
                long result = invocation.invoke(state);
                if (result >= 0) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                if (errno == tolerated) {
                    return -1;
                }
                if (errno != EINTR) {
                    throw new IOException(name + " failed with errno " + errno);
                }
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}
