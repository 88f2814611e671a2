package org.nucleus.conformance.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.object;
import static org.nucleus.conformance.wire.Peer.JSON;
import static org.nucleus.conformance.wire.Peer.PROTOBUF;
import static org.nucleus.conformance.wire.Peer.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.executor.Protos.Call;
import org.apache.mesos.v1.executor.Protos.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.conformance.cluster.ExecutorPeer;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import org.nucleus.conformance.wire.Streamed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The executor API, whose executor is the test. Source: slave/http.cpp, executor; slave/validation.cpp. */
@SharedCluster
class ExecutorApiTest {
    private static final String EXECUTOR = "executor";

    private final Peer master;
    private final Peer agent;

    ExecutorApiTest(Master master) {
        this.master = master.peer();
        this.agent = master.agentPeer();
    }

    private static ObjectNode task(Framework framework, JsonNode offer, String id) {
        ObjectNode task = Tasks.plain(id, offer);
        task.set("executor", Tasks.executor(EXECUTOR, framework.id(), ExecutorPeer.COMMAND));
        return task;
    }

    /** Launches a task whose executor is the test. */
    private ExecutorPeer launch(Framework framework, String id) {
        JsonNode offer = framework.offer();
        framework.launch(offer, task(framework, offer, id));
        return ExecutorPeer.subscribe(agent, framework.id(), EXECUTOR);
    }

    @Test
    void otherMethodsThanPostAreNotAllowed() {
        Reply reply = agent.get(ExecutorPeer.PATH);
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
    }

    @Test
    void aCallWithoutContentTypeIsBad() {
        assertThat(agent.send("POST", ExecutorPeer.PATH, bytes("{}")).status()).isEqualTo(400);
    }

    @Test
    void anUnknownContentTypeIsUnsupported() {
        assertThat(agent.post(ExecutorPeer.PATH, "{}", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void malformedJsonIsBad() {
        Reply reply = agent.post(ExecutorPeer.PATH, "malformed", "Content-Type", JSON);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).startsWith("Failed to parse body into JSON");
    }

    @Test
    void aCallWithoutIdsIsBad() {
        Reply reply = agent.post(ExecutorPeer.PATH, object("{'type': 'HEARTBEAT', 'executor_id': {'value': 'e'}}"));
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void aCallOfAnUnknownFrameworkIsBad() {
        ObjectNode call = ExecutorPeer.envelope("nobody", "nobody", "SUBSCRIBE");
        call.putObject("subscribe");
        Reply reply = agent.post(ExecutorPeer.PATH, call, "Accept", JSON);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("Framework cannot be found");
    }

    @Test
    void aCallOfAnUnknownExecutorIsBad() {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer _ = launch(framework, "t")) {
            ObjectNode call = ExecutorPeer.envelope(framework.id(), "nobody", "SUBSCRIBE");
            call.putObject("subscribe");
            Reply reply = agent.post(ExecutorPeer.PATH, call, "Accept", JSON);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).contains("Executor cannot be found");
        }
    }

    @Test
    void acceptedTypesThatCannotBeServedAreNotAcceptable() {
        ObjectNode call = ExecutorPeer.envelope("f", "e", "SUBSCRIBE");
        call.putObject("subscribe");
        assertThat(agent.post(ExecutorPeer.PATH, call, "Accept", "text/html").status())
                .isEqualTo(406);
    }

    @Test
    void anUnknownTypeOfCallIsNotImplemented() {
        assertThat(agent.post(ExecutorPeer.PATH, ExecutorPeer.envelope("f", "e", "UNKNOWN"))
                        .status())
                .isEqualTo(501);
    }

    @Test
    void aHeartbeatIsTakenWhoeverItsIdsName() {
        assertThat(agent.post(ExecutorPeer.PATH, ExecutorPeer.envelope("f", "e", "HEARTBEAT"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void anExecutorThatHasNotSubscribedIsForbidden() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, task(framework, offer, "t"));
            ObjectNode call = ExecutorPeer.envelope(framework.id(), EXECUTOR, "MESSAGE");
            call.putObject("message").put("data", "aGk=");
            Reply reply = Launcher.PATIENCE.until(
                    "the agent to know the executor",
                    () -> Optional.of(agent.post(ExecutorPeer.PATH, call)).filter(answer -> answer.status() != 400));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.text()).contains("Executor is not subscribed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'uuid': null}",
                "{'uuid': 'YmFk'}",
                "{'source': 'SOURCE_AGENT'}",
                "{'source': null}",
                "{'state': 'TASK_STAGING'}",
                "{'executor_id': {'value': 'another'}}"
            })
    void anUpdateMustBeTheExecutorsOwn(String fault) {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer executor = launch(framework, "t")) {
            ObjectNode status = executor.status("t", "TASK_RUNNING", ExecutorPeer.uuid());
            status.setAll(object(fault));
            Reply reply = executor.post("UPDATE", "{'status': %s}", status);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).startsWith("Failed to validate executor::Call");
        }
    }

