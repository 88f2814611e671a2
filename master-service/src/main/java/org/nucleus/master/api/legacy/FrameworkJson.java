package org.nucleus.master.api.legacy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.Picture.CompletedFramework;
import org.nucleus.master.core.state.Picture.FrameworkPicture;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.resources.Resources;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Task;
import tools.jackson.core.JsonGenerator;

/** Frameworks as the endpoints of old show them. Source: master/http.cpp, FullFrameworkWriter. */
final class FrameworkJson {
    private FrameworkJson() {}

    static void write(JsonGenerator json, FrameworkPicture picture, Viewer viewer) {
        Framework framework = picture.framework();
        FrameworkInfo info = framework.info();
        String role = role(info);
        json.writeStartObject();
        writeDescription(json, framework.known());
        writeConnection(json, framework.isConnected(), framework.isConnected(), framework.isRecovered());
        Instant gone =
                framework.link() instanceof Framework.Link.Disconnected disconnected ? disconnected.since() : null;
        writeTimes(json, framework.known(), gone);
        ResourceJson.write(json, "used_resources", picture.used());
        ResourceJson.write(json, "offered_resources", picture.offered());
        ResourceJson.write(json, "resources", picture.used().plus(picture.offered()));
        writeTasks(json, "tasks", picture.tasks(), info, viewer);
        writeTasks(json, "unreachable_tasks", picture.unreachableTasks(), info, viewer);
        writeTasks(json, "completed_tasks", picture.completedTasks(), info, viewer);
        json.writeArrayPropertyStart("offers");
        picture.offers().forEach(offer -> write(json, offer));
        json.writeEndArray();
        json.writeArrayPropertyStart("executors");
        if (viewer.seesExecutors(info)) {
            picture.executors().forEach(executor -> TaskJson.write(json, executor, role));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void write(JsonGenerator json, CompletedFramework completed, Viewer viewer) {
        KnownFramework known = completed.framework();
        FrameworkInfo info = known.info();
        json.writeStartObject();
        writeDescription(json, known);
        writeConnection(json, false, false, false);
        writeTimes(json, known, known.completedAt());
        for (String none : List.of("used_resources", "offered_resources", "resources")) {
            ResourceJson.write(json, none, Resources.none());
        }
        writeTasks(json, "tasks", List.of(), info, viewer);
        writeTasks(json, "unreachable_tasks", List.of(), info, viewer);
        writeTasks(json, "completed_tasks", completed.completedTasks(), info, viewer);
        for (String none : List.of("offers", "executors")) {
            json.writeArrayPropertyStart(none);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Writes what the summary shows, without the object's braces. */
    static void writeSummary(JsonGenerator json, FrameworkPicture picture) {
        Framework framework = picture.framework();
        FrameworkInfo info = framework.info();
        json.writeStringProperty("id", framework.id().value());
        json.writeStringProperty("name", info.name());
        ResourceJson.write(json, "used_resources", picture.used());
        ResourceJson.write(json, "offered_resources", picture.offered());
        writeCapabilities(json, info);
        json.writeStringProperty("hostname", Objects.requireNonNullElse(info.hostname(), ""));
        json.writeStringProperty("webui_url", Objects.requireNonNullElse(info.webuiUrl(), ""));
        writeConnection(json, framework.isConnected(), framework.isConnected(), framework.isRecovered());
    }

    private static void writeDescription(JsonGenerator json, KnownFramework known) {
        FrameworkInfo info = known.info();
        json.writeStringProperty("id", Objects.requireNonNull(info.id()).value());
        json.writeStringProperty("name", info.name());
        json.writeStringProperty("user", info.user());
        json.writeNumberProperty("failover_timeout", info.failoverTimeout());
        json.writeBooleanProperty("checkpoint", info.checkpoint());
        json.writeStringProperty("hostname", Objects.requireNonNullElse(info.hostname(), ""));
        json.writeStringProperty("webui_url", Objects.requireNonNullElse(info.webuiUrl(), ""));
        if (info.principal() != null) {
            json.writeStringProperty("principal", info.principal());
        }
        writeCapabilities(json, info);
        if (Framework.has(info, FrameworkInfo.Capability.Type.MULTI_ROLE)) {
            json.writeArrayPropertyStart("roles");
            info.roles().forEach(json::writeString);
            json.writeEndArray();
        } else {
            json.writeStringProperty("role", Objects.requireNonNullElse(info.role(), "*"));
        }
        TaskJson.writeLabels(json, info.labels());
    }

    private static void writeCapabilities(JsonGenerator json, FrameworkInfo info) {
        json.writeArrayPropertyStart("capabilities");
        for (FrameworkInfo.Capability capability : info.capabilities()) {
            if (capability.type() != null) {
                json.writeString(capability.type().name());
            }
        }
        json.writeEndArray();
    }

    private static void writeConnection(JsonGenerator json, boolean active, boolean connected, boolean recovered) {
        json.writeBooleanProperty("active", active);
        json.writeBooleanProperty("connected", connected);
        json.writeBooleanProperty("recovered", recovered);
    }

    private static void writeTimes(JsonGenerator json, KnownFramework known, @Nullable Instant gone) {
        json.writeNumberProperty("registered_time", AgentJson.seconds(known.registeredAt()));
        if (known.reregisteredAt().isAfter(known.registeredAt())) {
            json.writeNumberProperty("reregistered_time", AgentJson.seconds(known.reregisteredAt()));
        }
        json.writeNumberProperty("unregistered_time", gone == null ? 0.0 : AgentJson.seconds(gone));
    }

    private static void writeTasks(
            JsonGenerator json, String name, List<Task> tasks, FrameworkInfo framework, Viewer viewer) {
        String role = role(framework);
        json.writeArrayPropertyStart(name);
        for (Task task : tasks) {
            if (viewer.sees(task, framework)) {
                TaskJson.write(json, task, role);
            }
        }
        json.writeEndArray();
    }

    /** The role that is shown for what doesn't say its own. */
    static String role(FrameworkInfo framework) {
        var roles = Framework.rolesOf(framework);
        return roles.isEmpty() ? "*" : roles.getFirst();
    }

    private static void write(JsonGenerator json, Offer offer) {
        json.writeStartObject();
        json.writeStringProperty("id", offer.id().value());
        json.writeStringProperty("framework_id", offer.frameworkId().value());
        json.writeStringProperty("slave_id", offer.agentId().value());
        if (offer.allocationInfo() != null && offer.allocationInfo().role() != null) {
            json.writeObjectPropertyStart("allocation_info");
            json.writeStringProperty("role", offer.allocationInfo().role());
            json.writeEndObject();
        }
        ResourceJson.write(json, "resources", Resources.of(offer.resources()));
        json.writeEndObject();
    }
}
