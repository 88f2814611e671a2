package org.nucleus.marathon.core.group;

import java.util.List;
import java.util.Optional;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.PortDefinition;

/** What of an app with data on its agents may not change: what was reserved. Source: AppValidation.residentUpdateIsValid. */
final class Residents {
    private Residents() {}

    /** What speaks against the change, if anything does. */
    static Optional<Answer> change(App before, App after) {
        if (!before.isResident() && !after.isResident()) {
            return Optional.empty();
        }
        if (!before.persistentVolumes().equals(after.persistentVolumes())) {
            return Optional.of(new Answer.Invalid("/container/volumes", "Persistent volumes can not be changed!"));
        }
        boolean sameSize = before.footprint().cpus() == after.footprint().cpus()
                && before.footprint().mem() == after.footprint().mem()
                && before.footprint().disk() == after.footprint().disk()
                && before.footprint().gpus() == after.footprint().gpus();
        if (!sameSize || !hostPorts(before).equals(hostPorts(after))) {
            return Optional.of(new Answer.Invalid("/", "Resident Tasks may not change resource requirements!"));
        }
        return before.role().equals(after.role())
                ? Optional.empty()
                : Optional.of(
                        new Answer.Invalid("/role", "The role of an app with persistent volumes can not change."));
    }

    private static List<String> hostPorts(App app) {
        return app.ports().definitions().stream()
                .map(definition -> hostPort(app, definition))
                .toList();
    }

    private static String hostPort(App app, PortDefinition definition) {
        var mapping = definition.mapping();
        if (mapping != null) {
            return String.valueOf(mapping.hostPort());
        }
        return app.ports().required() ? String.valueOf(definition.port()) : "any";
    }
}
