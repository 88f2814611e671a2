package org.nucleus.marathon.api.format;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Fields that this Marathon cannot honour yet: refused, never silently dropped. */
final class Unsupported {
    private static final List<String> FIELDS =
            List.of("container", "readinessChecks", "check", "resourceLimits", "residency", "ipAddress", "tty");

    private Unsupported() {}

    static void check(Fields fields, String defaultRole) {
        Problems problems = fields.problems();
        for (String name : FIELDS) {
            JsonNode node = fields.raw(name);
            boolean empty =
                    node != null && (node.isArray() && node.isEmpty() || node.isBoolean() && !node.booleanValue());
            if (node != null && !empty) {
                problems.add("/" + name, "'" + name + "' is not supported by this version of Nucleus");
            }
        }
        if (fields.has("secrets")) {
            problems.add("/secrets", "Feature secrets is not enabled. Enable with --enable_features secrets)");
        }
        if (fields.whole("gpus", 0, 0, Integer.MAX_VALUE) > 0) {
            problems.add("/gpus", "Feature gpu_resources is not enabled. Enable with --enable_features gpu_resources)");
        }
        fields.objects("networks", network -> {
            if (!network.text("mode", "container").equals("host")) {
                problems.add(
                        network.at("mode"), "only the network mode 'host' is supported by this version of Nucleus");
            }
        });
        if (!fields.text("role", defaultRole).equals(defaultRole)) {
            problems.add("/role", "role must be one of [" + defaultRole + "]");
        }
        if (!List.of("", "//cmd").contains(fields.text("executor", ""))) {
            problems.add("/executor", "only the command executor '//cmd' is supported by this version of Nucleus");
        }
    }
}
