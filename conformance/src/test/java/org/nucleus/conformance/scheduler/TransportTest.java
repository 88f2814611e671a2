package org.nucleus.conformance.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;
import static org.nucleus.conformance.wire.Json.object;
import static org.nucleus.conformance.wire.Peer.JSON;
import static org.nucleus.conformance.wire.Peer.PROTOBUF;
import static org.nucleus.conformance.wire.Peer.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.wire.Json;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import org.nucleus.conformance.wire.Streamed;
import tools.jackson.databind.node.ObjectNode;

/** Methods, media types, headers and framing of {@code /api/v1/scheduler}. Source: master/http.cpp, scheduler. */
@SharedCluster
class TransportTest {
    private static final String STREAM_ID = "Mesos-Stream-Id";
    private static final String UUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

    private final Peer master;

    TransportTest(Master master) {
        this.master = master.peer();
    }

    private static ObjectNode subscribeCall() {
        return object("{'type': 'SUBSCRIBE', 'subscribe': {'framework_info': %s}}", Framework.info());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void otherMethodsThanPostAreNotAllowed(String method) {
        Reply reply = master.send(method, Framework.PATH, method.equals("PUT") ? bytes("{}") : null);
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
    }

    @Test
    void aCallWithoutContentTypeIsBad() {
        Reply reply = master.send("POST", Framework.PATH, bytes(subscribeCall().toString()));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("Content-Type");
    }

    @Test
    void anUnknownContentTypeIsUnsupported() {
        Reply reply = master.post(Framework.PATH, subscribeCall().toString(), "Content-Type", "text/plain");
        assertThat(reply.status()).isEqualTo(415);
    }

    @Test
    void aContentTypeIsComparedExactly() {
        Reply reply = master.post(
                Framework.PATH, subscribeCall().toString(), "Content-Type", "application/json; charset=utf-8");
        assertThat(reply.status()).isEqualTo(415);
    }

    @Test
    void malformedJsonIsBad() {
        Reply reply = master.post(Framework.PATH, "malformed", "Content-Type", JSON);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).startsWith("Failed to parse body into JSON");
    }

