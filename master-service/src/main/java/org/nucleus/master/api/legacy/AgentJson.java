package org.nucleus.master.api.legacy;

import java.time.Instant;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.AgentOrder;
import org.nucleus.master.core.state.Picture.AgentPicture;
import org.nucleus.master.view.Messages;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.codec.JsonCodec;
import tools.jackson.core.JsonGenerator;

/** Agents as the endpoints of old show them. Source: master/http.cpp, SlaveWriter. */
final class AgentJson {
    private static final double THOUSAND = 1_000.0;

    private AgentJson() {}

    /** Writes the fields of {@code picture}, without the object's braces. */
    static void writeFields(JsonGenerator json, AgentPicture picture) {
        Agent agent = picture.agent();
        AgentInfo info = agent.known().info();
        Resources total = agent.total();
        json.writeStringProperty("id", agent.id().value());
        json.writeStringProperty("hostname", info.hostname());
        json.writeNumberProperty("port", info.port());
        ResourceJson.writeAttributes(json, info.attributes());
        json.writeStringProperty("pid", Messages.pid(Messages.address(agent), info.port()));
        json.writeNumberProperty("registered_time", seconds(agent.known().registeredAt()));
        if (agent.link() instanceof Agent.Link.Connected connected
                && connected.since().isAfter(agent.known().registeredAt())) {
            json.writeNumberProperty("reregistered_time", seconds(connected.since()));
        }
        ResourceJson.write(json, "resources", total);
        ResourceJson.write(json, "used_resources", picture.used());
        ResourceJson.write(json, "offered_resources", picture.offered());
        ResourceJson.writeReserved(json, "reserved_resources", total);
        ResourceJson.write(json, "unreserved_resources", total.unreserved());
        json.writeBooleanProperty("active", picture.isActive());
        json.writeBooleanProperty("deactivated", picture.order() != null);
        writeDrain(json, picture);
        if (info.domain() != null) {
            json.writeName("domain");
            json.writeRawValue(JsonCodec.v1().encodeToString(info.domain()));
        }
        json.writeStringProperty("version", agent.known().version());
        json.writeArrayPropertyStart("capabilities");
        for (AgentInfo.Capability capability : agent.known().capabilities()) {
            if (capability.type() != null) {
                json.writeString(capability.type().name());
            }
        }
        json.writeEndArray();
    }

    private static void writeDrain(JsonGenerator json, AgentPicture picture) {
        AgentOrder order = picture.order();
        if (order != null && order.drain() != null) {
            json.writeName("drain_info");
            json.writeRawValue(JsonCodec.v1().encodeToString(order.drain()));
            json.writeNumberProperty(
                    "estimated_drain_start_time_seconds", order.since().getEpochSecond());
        }
    }

    /** What {@code /slaves} adds: the messages of the resources. */
    static void writeFullResources(JsonGenerator json, AgentPicture picture) {
        Resources total = picture.agent().total();
        ResourceJson.writeReservedFull(json, "reserved_resources_full", total);
        ResourceJson.writeFull(json, "unreserved_resources_full", total.unreserved());
        ResourceJson.writeFull(json, "used_resources_full", picture.used());
        ResourceJson.writeFull(json, "offered_resources_full", picture.offered());
    }

    static double seconds(Instant instant) {
        return instant.toEpochMilli() / THOUSAND;
    }
}
