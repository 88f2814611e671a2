package org.nucleus.master.api.legacy;

import org.nucleus.master.access.Viewer;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.view.ConfiguredRoles;
import org.nucleus.master.view.RoleShare;
import org.nucleus.resources.Resources;
import tools.jackson.core.JsonGenerator;

/** Roles and weights as the endpoints of old show them. Source: master/readonly_handler.cpp, roles. */
final class RoleJson {
    private RoleJson() {}

    static void writeRoles(JsonGenerator json, Picture picture, ConfiguredRoles configured, Viewer viewer) {
        json.writeStartObject();
        json.writeArrayPropertyStart("roles");
        for (RoleShare role : RoleShare.all(picture, configured)) {
            if (viewer.seesRole(role.name())) {
                write(json, role);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void writeWeights(JsonGenerator json, ConfiguredRoles configured, Viewer viewer) {
        json.writeStartArray();
        configured.weights().forEach((role, weight) -> {
            if (viewer.seesRole(role)) {
                json.writeStartObject();
                json.writeStringProperty("role", role);
                json.writeNumberProperty("weight", weight);
                json.writeEndObject();
            }
        });
        json.writeEndArray();
    }

    /** Without quotas, nothing is guaranteed and nothing limited; what is consumed is there to be read. */
    private static void write(JsonGenerator json, RoleShare role) {
        json.writeStartObject();
        json.writeStringProperty("name", role.name());
        json.writeNumberProperty("weight", role.weight());
        json.writeObjectPropertyStart("quota");
        json.writeStringProperty("role", role.name());
        json.writeObjectPropertyStart("guarantee");
        json.writeEndObject();
        json.writeObjectPropertyStart("limit");
        json.writeEndObject();
        ResourceJson.write(json, "consumed", consumed(role));
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

    /** What is reserved to the role, and what else it uses. */
    private static Resources consumed(RoleShare role) {
        return role.reserved().plus(role.used().unreserved());
    }
}
