package org.nucleus.master.core.task;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.ResourceRules;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Resource;

/** What the resources that a task or an executor asks for must look like. Source: master/validation.cpp, resource. */
final class ResourceUse {
    private ResourceUse() {}

    /** @param user how the messages call what uses them */
    static Optional<String> refusal(List<Resource> resources, String user) {
        return invalid(resources)
                .map(refusal -> user + " uses invalid resources: " + refusal)
                .or(() ->
                        duplicateVolume(resources).map(refusal -> user + " uses duplicate persistence ID: " + refusal))
                .or(() -> severalRoles(resources)
                        .map(refusal -> "Invalid " + user.toLowerCase(Locale.ROOT) + " resources: " + refusal))
                .or(() -> mixedRevocable(Resources.of(resources))
                        .map(refusal -> user + " mixes revocable and non-revocable resources: " + refusal));
    }

    /** The same rules for a task and its executor together, and that they don't use the same ports twice. */
    static Optional<String> refusalOfBoth(List<Resource> task, List<Resource> executor) {
        Resources ofTask = Resources.of(task);
        Resources ofExecutor = Resources.of(executor);
        if (overlap(ofTask, ofExecutor)) {
            return Optional.of("There are overlapping resources in the task resources " + ofTask
                    + " and executor resources " + ofExecutor);
        }
        List<Resource> both = Stream.concat(task.stream(), executor.stream()).toList();
        return duplicateVolume(both)
                .map(refusal -> "Task and its executor use duplicate persistence ID: " + refusal)
                .or(() -> mixedRevocable(ofTask.plus(ofExecutor))
                        .map(refusal -> "Task and its executor mix revocable and non-revocable resources: " + refusal));
    }

    static boolean overlap(Resources one, Resources other) {
        return one.names().stream().anyMatch(name -> one.ranges(name).intersects(other.ranges(name)));
    }

    private static Optional<String> invalid(List<Resource> resources) {
        return ResourceRules.refusal(resources).map(refusal -> "Invalid resources: " + refusal);
    }

    private static Optional<String> duplicateVolume(List<Resource> resources) {
        SequencedSet<String> seen = new LinkedHashSet<>();
        for (Resource resource : resources) {
            Resource.DiskInfo disk = resource.disk();
            if (disk != null && disk.persistence() != null && resource.shared() == null) {
                String id = disk.persistence().id();
                if (!seen.add(Reservations.role(resource).orElse("*") + "/" + id)) {
                    return Optional.of("Persistence ID '" + id + "' is not unique");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> severalRoles(List<Resource> resources) {
        String first = null;
        for (Resource resource : resources) {
            Resource.AllocationInfo allocation = resource.allocationInfo();
            String role = allocation == null ? null : allocation.role();
            if (role == null) {
                return Optional.of("The resources are not allocated to a role");
            }
            if (first != null && !first.equals(role)) {
                return Optional.of("The resources have multiple allocation roles ('" + role + "' and '" + first
                        + "') but only one allocation role is allowed");
            }
            first = role;
        }
        return Optional.empty();
    }

    private static Optional<String> mixedRevocable(Resources resources) {
        for (String name : resources.names()) {
            Resources named = resources.named(name);
            if (!named.revocable().isEmpty() && !named.nonRevocable().isEmpty()) {
                return Optional.of("Cannot use both revocable and non-revocable '" + name + "' at the same time");
            }
        }
        return Optional.empty();
    }
}
