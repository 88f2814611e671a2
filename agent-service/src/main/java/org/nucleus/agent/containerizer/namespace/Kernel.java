package org.nucleus.agent.containerizer.namespace;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls about mounts, namespaces and directories by descriptor. They act on the calling thread, and throw {@link
 * Refused} where the kernel refuses. Source: mount(2), mount_setattr(2), open_tree and move_mount, unshare(2), setns(2).
 */
final class Kernel {
    static final int AT_CWD = -100;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_WRONLY = 0x1;
    static final int O_PATH = 0x200000;
    static final int O_CLOEXEC = 0x80000;
    static final int O_DIRECTORY = isArm() ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = isArm() ? 0x8000 : 0x20000;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;

    static final int CLONE_FS = 0x200;
    static final int CLONE_NEWNS = 0x20000;
    static final int CLONE_NEWPID = 0x20000000;

    static final long MS_RDONLY = 0x1;
    static final long MS_NOSUID = 0x2;
    static final long MS_NODEV = 0x4;
    static final long MS_NOEXEC = 0x8;
    static final long MS_REMOUNT = 0x20;
    static final long MS_BIND = 0x1000;
    static final long MS_REC = 0x4000;
    static final long MS_SLAVE = 0x80000;

    private static final long OPEN_TREE = 428;
    private static final long MOVE_MOUNT = 429;
    private static final long MOUNT_SETATTR = 442;
    private static final long CLONE_TREE = 0x1 | O_CLOEXEC | 0x8000 | AT_EMPTY_PATH;
    private static final long BOTH_EMPTY = 0x4 | 0x40;
    private static final long RECURSIVE = 0x8000;
    private static final long ATTRIBUTE_READ_ONLY = 0x1;
    private static final int DETACH = 2;

    private static final int EINTR = 4;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPENAT =
            handle("openat", Linker.Option.firstVariadicArg(3), JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = handle("close", JAVA_INT);
    private static final MethodHandle MKDIRAT = handle("mkdirat", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SYMLINKAT = handle("symlinkat", ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle FCHOWNAT = handle("fchownat", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle MOUNT = handle("mount", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle UMOUNT = handle("umount2", ADDRESS, JAVA_INT);
    private static final MethodHandle UNSHARE = handle("unshare", JAVA_INT);
    private static final MethodHandle SETNS = handle("setns", JAVA_INT, JAVA_INT);
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));

    private Kernel() {}

    /** A descriptor of what {@code path} leads to from directory {@code at}. */
    static int open(int at, String path, int flags, int mode) throws IOException {
        return (int) call("open '" + path + "'", (state, arena) ->
                (int) OPENAT.invokeExact(state, at, arena.allocateFrom(path), flags | O_CLOEXEC, mode));
    }

    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            // Whatever it answers, the descriptor is closed.
            int _ = (int) CLOSE.invokeExact(arena.allocate(CAPTURED), descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void makeDirectory(int at, String name, int mode) throws IOException {
        call("make directory '" + name + "'", (state, arena) ->
                (int) MKDIRAT.invokeExact(state, at, arena.allocateFrom(name), mode));
    }

    static void makeLink(String target, int at, String name) throws IOException {
        call("make link '" + name + "'", (state, arena) ->
                (int) SYMLINKAT.invokeExact(state, arena.allocateFrom(target), at, arena.allocateFrom(name)));
    }

    /** Of {@code at} itself if {@code name} is empty; of a link, not of what it leads to. */
    static void changeOwner(int at, String name, Owner owner) throws IOException {
        int flags = AT_SYMLINK_NOFOLLOW | (name.isEmpty() ? AT_EMPTY_PATH : 0);
        call("give '" + name + "' to user " + owner.uid(), (state, arena) ->
                (int) FCHOWNAT.invokeExact(state, at, arena.allocateFrom(name), owner.uid(), owner.gid(), flags));
    }

    static void mount(String type, String target, long flags, String options) throws IOException {
        call("mount " + type + " at '" + target + "'", (state, arena) -> {
            MemorySegment kind = arena.allocateFrom(type);
            return (int) MOUNT.invokeExact(
                    state, kind, arena.allocateFrom(target), kind, flags, arena.allocateFrom(options));
        });
    }

    static void unmount(String target) throws IOException {
        call("unmount '" + target + "'", (state, arena) ->
                (int) UMOUNT.invokeExact(state, arena.allocateFrom(target), DETACH));
    }

    /** A descriptor of a copy, attached nowhere, of the mounts at and below what {@code descriptor} stands for. */
    static int copyMounts(int descriptor) throws IOException {
        return (int) call("copy mounts", (state, arena) -> (long) SYSCALL.invokeExact(
                state, OPEN_TREE, (long) descriptor, arena.allocateFrom(""), CLONE_TREE, MemorySegment.NULL, 0L));
    }

    static void makeReadOnly(int mounts) throws IOException {
        call("make read-only", (state, arena) -> {
            MemorySegment attributes = arena.allocate(4 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
            attributes.set(JAVA_LONG, 0, ATTRIBUTE_READ_ONLY);
            return (long) SYSCALL.invokeExact(
                    state,
                    MOUNT_SETATTR,
                    (long) mounts,
                    arena.allocateFrom(""),
                    AT_EMPTY_PATH | RECURSIVE,
                    attributes,
                    attributes.byteSize());
        });
    }

    /** Attaches copied mounts where {@code target} is. */
    static void attach(int mounts, int target) throws IOException {
        call("attach mounts", (state, arena) -> {
            MemorySegment empty = arena.allocateFrom("");
            return (long)
                    SYSCALL.invokeExact(state, MOVE_MOUNT, (long) mounts, empty, (long) target, empty, BOTH_EMPTY);
        });
    }

    static void unshare(int what) throws IOException {
        call("unshare", (state, _) -> (int) UNSHARE.invokeExact(state, what));
    }

    static void enter(int namespace, int what) throws IOException {
        call("setns", (state, _) -> (int) SETNS.invokeExact(state, namespace, what));
    }

    private interface Invocation {
        long invoke(MemorySegment state, Arena arena) throws Throwable;
    }

    private static long call(String what, Invocation invocation) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURED);
            while (true) {
                long result = invocation.invoke(state, arena);
                if (result >= 0) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                if (errno != EINTR) {
                    throw new Refused("Cannot " + what, errno);
                }
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MethodHandle handle(String name, ValueLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, parameters),
                Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle handle(String name, Linker.Option variadic, ValueLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, parameters),
                variadic,
                Linker.Option.captureCallState("errno"));
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }

    private static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }
}
