package org.nucleus.conformance.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;
import static org.nucleus.conformance.wire.Json.object;
import static org.nucleus.conformance.wire.Peer.JSON;
import static org.nucleus.conformance.wire.Peer.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Streamed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the original reads and prints it. Source: stout/protobuf.hpp, JSON::protobuf and protobuf::parse. */
@SharedCluster
class JsonDialectTest {
    private final Master operator;
    private final Peer master;

    JsonDialectTest(Master master) {
        this.operator = master;
        this.master = master.peer();
    }

    private JsonNode shown(Framework framework) {
        return operator.await("frameworks", framework.id(), _ -> true);
    }

    @Test
    void unknownFieldsAreIgnored() {
        ObjectNode info = Framework.info().put("no_such_field", 1);
        try (Framework framework = Framework.subscribe(master, info)) {
            assertThat(framework.id()).isNotEmpty();
        }
    }

    @Test
    void nullIsUnset() {
        ObjectNode info = Framework.info();
        info.putNull("webui_url");
        try (Framework framework = Framework.subscribe(master, info)) {
            assertThat(framework.id()).isNotEmpty();
        }
    }

    @Test
    void numbersAndBooleansMayBeQuoted() {
        ObjectNode info = Framework.info().put("failover_timeout", "12.5").put("checkpoint", "true");
        try (Framework framework = Framework.subscribe(master, info)) {
            assertThat(shown(framework).path("failover_timeout").asDouble()).isEqualTo(12.5);
            assertThat(shown(framework).path("checkpoint").asBoolean()).isTrue();
        }
    }

    @Test
    void aBareObjectIsAListOfOne() {
        ObjectNode info = Framework.info();
        info.set("capabilities", json("{'type': 'PARTITION_AWARE'}"));
        try (Framework framework = Framework.subscribe(master, info)) {
            assertThat(shown(framework).path("capabilities").toString()).contains("PARTITION_AWARE");
        }
    }

    @Test
    void anArrayForOneValueIsBad() {
        ObjectNode info = Framework.info();
        info.putArray("name").add("a");
        Streamed stream = Framework.open(master, object("{'framework_info': %s}", info));
        assertThat(stream.status()).isEqualTo(400);
    }

    @Test
    void anUnknownNameOfAnOptionalEnumIsDropped() {
        ObjectNode info = Framework.info("NO_SUCH_CAPABILITY", "PARTITION_AWARE");
        try (Framework framework = Framework.subscribe(master, info)) {
            assertThat(shown(framework).path("capabilities").toString()).contains("PARTITION_AWARE");
        }
    }

    @Test
    void aValueOfTheWrongTypeIsBad() {
        ObjectNode info = Framework.info();
        info.put("failover_timeout", "soon");
        assertThat(Framework.open(master, object("{'framework_info': %s}", info))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void wholeDoublesArePrintedWithTheirPoint() throws IOException {
        Streamed stream = master.open(
                Framework.PATH,
                bytes(object("{'type': 'SUBSCRIBE', 'subscribe': {'framework_info': %s}}", Framework.info())
                        .toString()),
                "Content-Type",
                JSON,
                "Accept",
                JSON);
        String text = new String(stream.record().orElseThrow(), StandardCharsets.UTF_8);
        assertThat(text).contains("\"heartbeat_interval_seconds\":15.0");
        stream.body().close();
    }

    @Test
    void longsArePrintedAsNumbers() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode ports = framework
                    .offer()
                    .path("resources")
                    .valueStream()
                    .filter(resource -> resource.path("name").asString("").equals("ports"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ports.at("/ranges/range/0/begin").isIntegralNumber()).isTrue();
        }
    }

    @Test
    void emptyListsAreNotPrinted() {
        try (Framework framework = Framework.subscribe(master)) {
            assertThat(framework.offer().has("executor_ids")).isFalse();
        }
    }

    @Test
    void defaultsOfOptionalFieldsArePrinted() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("defaults", "sleep 1000");
            JsonNode info = Launcher.PATIENCE.until(
                    "the framework",
                    () -> operator.ask("GET_FRAMEWORKS")
                            .path("frameworks")
                            .valueStream()
                            .map(shown -> shown.path("framework_info"))
                            .filter(known -> known.at("/id/value").asString("").equals(framework.id()))
                            .findFirst());
            assertThat(info.path("checkpoint").asBoolean(true)).isFalse();
            assertThat(info.path("failover_timeout").asDouble(-1)).isZero();
            assertThat(info.has("role")).as("whose default is deprecated").isFalse();
        }
    }

    @Test
    void infiniteLimitsAreWrittenAsText() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.command("unlimited", offer, "true");
            task.set("limits", json("{'cpus': {'value': 'Infinity'}}"));
            framework.launch(offer, task);
            framework.await("unlimited", "TASK_FINISHED");
        }
    }
}