    @Test
    void subscribedSaysWhoIsWho() {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer executor = launch(framework, "t")) {
            JsonNode subscribed = executor.subscribed();
            assertThat(subscribed.at("/executor_info/executor_id/value").asString())
                    .isEqualTo(EXECUTOR);
            assertThat(subscribed.at("/framework_info/id/value").asString()).isEqualTo(framework.id());
            assertThat(subscribed.at("/agent_info/id/value").asString()).isNotEmpty();
            assertThat(subscribed.at("/agent_info/hostname").asString()).isNotEmpty();
            assertThat(subscribed.at("/container_id/value").asString()).isNotEmpty();
        }
    }

    @Test
    void queuedTasksAreLaunchedAfterSubscribed() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, task(framework, offer, "q1"), task(framework, offer, "q2"));
            try (ExecutorPeer executor = ExecutorPeer.subscribe(agent, framework.id(), EXECUTOR)) {
                assertThat(executor.launched().at("/task_id/value").asString()).isEqualTo("q1");
                assertThat(executor.launched().at("/task_id/value").asString()).isEqualTo("q2");
            }
        }
    }

    @Test
    void anUpdateIsAcknowledgedToTheExecutorAndForwardedWithAllItHolds() {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer executor = launch(framework, "t")) {
            executor.launched();
            String uuid =
                    executor.update("t", "TASK_RUNNING", "{'data': 'ZGF0YQ==', 'message': 'said', 'healthy': true}");
            JsonNode acknowledged = executor.events().await("ACKNOWLEDGED").path("acknowledged");
            assertThat(acknowledged.path("uuid").asString()).isEqualTo(uuid);
            assertThat(acknowledged.at("/task_id/value").asString()).isEqualTo("t");
            JsonNode status = framework.update("t");
            assertThat(status.path("data").asString()).isEqualTo("ZGF0YQ==");
            assertThat(status.path("message").asString()).isEqualTo("said");
            assertThat(status.path("healthy").asBoolean()).isTrue();
            assertThat(status.path("uuid").asString()).isEqualTo(uuid);
            assertThat(status.at("/executor_id/value").asString()).isEqualTo(EXECUTOR);
            assertThat(status.path("timestamp").asDouble()).isPositive();
        }
    }

    @Test
    void aRepeatedUpdateIsAcknowledgedAndNotForwardedAgain() {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer executor = launch(framework, "t")) {
            executor.launched();
            ObjectNode status = executor.status("t", "TASK_RUNNING", ExecutorPeer.uuid());
            assertThat(executor.post("UPDATE", "{'status': %s}", status).status())
                    .isEqualTo(202);
            executor.events().await("ACKNOWLEDGED");
            framework.acknowledge(framework.update("t"));
            assertThat(executor.post("UPDATE", "{'status': %s}", status).status())
                    .isEqualTo(202);
            executor.events().await("ACKNOWLEDGED");
            executor.update("t", "TASK_FINISHED", "{}");
            assertThat(framework.update("t").path("state").asString()).isEqualTo("TASK_FINISHED");
        }
    }

    @Test
    void messagesGoBothWays() {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer executor = launch(framework, "t")) {
            JsonNode launched = executor.launched();
            framework.call(
                    "MESSAGE",
                    "{'agent_id': %s, 'executor_id': {'value': '%s'}, 'data': 'cGluZw=='}",
                    launched.path("agent_id"),
                    EXECUTOR);
            assertThat(executor.events().await("MESSAGE").at("/message/data").asString())
                    .isEqualTo("cGluZw==");
            assertThat(executor.post("MESSAGE", "{'data': 'cG9uZw=='}").status())
                    .isEqualTo(202);
            JsonNode message = framework.events().await("MESSAGE").path("message");
            assertThat(message.path("data").asString()).isEqualTo("cG9uZw==");
            assertThat(message.at("/executor_id/value").asString()).isEqualTo(EXECUTOR);
            assertThat(message.path("agent_id")).isEqualTo(launched.path("agent_id"));
        }
    }

    @Test
    void aKillReachesTheExecutorWithItsPolicy() {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer executor = launch(framework, "t")) {
            executor.launched();
            executor.update("t", "TASK_RUNNING", "{}");
            framework.await("t", "TASK_RUNNING");
            framework.call(
                    "KILL",
                    "{'task_id': {'value': 't'}, 'kill_policy': {'grace_period': {'nanoseconds': 7000000000}}}");
            JsonNode kill = executor.events().await("KILL").path("kill");
            assertThat(kill.at("/task_id/value").asString()).isEqualTo("t");
            assertThat(kill.at("/kill_policy/grace_period/nanoseconds").asLong())
                    .isEqualTo(7_000_000_000L);
            executor.update("t", "TASK_KILLED", "{}");
            framework.await("t", "TASK_KILLED");
        }
    }

    @Test
    void killingAQueuedTaskEndsItDuringItsLaunch() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, task(framework, offer, "queued"));
            framework.kill("queued");
            JsonNode status = framework.update("queued");
            assertThat(status.path("state").asString()).isEqualTo("TASK_KILLED");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_TASK_KILLED_DURING_LAUNCH");
        }
    }

    @Test
    void subscribingAgainEndsTheEarlierStream() {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer first = launch(framework, "t")) {
            JsonNode launched = first.launched();
            ObjectNode again = object("{'unacknowledged_tasks': [%s], 'unacknowledged_updates': []}", launched);
            try (ExecutorPeer second = ExecutorPeer.subscribeWith(agent, framework.id(), EXECUTOR, again)) {
                first.events().awaitEnd();
                second.update("t", "TASK_RUNNING", "{}");
                framework.await("t", "TASK_RUNNING");
            }
        }
    }

    @Test
    void unacknowledgedUpdatesOfAReturningExecutorAreForwarded() {
        try (Framework framework = Framework.subscribe(master)) {
            ExecutorPeer first = launch(framework, "t");
            JsonNode launched = first.launched();
            first.close();
            ObjectNode status = first.status("t", "TASK_RUNNING", ExecutorPeer.uuid());
            ObjectNode again = object(
                    "{'unacknowledged_tasks': [%s], 'unacknowledged_updates': [{'status': %s}]}", launched, status);
            try (ExecutorPeer second = ExecutorPeer.subscribeWith(agent, framework.id(), EXECUTOR, again)) {
                framework.await("t", "TASK_RUNNING");
                assertThat(second.events().await("ACKNOWLEDGED").at("/acknowledged/uuid"))
                        .isEqualTo(status.path("uuid"));
            }
        }
    }

    @Test
    void shutdownReachesTheExecutorAndItsEndIsReported() {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer executor = launch(framework, "t")) {
            JsonNode launched = executor.launched();
            executor.update("t", "TASK_RUNNING", "{}");
            framework.await("t", "TASK_RUNNING");
            framework.call(
                    "SHUTDOWN",
                    "{'executor_id': {'value': '%s'}, 'agent_id': %s}",
                    EXECUTOR,
                    launched.path("agent_id"));
            executor.events().await("SHUTDOWN");
            executor.update("t", "TASK_KILLED", "{}");
            framework.await("t", "TASK_KILLED");
            JsonNode failure = framework.events().await("FAILURE").path("failure");
            assertThat(failure.at("/executor_id/value").asString()).isEqualTo(EXECUTOR);
            assertThat(failure.path("agent_id")).isEqualTo(launched.path("agent_id"));
            assertThat(failure.path("status").isIntegralNumber()).isTrue();
        }
    }

    @Test
    void anExecutorThatDiesTakesItsTasksWithIt() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.plain("t", offer);
            task.set("executor", Tasks.executor("short", framework.id(), "exit 7"));
            framework.launch(offer, task);
            JsonNode status = framework.update("t");
            assertThat(status.path("state").asString()).isEqualTo("TASK_FAILED");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_EXECUTOR_TERMINATED");
            assertThat(status.path("source").asString()).isEqualTo("SOURCE_AGENT");
            JsonNode failure = framework.events().await("FAILURE").path("failure");
            assertThat(failure.path("status").asInt()).isEqualTo(7 << 8);
        }
    }

    @Test
    void anExecutorsEnvironmentHoldsWhatItNeeds() {
        ObjectNode info = Framework.info().put("checkpoint", true);
        try (Framework framework = Framework.subscribe(master, info);
                ExecutorPeer executor = launch(framework, "t")) {
            JsonNode launched = executor.launched();
            String sandbox = "/frameworks/" + framework.id() + "/executors/" + EXECUTOR + "/runs/latest";
            String environment = Launcher.PATIENCE.until(
                    "the executor's environment",
                    () -> Optional.of(agent.get("/files/download?path=" + sandbox + "/executor.env"))
                            .filter(reply -> reply.status() == 200)
                            .map(Reply::text)
                            .filter(text -> text.contains("MESOS_SANDBOX")));
            assertThat(environment.lines())
                    .contains(
                            "MESOS_FRAMEWORK_ID=" + framework.id(),
                            "MESOS_EXECUTOR_ID=" + EXECUTOR,
                            "MESOS_SLAVE_ID=" + launched.at("/agent_id/value").asString(),
                            "MESOS_AGENT_ENDPOINT=" + agent.address().getAuthority(),
                            "MESOS_SLAVE_PID=slave(1)@" + agent.address().getAuthority(),
                            "MESOS_CHECKPOINT=1",
                            "MESOS_RECOVERY_TIMEOUT=15mins",
                            "MESOS_SUBSCRIPTION_BACKOFF_MAX=2secs",
                            "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD=5secs",
                            "LIBPROCESS_PORT=0");
            assertThat(environment).contains("MESOS_DIRECTORY=", "MESOS_SANDBOX=");
        }
    }

    @Test
    void anExecutorMaySpeakProtobuf() throws Exception {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer first = launch(framework, "t")) {
            first.launched();
            Call subscribe = Call.newBuilder()
                    .setType(Call.Type.SUBSCRIBE)
                    .setFrameworkId(FrameworkID.newBuilder().setValue(framework.id()))
                    .setExecutorId(ExecutorID.newBuilder().setValue(EXECUTOR))
                    .setSubscribe(Call.Subscribe.newBuilder())
                    .build();
            Streamed stream = agent.open(
                    "/slave(1)" + ExecutorPeer.PATH,
                    subscribe.toByteArray(),
                    "Content-Type",
                    PROTOBUF,
                    "Accept",
                    PROTOBUF);
            assertThat(stream.header("Content-Type")).isEqualTo(PROTOBUF);
            Event event = Event.parseFrom(stream.record().orElseThrow());
            assertThat(event.getType()).isEqualTo(Event.Type.SUBSCRIBED);
            assertThat(event.getSubscribed().getFrameworkInfo().getId().getValue())
                    .isEqualTo(framework.id());
            stream.body().close();
        }
    }

    @Test
    void aTasksDataReachesTheExecutor() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode task = task(framework, offer, "t");
            byte[] data = "for the executor".getBytes(StandardCharsets.UTF_8);
            task.put("data", Base64.getEncoder().encodeToString(data));
            framework.launch(offer, task);
            try (ExecutorPeer executor = ExecutorPeer.subscribe(agent, framework.id(), EXECUTOR)) {
                assertThat(Base64.getDecoder()
                                .decode(executor.launched().path("data").asString()))
                        .isEqualTo(data);
            }
        }
    }

    @Test
    void aTearDownShutsExecutorsDown() {
        try (Framework framework = Framework.subscribe(master);
                ExecutorPeer executor = launch(framework, "t")) {
            executor.launched();
            framework.close();
            executor.events().await("SHUTDOWN");
        }
    }
}
