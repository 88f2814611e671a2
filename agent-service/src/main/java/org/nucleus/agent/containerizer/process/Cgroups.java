package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cgroup (v2) per container, without limits: it keeps together what a task starts, also daemons that leave its
 * session, and ends all of it at one stroke. Supervisors get one of their own when the agent has one, as a service of
 * systemd does: the end of that must not be theirs.
 */
final class Cgroups {
    private static final Logger log = LoggerFactory.getLogger(Cgroups.class);
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path OWN = Path.of("/proc/self/cgroup");
    private static final String NUCLEUS = "nucleus";
    private static final String PROCESSES = "cgroup.procs";
    private static final String KILL = "cgroup.kill";

    private final Path root;
    private final @Nullable Path supervisors;

    private Cgroups(Path root, @Nullable Path supervisors) {
        this.root = root;
        this.supervisors = supervisors;
    }

    /** Empty, and said so in the log, where this machine has no such hierarchy or this process may not use it. */
    static Optional<Cgroups> find() {
        try {
            Optional<Path> mount = mount();
            if (mount.isEmpty()) {
                log.atInfo().log("No cgroup v2 hierarchy: a task's daemons that leave its session are not tracked");
                return Optional.empty();
            }
            Path root = made(mount.get().resolve(NUCLEUS));
            probe(root);
            return Optional.of(new Cgroups(root, isInService() ? made(root.resolve("supervisors")) : null));
        } catch (IOException e) {
            log.atInfo()
                    .addKeyValue("reason", e.getMessage())
                    .log("Cgroups may not be used: a task's daemons that leave its session are not tracked");
            return Optional.empty();
        }
    }

    /**
     * Where that of a container is to be; {@code owner} is the directory of its agent, of which a machine may have
     * many.
     */
    Path of(Path owner, String container) {
        return root.resolve("%08x-%s".formatted(owner.hashCode(), container));
    }

    /** Makes one, if it is not there from a launch that was broken off. */
    static void create(Path cgroup) throws IOException {
        made(cgroup);
    }

    /** Where supervisors belong; empty if they may stay where the agent is. */
    Optional<Path> supervisors() {
        return Optional.ofNullable(supervisors);
    }

    /** The pids in {@code cgroup}; none if it is gone. */
    static Set<Long> members(Path cgroup) throws IOException {
        try {
            return Files.readAllLines(cgroup.resolve(PROCESSES)).stream()
                    .map(Long::parseLong)
                    .collect(Collectors.toSet());
        } catch (NoSuchFileException e) {
            return Set.of();
        }
    }

    /** Kills all in {@code cgroup} and below it, as far as the kernel offers that (5.14). */
    static void kill(Path cgroup) throws IOException {
        Path kill = cgroup.resolve(KILL);
        if (Files.exists(kill)) {
            Files.writeString(kill, "1");
        }
    }

    /** Removes an empty one. */
    static void remove(Path cgroup) {
        try {
            Files.deleteIfExists(cgroup);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("cgroup", cgroup)
                    .setCause(e)
                    .log("Cannot remove the cgroup of an ended container");
        }
    }

    private static Optional<Path> mount() throws IOException {
        // 41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
        return Files.readAllLines(MOUNTS).stream()
                .filter(line -> line.contains(" - cgroup2 "))
                .map(line -> Path.of(line.split(" ")[4]))
                .findFirst();
    }

    private static boolean isInService() throws IOException {
        return Files.readAllLines(OWN).stream().anyMatch(line -> line.startsWith("0::/") && line.length() > 4);
    }

    private static Path made(Path cgroup) throws IOException {
        try {
            return Files.createDirectory(cgroup);
        } catch (FileAlreadyExistsException e) {
            return cgroup;
        }
    }

    /** Whether processes can really be moved depends on too much to be told otherwise. */
    private static void probe(Path root) throws IOException {
        Path cgroup = Files.createTempDirectory(root, "probe-");
        try {
            Process process = new ProcessBuilder(
                            "/bin/sh", "-c", "echo 0 >\"$1\"", "probe", cgroup.resolve(PROCESSES).toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException("no process can be moved to " + cgroup);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(cgroup);
        }
    }
}
