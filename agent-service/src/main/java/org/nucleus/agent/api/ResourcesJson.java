package org.nucleus.agent.api;

import java.util.ArrayList;
import java.util.List;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.Resources;
import org.nucleus.wire.codec.JsonCodec;
import tools.jackson.core.JsonGenerator;

/** The fields of {@code /state} that say what the agent has, for whom, and what of it is in use. */
final class ResourcesJson {
    private ResourcesJson() {}

    static void write(JsonGenerator json, AgentPicture picture) {
        Resources total = picture.total();
        Resources used = used(picture);
        JsonDocument.resources(json, "resources", total.toList());
        roles(json, "reserved_resources", total);
        JsonDocument.resources(json, "unreserved_resources", total.unreserved().toList());
        JsonDocument.field(
                json,
                "reserved_resources_full",
                roles -> total.reservations().forEach((role, part) -> full(roles, role, part)));
        full(json, "unreserved_resources_full", total.unreserved());
        roles(json, "reserved_resources_allocated", used);
        JsonDocument.resources(
                json, "unreserved_resources_allocated", used.unreserved().toList());
        full(json, "resources_full", total);
    }

    private static void roles(JsonGenerator json, String name, Resources resources) {
        JsonDocument.field(
                json,
                name,
                roles -> resources
                        .reservations()
                        .forEach((role, part) -> JsonDocument.resources(roles, role, part.toList())));
    }

    private static void full(JsonGenerator json, String name, Resources resources) {
        JsonDocument.array(
                json,
                name,
                resources.toList(Reservations.Form.ENDPOINT),
                resource -> JsonCodec.v1().write(json, resource));
    }

    /** By tasks and by the executors that frameworks named. */
    private static Resources used(AgentPicture picture) {
        List<Resources> parts = new ArrayList<>();
        for (TaskRun run : picture.runs()) {
            if (!run.ended()) {
                parts.add(Resources.of(run.info().resources()).unallocated());
            }
        }
        for (ExecutorRun run : picture.executors()) {
            parts.add(Resources.of(run.info().resources()).unallocated());
        }
        return Resources.sum(parts);
    }
}
