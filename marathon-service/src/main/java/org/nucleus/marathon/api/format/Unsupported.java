package org.nucleus.marathon.api.format;

import java.util.List;

/** Fields that this Marathon cannot honour: refused, never silently dropped. */
final class Unsupported {
    private static final String NOT_HERE = "' is not supported by this version of Nucleus";

    private Unsupported() {}

    static void check(Fields fields, Definitions definitions) {
        Problems problems = fields.problems();
        if (fields.has("secrets") || !SecretReader.secretEnv(fields, "env").isEmpty()) {
            definitions.require("secrets", "/secrets", problems);
        }
        if (fields.whole("gpus", 0, 0, Integer.MAX_VALUE) > 0) {
            definitions.require("gpu_resources", "/gpus", problems);
        }
        Fields container = fields.object("container");
        if (container != null) {
            refuse(container, List.of("linuxInfo"));
            container.objects("volumes", volume -> refuse(volume, List.of("external")));
            Fields docker = container.object("docker");
            if (docker != null) {
                refuse(docker, List.of("credential"));
                if (docker.has("pullConfig")) {
                    definitions.require("secrets", "/container/docker/pullConfig", problems);
                }
            }
        }
    }

    static void refuse(Fields fields, List<String> names) {
        for (String name : names) {
            if (fields.has(name)) {
                fields.problems().add(fields.at(name), "'" + name + NOT_HERE);
            }
        }
    }
}
