package org.nucleus.agent.containerizer.isolator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where this machine has its cgroups. Each controller is either in a hierarchy of version 1 or in the one of version
 * 2; machines with both exist. Source: cgroups(7), proc_pid_mountinfo(5).
 *
 * @param v1 mount point by controller
 * @param v2 mount point, absent if there is none
 * @param v2Controllers what is available in the hierarchy of version 2
 */
record Hierarchies(Map<String, Path> v1, @Nullable Path v2, Set<String> v2Controllers) {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    /** Fields of a line: the mount point, and behind a lone dash the type, the device, the options. */
    private static final int MOUNT_POINT = 4;

    static Hierarchies here() throws IOException {
        return parse(Files.readAllLines(MOUNTS));
    }

    /** From lines such as {@code 36 31 0:33 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory}. */
    static Hierarchies parse(List<String> mounts) throws IOException {
        Map<String, Path> v1 = new LinkedHashMap<>();
        Path v2 = null;
        for (String mount : mounts) {
            List<String> fields = Arrays.asList(mount.split(" "));
            int dash = fields.lastIndexOf("-");
            if (dash < 0 || fields.size() < dash + 4) {
                continue;
            }
            Path point = Path.of(fields.get(MOUNT_POINT));
            if (fields.get(dash + 1).equals("cgroup2") && v2 == null) {
                v2 = point;
            } else if (fields.get(dash + 1).equals("cgroup")) {
                Arrays.stream(fields.get(dash + 3).split(",")).forEach(option -> v1.putIfAbsent(option, point));
            }
        }
        return new Hierarchies(v1, v2, v2 == null ? Set.of() : controllers(v2));
    }

    private static Set<String> controllers(Path v2) throws IOException {
        Path file = v2.resolve("cgroup.controllers");
        return Files.exists(file) ? Set.of(Files.readString(file).strip().split(" ")) : Set.of();
    }

    /** Whether {@code controller}, by its name of version 1, is in the hierarchy of version 2. */
    boolean isUnified(String controller) {
        // Version 2 accounts for CPU time in every cgroup.
        return v2Controllers.contains(controller) || controller.equals("cpuacct") && v2Controllers.contains("cpu");
    }

    /** Where a controller's hierarchy is mounted. */
    Optional<Path> of(String controller) {
        return Optional.ofNullable(isUnified(controller) ? v2 : v1.get(controller));
    }

    /** A hierarchy that keeps processes together, whatever it limits. */
    Optional<Path> forTracking() {
        return Optional.ofNullable(v2).or(() -> Optional.ofNullable(v1.get("freezer")));
    }
}
