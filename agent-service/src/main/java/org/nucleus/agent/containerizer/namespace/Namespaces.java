package org.nucleus.agent.containerizer.namespace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a thread start processes in namespaces that are not the agent's. The thread itself enters them and comes back:
 * that costs a few calls, where a program in between would cost an {@code exec}. In between it must make no threads,
 * which would stay there. Source: namespaces(7), pid_namespaces(7), mount_namespaces(7).
 */
public final class Namespaces {
    private static final Logger log = LoggerFactory.getLogger(Namespaces.class);
    private static final String PROC_OPTIONS = "pidns=/proc/%d/ns/pid";
    private static final long PROC_FLAGS = Kernel.MS_NOSUID | Kernel.MS_NODEV | Kernel.MS_NOEXEC;

    private final List<Path> hidden;
    private final int mounts;
    private final int processes;
    private volatile boolean strayed;

    private Namespaces(List<Path> hidden, int mounts, int processes) {
        this.hidden = List.copyOf(hidden);
        this.mounts = mounts;
        this.processes = processes;
    }

    /** What is done within namespaces. */
    public interface Inside<T> {
        T run() throws IOException, LaunchFailed;
    }

    /** Those of this process are the ones to come back to; {@code hidden} is what containers are not to see. */
    public static Namespaces here(List<Path> hidden) throws IOException {
        return new Namespaces(hidden, open("self", "mnt"), open("self", "pid"));
    }

    /** Whether this process may make namespaces, and of processes too. Tried on a thread that ends with it. */
    public static boolean allowed() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.ofPlatform().name("namespaces-probe").start(() -> {
            try {
                Kernel.unshare(Kernel.CLONE_NEWNS | Kernel.CLONE_NEWPID);
                Kernel.mount("none", "/", Kernel.MS_REC | Kernel.MS_SLAVE, "");
                try (Mounts copy = Mounts.copyOf(Path.of("/proc"))) {
                    copy.makeReadOnly();
                }
                answer.complete(true);
            } catch (IOException e) {
                log.atDebug().setCause(e).log("No namespaces here");
                answer.complete(false);
            } catch (RuntimeException | LinkageError e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    /** Within a new mount namespace in which {@code sight} is all there is to see, and a new one of processes if asked. */
    public <T> T own(Sight sight, boolean pids, Inside<T> inside) throws IOException, LaunchFailed {
        refuseStrayed();
        Kernel.unshare(Kernel.CLONE_NEWNS | (pids ? Kernel.CLONE_NEWPID : 0));
        try {
            sight.make(hidden);
            return inside.run();
        } finally {
            comeBack();
        }
    }

    /** Within those of the process {@code pid}, where volumes of {@code sight} are for this one alone. */
    public <T> T of(long pid, Sight sight, Inside<T> inside) throws IOException, LaunchFailed {
        refuseStrayed();
        int theirMounts = open(Long.toString(pid), "mnt");
        try {
            int theirProcesses = open(Long.toString(pid), "pid");
            try {
                // A thread that shares its root directory with others cannot change to another set of mounts.
                Kernel.unshare(Kernel.CLONE_FS);
                Kernel.enter(theirProcesses, Kernel.CLONE_NEWPID);
                Kernel.enter(theirMounts, Kernel.CLONE_NEWNS);
                if (!sight.volumes().isEmpty()) {
                    Kernel.unshare(Kernel.CLONE_NEWNS);
                    sight.add();
                }
                return inside.run();
            } finally {
                Kernel.close(theirProcesses);
                comeBack();
            }
        } finally {
            Kernel.close(theirMounts);
        }
    }

    /**
     * Mounts the {@code /proc} of the namespace whose first process is {@code pid}, in this thread's mount namespace.
     * False if this kernel is older than 6.17 and lets only a member of that namespace do so.
     */
    public static boolean showProcesses(long pid) {
        try {
            Kernel.mount("proc", "/proc", PROC_FLAGS, PROC_OPTIONS.formatted(pid));
            return true;
        } catch (IOException e) {
            log.atTrace().setCause(e).log("This kernel mounts /proc for its own processes only");
            return false;
        }
    }

    private void comeBack() throws IOException {
        try {
            Kernel.enter(processes, Kernel.CLONE_NEWPID);
            Kernel.enter(mounts, Kernel.CLONE_NEWNS);
        } catch (IOException e) {
            strayed = true;
            throw e;
        }
    }

    /** What a thread that did not come back starts would be in a stranger's place. */
    private void refuseStrayed() throws IOException {
        if (strayed) {
            throw new IOException("a thread of the agent could not come back from a container's namespaces."
                    + " Restart the agent: its tasks go on.");
        }
    }

    private static int open(String process, String kind) throws IOException {
        return Kernel.open(Kernel.AT_CWD, "/proc/" + process + "/ns/" + kind, 0, 0);
    }
}
