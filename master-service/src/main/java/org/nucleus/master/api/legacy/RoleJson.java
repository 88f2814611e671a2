package org.nucleus.master.api.legacy;

import java.util.List;
import java.util.Map;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.view.ConfiguredRoles;
import org.nucleus.master.view.RoleShare;
import org.nucleus.resources.Scalar;
import tools.jackson.core.JsonGenerator;

/** Roles and weights as the endpoints of old show them. Source: master/readonly_handler.cpp, roles. */
final class RoleJson {
    private RoleJson() {}

    static void writeRoles(JsonGenerator json, Picture picture, ConfiguredRoles configured, Viewer viewer) {
        json.writeStartObject();
        json.writeArrayPropertyStart("roles");
        List<RoleShare> all = RoleShare.all(picture, configured);
        for (RoleShare role : all) {
            if (viewer.seesRole(role.name())) {
                write(json, role, all);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void writeWeights(JsonGenerator json, Picture picture, Viewer viewer) {
        json.writeStartArray();
        picture.policy().weights().forEach((role, weight) -> {
            if (viewer.seesRole(role)) {
                json.writeStartObject();
                json.writeStringProperty("role", role);
                json.writeNumberProperty("weight", weight);
                json.writeEndObject();
            }
        });
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, RoleShare role, List<RoleShare> all) {
        json.writeStartObject();
        json.writeStringProperty("name", role.name());
        json.writeNumberProperty("weight", role.weight());
        json.writeObjectPropertyStart("quota");
        json.writeStringProperty("role", role.name());
        writeAmounts(json, "guarantee", role.quota().guarantees());
        writeAmounts(json, "limit", role.quota().limits());
        ResourceJson.write(json, "consumed", RoleShare.consumed(role.name(), all));
        json.writeEndObject();
        ResourceJson.write(json, "resources", role.allocated());
        ResourceJson.write(json, "allocated", role.used());
        ResourceJson.write(json, "offered", role.offered());
        ResourceJson.write(json, "reserved", role.reserved());
        json.writeArrayPropertyStart("frameworks");
        role.frameworks().forEach(framework -> json.writeString(framework.value()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeAmounts(JsonGenerator json, String name, Map<String, Long> thousandths) {
        json.writeObjectPropertyStart(name);
        thousandths.forEach((resource, amount) -> json.writeNumberProperty(resource, Scalar.toDouble(amount)));
        json.writeEndObject();
    }
}
