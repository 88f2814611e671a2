package org.nucleus.conformance.resources;

import static org.nucleus.conformance.wire.Json.object;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.nucleus.conformance.cluster.Tasks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reserved resources, volumes on them, and the operations that make and end both; in the format with refinement. */
final class Reserved {
    private Reserved() {}

    /** So much of a scalar, reserved for a role by nobody in particular. */
    static ObjectNode scalar(String name, double value, String role) {
        ObjectNode resource = Tasks.scalar(name, value);
        resource.withArray("reservations").add(object("{'type': 'DYNAMIC', 'role': '%s'}", role));
        return resource;
    }

    static ObjectNode volume(double megabytes, String role, String id) {
        ObjectNode volume = scalar("disk", megabytes, role);
        volume.set(
                "disk",
                object("{'persistence': {'id': '%s'}, 'volume': {'container_path': 'data', 'mode': 'RW'}}", id));
        return volume;
    }

    /** An operation on resources: {@code RESERVE} has {@code resources}, {@code CREATE} has {@code volumes}. */
    static ObjectNode operation(String type, String id, JsonNode... resources) {
        String list = type.endsWith("RESERVE") ? "resources" : "volumes";
        ObjectNode operation = object(
                "{'type': '%s', '%s': {'%s': %s}}", type, type.toLowerCase(Locale.ROOT), list, List.of(resources));
        if (!id.isEmpty()) {
            operation.putObject("id").put("value", id);
        }
        return operation;
    }

    /** How much of a scalar in an offer is reserved for exactly that role, volumes included. */
    static double of(JsonNode offer, String name, String role) {
        return offer.path("resources")
                .valueStream()
                .filter(resource -> resource.path("name").asString("").equals(name))
                .filter(resource -> role.equals(roleOf(resource)))
                .mapToDouble(resource -> resource.at("/scalar/value").asDouble(0))
                .sum();
    }

    private static String roleOf(JsonNode resource) {
        JsonNode reservations = resource.path("reservations");
        return reservations.isEmpty()
                ? ""
                : Objects.requireNonNullElse(
                        reservations.get(reservations.size() - 1).path("role").asString(""), "");
    }

    /** Whether an offer holds the volume of that id. */
    static boolean hasVolume(JsonNode offer, String id) {
        return offer.path("resources")
                .valueStream()
                .anyMatch(resource ->
                        resource.at("/disk/persistence/id").asString("").equals(id));
    }
}