    @Test
    void malformedProtobufIsBad() {
        Reply reply = master.send("POST", Framework.PATH, bytes("malformed"), "Content-Type", PROTOBUF);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).startsWith("Failed to parse body into Call protobuf");
    }

    @Test
    void validJsonThatIsNoCallIsBad() {
        Reply reply = master.post(Framework.PATH, json("'string'"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).startsWith("Failed to convert JSON into Call protobuf");
    }

    @Test
    void aMissingRequiredFieldIsBad() {
        Reply reply = master.post(
                Framework.PATH, json("{'type': 'SUBSCRIBE', 'subscribe': {'framework_info': {'name': 'no user'}}}"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).startsWith("Failed to convert JSON into Call protobuf");
    }

    @Test
    void acceptedTypesThatCannotBeServedAreNotAcceptable() {
        Streamed stream = master.open(
                Framework.PATH, bytes(subscribeCall().toString()), "Content-Type", JSON, "Accept", "text/plain");
        assertThat(stream.status()).isEqualTo(406);
    }

    @Test
    void withoutAcceptTheStreamIsJson() throws IOException {
        Streamed stream = master.open(Framework.PATH, bytes(subscribeCall().toString()), "Content-Type", JSON);
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("Content-Type")).isEqualTo(JSON);
        assertThat(stream.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(firstType(stream)).isEqualTo("SUBSCRIBED");
        stream.body().close();
    }

    @Test
    void acceptingAnythingTheStreamIsJson() throws IOException {
        Streamed stream =
                master.open(Framework.PATH, bytes(subscribeCall().toString()), "Content-Type", JSON, "Accept", "*/*");
        assertThat(stream.header("Content-Type")).isEqualTo(JSON);
        assertThat(firstType(stream)).isEqualTo("SUBSCRIBED");
        stream.body().close();
    }

    @Test
    void aCallInJsonCanBeAnsweredInProtobuf() throws IOException {
        Streamed stream = master.open(
                Framework.PATH, bytes(subscribeCall().toString()), "Content-Type", JSON, "Accept", PROTOBUF);
        assertThat(stream.header("Content-Type")).isEqualTo(PROTOBUF);
        Event event = Event.parseFrom(stream.record().orElseThrow());
        assertThat(event.getType()).isEqualTo(Event.Type.SUBSCRIBED);
        assertThat(event.getSubscribed().getFrameworkId().getValue()).isNotEmpty();
        assertThat(event.getSubscribed().getHeartbeatIntervalSeconds()).isPositive();
        assertThat(event.getSubscribed().getMasterInfo().getPort())
                .isEqualTo(master.address().getPort());
        stream.body().close();
    }

    @Test
    void aCallInProtobufCanBeAnsweredInJson() throws IOException {
        Streamed stream = master.open(
                Framework.PATH, protobufSubscribe().toByteArray(), "Content-Type", PROTOBUF, "Accept", JSON);
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("Content-Type")).isEqualTo(JSON);
        assertThat(firstType(stream)).isEqualTo("SUBSCRIBED");
        stream.body().close();
    }

    @Test
    void callsOfOneStreamMayComeInBothEncodings() throws IOException {
        Streamed stream = master.open(
                Framework.PATH, protobufSubscribe().toByteArray(), "Content-Type", PROTOBUF, "Accept", PROTOBUF);
        Event subscribed = Event.parseFrom(stream.record().orElseThrow());
        String streamId = stream.header(STREAM_ID);
        Call suppress = Call.newBuilder()
                .setType(Call.Type.SUPPRESS)
                .setFrameworkId(subscribed.getSubscribed().getFrameworkId())
                .build();
        assertThat(master.send(
                                "POST",
                                Framework.PATH,
                                suppress.toByteArray(),
                                "Content-Type",
                                PROTOBUF,
                                STREAM_ID,
                                streamId)
                        .status())
                .isEqualTo(202);
        ObjectNode teardown = object(
                "{'type': 'TEARDOWN', 'framework_id': {'value': '%s'}}",
                subscribed.getSubscribed().getFrameworkId().getValue());
        assertThat(master.post(Framework.PATH, teardown, STREAM_ID, streamId).status())
                .isEqualTo(202);
        stream.body().close();
    }

    private static Call protobufSubscribe() {
        FrameworkInfo info = FrameworkInfo.newBuilder()
                .setUser(Framework.USER)
                .setName("protobuf")
                .build();
        return Call.newBuilder()
                .setType(Call.Type.SUBSCRIBE)
                .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info))
                .build();
    }

    private static String firstType(Streamed stream) throws IOException {
        return Json.json(new String(stream.record().orElseThrow(), StandardCharsets.UTF_8))
                .path("type")
                .asString("");
    }

    @Test
    void theStreamHasAnIdOfAtMost128Bytes() {
        try (Framework framework = Framework.subscribe(master)) {
            assertThat(bytes(framework.streamId()).length).isBetween(1, 128);
        }
    }

    @Test
    void aHeartbeatFollowsSubscribedAtOnce() {
        ObjectNode info = Framework.info();
        try (Framework framework =
                Framework.subscribeWith(master, object("{'framework_info': %s, 'suppressed_roles': ['*']}", info))) {
            assertThat(framework.events().awaitAny().path("type").asString()).isEqualTo("HEARTBEAT");
        }
    }

    @Test
    void acceptingGzipDoesNotHoldTheStreamBack() throws IOException {
        Streamed stream = master.open(
                Framework.PATH,
                bytes(subscribeCall().toString()),
                "Content-Type",
                JSON,
                "Accept",
                JSON,
                "Accept-Encoding",
                "gzip");
        assertThat(stream.header("Content-Encoding")).isEmpty();
        assertThat(firstType(stream)).isEqualTo("SUBSCRIBED");
        stream.body().close();
    }

    @Test
    void subscribingWithAStreamIdIsBad() {
        Streamed stream = Framework.open(master, object("{'framework_info': %s}", Framework.info()), STREAM_ID, UUID);
        assertThat(stream.status()).isEqualTo(400);
        assertThat(stream.text()).contains(STREAM_ID);
    }

    @Test
    void aLaterCallWithoutStreamIdIsBad() {
        try (Framework framework = Framework.subscribe(master)) {
            Reply reply = master.post(Framework.PATH, framework.envelope("TEARDOWN"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).contains(STREAM_ID);
        }
    }

    @Test
    void aLaterCallWithAnotherStreamIdIsBad() {
        try (Framework framework = Framework.subscribe(master)) {
            Reply reply = master.post(Framework.PATH, framework.envelope("TEARDOWN"), STREAM_ID, UUID);
            assertThat(reply.status()).isEqualTo(400);
        }
    }

    @Test
    void aCallOfAnUnknownFrameworkIsBad() {
        Reply reply = master.post(
                Framework.PATH, json("{'type': 'TEARDOWN', 'framework_id': {'value': 'nobody'}}"), STREAM_ID, UUID);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("Framework cannot be found");
    }

    @Test
    void aCallOfADisconnectedFrameworkIsForbidden() {
        ObjectNode info = Framework.info().put("failover_timeout", 600);
        Framework framework = Framework.subscribe(master, info);
        framework.disconnect();
        Reply reply = Launcher.PATIENCE.until(
                "the disconnection",
                () -> Optional.of(framework.post("REVIVE", "")).filter(answer -> answer.status() != 202));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).contains("Framework is not subscribed");
        framework.failOver(info).close();
    }

    @Test
    void callsAreTakenWith202AndNothing() {
        try (Framework framework = Framework.subscribe(master)) {
            Reply reply = framework.post("SUPPRESS", "");
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.text()).isEmpty();
        }
    }

    @Test
    void anUnknownTypeOfCallIsNotImplemented() {
        try (Framework framework = Framework.subscribe(master)) {
            assertThat(framework.post("UNKNOWN", "").status()).isEqualTo(501);
        }
    }

    @Test
    void aCallWithoutTypeIsBad() {
        Reply reply = master.post(Framework.PATH, json("{'framework_id': {'value': 'x'}}"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).startsWith("Failed to validate scheduler::Call: Expecting 'type' to be present");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACCEPT",
                "DECLINE",
                "ACCEPT_INVERSE_OFFERS",
                "DECLINE_INVERSE_OFFERS",
                "KILL",
                "SHUTDOWN",
                "ACKNOWLEDGE",
                "ACKNOWLEDGE_OPERATION_STATUS",
                "RECONCILE",
                "RECONCILE_OPERATIONS",
                "MESSAGE",
                "REQUEST",
                "UPDATE_FRAMEWORK"
            })
    void aCallWithoutItsBodyIsBad(String type) {
        try (Framework framework = Framework.subscribe(master)) {
            Reply reply = framework.post(type, "");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text())
                    .isEqualTo("Failed to validate scheduler::Call: Expecting '" + type.toLowerCase(Locale.ROOT)
                            + "' to be present");
        }
    }

    @Test
    void anAcknowledgementWithAMalformedUuidIsBad() {
        try (Framework framework = Framework.subscribe(master)) {
            Reply reply = framework.post(
                    "ACKNOWLEDGE", "{'agent_id': {'value': 'a'}, 'task_id': {'value': 't'}, 'uuid': 'YmFk'}");
            assertThat(reply.status()).isEqualTo(400);
        }
    }

    @Test
    void theFrameworkIdsOfSubscribeMustAgree() {
        ObjectNode call = subscribeCall();
        call.putObject("framework_id").put("value", "one");
        Reply reply = master.post(Framework.PATH, call);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("'framework_id' differs from 'subscribe.framework_info.id'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/master/api/v1/scheduler", "/api/v1/scheduler/", "/api/v1/scheduler/more"})
    void pathsAreMatchedByTheirBeginning(String path) {
        Reply reply = master.post(path, json("{'framework_id': {'value': 'x'}}"));
        assertThat(reply.text()).startsWith("Failed to validate scheduler::Call");
    }
}
