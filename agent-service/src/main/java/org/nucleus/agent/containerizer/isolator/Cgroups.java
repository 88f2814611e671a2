package org.nucleus.agent.containerizer.isolator;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cgroups of this agent's containers. One hierarchy keeps together what a task starts, also daemons that leave its
 * session; those of the controllers, which may be the same, hold it back. Supervisors get one of their own when the
 * agent has one, as a service of systemd does: the end of that must not be theirs.
 */
public final class Cgroups {
    private static final Logger log = LoggerFactory.getLogger(Cgroups.class);
    private static final Path OWN = Path.of("/proc/self/cgroup");
    private static final String PROCESSES = "cgroup.procs";
    private static final String SUBTREE = "cgroup.subtree_control";
    private static final Pattern CONTAINER = Pattern.compile("[0-9a-f]{8}-.+");
    private static final int SHARES_PER_CPU = 1024;
    private static final int WEIGHT_PER_CPU = 100;
    private static final int MOST_WEIGHT = 10_000;

    private final List<Path> roots;
    private final @Nullable Path supervisors;
    private final Allowance allowance;

    private Cgroups(List<Path> roots, @Nullable Path supervisors, Allowance allowance) {
        this.roots = List.copyOf(roots);
        this.supervisors = supervisors;
        this.allowance = allowance;
    }

    /** None at all. */
    static Cgroups none() {
        return new Cgroups(List.of(), null, new Allowance(Isolation.Settings.posix()));
    }

    /**
     * Fails if the settings name controllers that this machine does not have or this process may not use. Without
     * controllers, where there are no cgroups, there are none, and the log says so.
     */
    static Cgroups open(Isolation.Settings settings) throws IOException {
        Hierarchies hierarchies = Hierarchies.here();
        Set<Path> roots = new LinkedHashSet<>();
        @Nullable Path tracking = null;
        if (settings.tracking()) {
            tracking = tracking(hierarchies, settings.cgroupsRoot()).orElse(null);
        }
        if (tracking != null) {
            roots.add(tracking);
        }
        for (Isolator isolator : settings.isolators()) {
            for (String controller : isolator.controllers()) {
                roots.add(root(hierarchies, controller, isolator, settings.cgroupsRoot()));
            }
        }
        Path supervisors = tracking != null && tracking.startsWith(String.valueOf(hierarchies.v2())) && isInService()
                ? made(tracking.resolve("supervisors"))
                : null;
        return new Cgroups(List.copyOf(roots), supervisors, new Allowance(settings));
    }

    /** Whether this machine would let {@link #open} have {@code isolators}. */
    static boolean allows(Set<Isolator> isolators, String cgroupsRoot) {
        try {
            Hierarchies hierarchies = Hierarchies.here();
            for (Isolator isolator : isolators) {
                for (String controller : isolator.controllers()) {
                    root(hierarchies, controller, isolator, cgroupsRoot);
                }
            }
            return tracking(hierarchies, cgroupsRoot).isPresent();
        } catch (IOException | IsolationRefused e) {
            log.atDebug().setCause(e).log("No cgroups with controllers here");
            return false;
        }
    }

    /**
     * That of a container, to be created; {@code owner} is the directory of its agent, of which a machine may have
     * many. A nested one is inside that of its parent, if {@code parent} has one.
     */
    public Cage of(Path owner, String container, Cage parent) {
        if (!parent.isEmpty()) {
            String name = container.substring(container.lastIndexOf('.') + 1);
            return new Cage(
                    parent.paths().stream().map(path -> path.resolve(name)).toList());
        }
        String name = "%08x-%s".formatted(owner.hashCode(), container);
        return new Cage(roots.stream().map(root -> root.resolve(name)).toList());
    }

    /** Whether a path is that of a container, or nested in one. */
    static boolean isContainer(@Nullable Path path) {
        return path != null
                && (CONTAINER.matcher(String.valueOf(path.getFileName())).matches() || isContainer(path.getParent()));
    }

    /** Makes a cage, if it is not there from a launch that was broken off, and sets its limits. */
    public void create(Cage cage, Limits limits) throws IOException {
        for (Path path : cage.paths()) {
            made(path);
        }
        allowance.grant(cage, limits);
    }

    /** Changes the limits of a cage; the hard limit of memory is only ever raised. */
    public void update(Cage cage, Limits limits) throws IOException {
        allowance.change(cage, limits);
    }

    /** Where supervisors belong; empty if they may stay where the agent is. */
    public Optional<Path> supervisors() {
        return Optional.ofNullable(supervisors);
    }

    private static Optional<Path> tracking(Hierarchies hierarchies, String name) {
        Optional<Path> mount = hierarchies.forTracking();
        if (mount.isEmpty()) {
            log.atInfo().log("No cgroup hierarchy: a task's daemons that leave its session are not tracked");
            return Optional.empty();
        }
        try {
            Path root = made(mount.get().resolve(name));
            probe(root);
            return Optional.of(root);
        } catch (IOException e) {
            log.atInfo()
                    .addKeyValue("reason", e.getMessage())
                    .log("Cgroups may not be used: a task's daemons that leave its session are not tracked");
            return Optional.empty();
        }
    }

    private static Path root(Hierarchies hierarchies, String controller, Isolator isolator, String name) {
        String asked = "--isolation=" + isolator.label();
        Path mount = hierarchies
                .of(controller)
                .orElseThrow(() -> new IsolationRefused(asked + " needs the cgroup controller '" + controller
                        + "', which this machine has mounted nowhere. Mount it, or choose another isolation."));
        try {
            if (hierarchies.isUnified(controller)) {
                return unified(mount, name, controller);
            }
            Path root = made(mount.resolve(name));
            probe(root);
            favour(root, "cpu.shares", SHARES_PER_CPU, Integer.MAX_VALUE);
            return root;
        } catch (IOException e) {
            throw new IsolationRefused(
                    asked + " may not be used: " + e.getMessage()
                            + ". Run the agent as root where cgroups are writable, or choose another isolation.",
                    e);
        }
    }

    private static Path unified(Path mount, String name, String controller) throws IOException {
        String enable = "+" + (controller.equals("cpuacct") ? "cpu" : controller);
        Files.writeString(mount.resolve(SUBTREE), enable);
        Path root = made(mount.resolve(name));
        Files.writeString(root.resolve(SUBTREE), enable);
        probe(root);
        favour(root, "cpu.weight", WEIGHT_PER_CPU, MOST_WEIGHT);
        return root;
    }

    /** All containers together weigh as much as the machine, not as one process beside them. */
    private static void favour(Path root, String file, int perCpu, int most) throws IOException {
        Path weight = root.resolve(file);
        if (Files.exists(weight)) {
            int cpus = Runtime.getRuntime().availableProcessors();
            Files.writeString(weight, Integer.toString(Math.min(most, perCpu * cpus)));
        }
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
                            "/bin/sh",
                            "-c",
                            "echo 0 >\"$1\"",
                            "probe",
                            cgroup.resolve(PROCESSES).toString())
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

    /** Removes what is left of the containers of {@code owner}, but not what is {@code held} by those that run. */
    public void sweep(Path owner, Set<Path> held) throws IOException {
        String prefix = "%08x-".formatted(owner.hashCode());
        for (Path root : roots) {
            List<Path> left = new ArrayList<>();
            try (var entries = Files.newDirectoryStream(root, prefix + "*")) {
                entries.forEach(left::add);
            }
            left.removeAll(held);
            left.forEach(path -> new Cage(List.of(path)).remove());
        }
    }
}
