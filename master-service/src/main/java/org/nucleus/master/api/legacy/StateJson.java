package org.nucleus.master.api.legacy;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.Picture.AgentPicture;
import org.nucleus.master.core.state.Picture.CompletedFramework;
import org.nucleus.master.core.state.Picture.FrameworkPicture;
import org.nucleus.master.election.MasterAddress;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.wire.MasterInfo;
import tools.jackson.core.JsonGenerator;

/** The whole cluster as {@code /state} and its parts show it. Source: master/http.cpp, Master::ReadOnlyHandler. */
final class StateJson {
    private StateJson() {}

    /** What surrounds the cluster in {@code /state}. @param cluster its name, if it has one */
    record Frame(Instant startedAt, @Nullable String cluster, Map<String, String> flags) {}

    static void writeState(JsonGenerator json, MasterTerm term, Picture picture, Frame frame, Viewer viewer) {
        MasterInfo info = term.info();
        json.writeStartObject();
        json.writeStringProperty("version", MasterAddress.COMPATIBLE_VERSION);
        json.writeNumberProperty("start_time", AgentJson.seconds(frame.startedAt()));
        json.writeNumberProperty("elected_time", AgentJson.seconds(term.electedAt()));
        json.writeStringProperty("id", info.id());
        json.writeStringProperty("pid", Objects.requireNonNullElse(info.pid(), ""));
        json.writeStringProperty("hostname", Objects.requireNonNullElse(info.hostname(), ""));
        json.writeArrayPropertyStart("capabilities");
        for (MasterInfo.Capability capability : info.capabilities()) {
            if (capability.type() != null) {
                json.writeString(capability.type().name());
            }
        }
        json.writeEndArray();
        json.writeNumberProperty(
                "activated_slaves", count(picture, agent -> agent.agent().isConnected()));
        json.writeNumberProperty(
                "deactivated_slaves",
                count(
                        picture,
                        agent -> !agent.agent().isConnected() && !agent.agent().isRecovered()));
        json.writeNumberProperty(
                "unreachable_slaves", picture.unreachableAgents().size());
        if (frame.cluster() != null) {
            json.writeStringProperty("cluster", frame.cluster());
        }
        writeLeader(json, info);
        if (viewer.seesFlags()) {
            String log = frame.flags().get("external_log_file");
            if (log != null) {
                json.writeStringProperty("external_log_file", log);
            }
            json.writeObjectPropertyStart("flags");
            frame.flags().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        writeAgentArrays(json, picture, false, _ -> true);
        writeFrameworkArrays(json, picture, viewer, _ -> true);
        json.writeArrayPropertyStart("orphan_tasks");
        json.writeEndArray();
        json.writeEndObject();
    }

    static void writeAgents(JsonGenerator json, Picture picture, Predicate<String> wanted) {
        json.writeStartObject();
        writeAgentArrays(json, picture, true, wanted);
        json.writeEndObject();
    }

    static void writeFrameworks(JsonGenerator json, Picture picture, Viewer viewer, Predicate<String> wanted) {
        json.writeStartObject();
        writeFrameworkArrays(json, picture, viewer, wanted);
        json.writeEndObject();
    }

    static void writeSummary(JsonGenerator json, MasterTerm term, Picture picture, Frame frame, Viewer viewer) {
        json.writeStartObject();
        json.writeStringProperty(
                "hostname", Objects.requireNonNullElse(term.info().hostname(), ""));
        json.writeStringProperty("cluster", Objects.requireNonNullElse(frame.cluster(), ""));
        json.writeArrayPropertyStart("slaves");
        for (AgentPicture agent : picture.agents()) {
            json.writeStartObject();
            AgentJson.writeFields(json, agent);
            new TaskCounts().add(agent.tasks()).write(json);
            json.writeArrayPropertyStart("framework_ids");
            agent.tasks().stream()
                    .map(task -> task.frameworkId().value())
                    .distinct()
                    .forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("frameworks");
        for (FrameworkPicture framework : picture.frameworks()) {
            if (viewer.sees(framework.framework().info())) {
                writeSummary(json, framework);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeSummary(JsonGenerator json, FrameworkPicture framework) {
        json.writeStartObject();
        FrameworkJson.writeSummary(json, framework);
        new TaskCounts()
                .add(framework.tasks())
                .add(framework.unreachableTasks())
                .add(framework.completedTasks())
                .write(json);
        json.writeArrayPropertyStart("slave_ids");
        framework.tasks().stream()
                .map(task -> task.agentId().value())
                .distinct()
                .forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeLeader(JsonGenerator json, MasterInfo info) {
        json.writeStringProperty("leader", Objects.requireNonNullElse(info.pid(), ""));
        json.writeObjectPropertyStart("leader_info");
        json.writeStringProperty("id", info.id());
        json.writeStringProperty("pid", Objects.requireNonNullElse(info.pid(), ""));
        json.writeNumberProperty("port", info.port());
        json.writeStringProperty("hostname", Objects.requireNonNullElse(info.hostname(), ""));
        json.writeEndObject();
    }

    private static void writeAgentArrays(JsonGenerator json, Picture picture, boolean full, Predicate<String> wanted) {
        json.writeArrayPropertyStart("slaves");
        for (AgentPicture agent : picture.agents()) {
            if (!agent.agent().isRecovered() && wanted.test(agent.agent().id().value())) {
                json.writeStartObject();
                AgentJson.writeFields(json, agent);
                if (full) {
                    AgentJson.writeFullResources(json, agent);
                }
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("recovered_slaves");
        for (AgentPicture agent : picture.agents()) {
            if (agent.agent().isRecovered() && wanted.test(agent.agent().id().value())) {
                json.writeStartObject();
                json.writeStringProperty("id", agent.agent().id().value());
                json.writeStringProperty("hostname", agent.agent().hostname());
                json.writeNumberProperty("port", agent.agent().known().info().port());
                ResourceJson.write(json, "resources", agent.agent().total());
                ResourceJson.writeAttributes(json, agent.agent().known().info().attributes());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void writeFrameworkArrays(
            JsonGenerator json, Picture picture, Viewer viewer, Predicate<String> wanted) {
        json.writeArrayPropertyStart("frameworks");
        for (FrameworkPicture framework : picture.frameworks()) {
            if (viewer.sees(framework.framework().info())
                    && wanted.test(framework.framework().id().value())) {
                FrameworkJson.write(json, framework, viewer);
            }
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("completed_frameworks");
        for (CompletedFramework completed : picture.completedFrameworks()) {
            var info = completed.framework().info();
            if (viewer.sees(info)
                    && wanted.test(Objects.requireNonNull(info.id()).value())) {
                FrameworkJson.write(json, completed, viewer);
            }
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("unregistered_frameworks");
        json.writeEndArray();
    }

    private static long count(Picture picture, Predicate<AgentPicture> which) {
        return picture.agents().stream().filter(which).count();
    }
}
