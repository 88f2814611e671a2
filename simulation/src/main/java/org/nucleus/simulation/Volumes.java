package org.nucleus.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Resource;

/** The persistent volumes on one machine's disk. A task finds there those that it was launched with. */
final class Volumes {
    private final SequencedSet<String> present = new LinkedHashSet<>();

    /** A starting agent makes those that it has stored and did not get to make. */
    void restore(Resources stored) {
        stored.persistentVolumes().toList(Reservations.Form.REFINED).forEach(this::create);
    }

    void create(Resource volume) {
        String id = idOf(volume);
        Broken.unless(id != null, "a volume without id is created", volume);
        if (id != null) {
            present.add(id);
        }
    }

    void destroy(Resource volume) {
        present.remove(String.valueOf(idOf(volume)));
    }

    /** The volumes among these resources are there. */
    void checkPresent(List<Resource> resources, Object user) {
        for (Resource resource : resources) {
            String id = idOf(resource);
            Broken.unless(id == null || present.contains(id), "a volume is not there for its task", user, resource);
        }
    }

    private static @Nullable String idOf(Resource resource) {
        var disk = resource.disk();
        if (disk == null || disk.persistence() == null) {
            return null;
        }
        return Reservations.role(resource).orElse("*") + " "
                + disk.persistence().id();
    }
}
