package org.nucleus.benchmarks.lifecycle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many {@code sh -c true} this machine starts and reaps in a second, with nothing around it: {@code posix_spawn} with
 * a session of its own, and {@code waitpid}. The bound of every figure about tasks.
 */
public final class ForkExecLimit {
    private static final short SETSID = 0x80;
    private static final int ATTRIBUTES_BYTES = 336;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SPAWN = handle(
            "posix_spawn", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle WAIT =
            handle("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle INIT = handle("posix_spawnattr_init", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle FLAGS =
            handle("posix_spawnattr_setflags", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));

    private ForkExecLimit() {}

    /** Starts per second, with {@code threads} launchers, measured for {@code time}. */
    public static double measure(int threads, Duration time) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService launchers = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(launchers.submit(() -> launchUntil(end)));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total / (time.toNanos() / 1e9);
        }
    }

    private static long launchUntil(long end) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
            check((int) INIT.invokeExact(attributes));
            check((int) FLAGS.invokeExact(attributes, SETSID));
            MemorySegment path = arena.allocateFrom("/bin/sh");
            MemorySegment arguments =
                    strings(arena, path, arena.allocateFrom("-c"), arena.allocateFrom("true"), MemorySegment.NULL);
            MemorySegment environment = strings(arena, MemorySegment.NULL);
            MemorySegment pid = arena.allocate(JAVA_INT);
            MemorySegment status = arena.allocate(JAVA_INT);
            long started = 0;
            while (System.nanoTime() < end) {
                check((int) SPAWN.invokeExact(pid, path, MemorySegment.NULL, attributes, arguments, environment));
                int reaped = (int) WAIT.invokeExact(pid.get(JAVA_INT, 0), status, 0);
                check(reaped > 0 ? status.get(JAVA_INT, 0) : -1);
                started++;
            }
            return started;
        } catch (Throwable e) {
            throw new IllegalStateException("Could not start a process", e);
        }
    }

    private static MemorySegment strings(Arena arena, MemorySegment... pointers) {
        MemorySegment array = arena.allocate(ADDRESS, pointers.length);
        for (int i = 0; i < pointers.length; i++) {
            array.setAtIndex(ADDRESS, i, pointers[i]);
        }
        return array;
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("The system call answered " + result);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }
}
