package org.nucleus.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.resources.ResourceParser;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.codec.ProtobufCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import tools.jackson.databind.JsonNode;

/** A single master without ZooKeeper. */
@Timeout(120)
class MasterEdgeTest {
    private static final String JSON = "application/json";
    private static RunningMaster master;

    @BeforeAll
    static void start() throws Exception {
        master = RunningMaster.start(TestDatabase.fresh(), "--quorum=1").awaitLeader();
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @Test
    void statusCodesComeInTheOrderOfTheOriginal() throws Exception {
        HttpResponse<String> get = master.get("/master/api/v1/scheduler");
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST");
        assertThat(master.call("{}").statusCode()).isEqualTo(400);
        assertThat(master.call("{", "Content-Type", JSON).statusCode()).isEqualTo(400);
        assertThat(master.call("{", "Content-Type", "application/json; charset=utf-8")
                        .statusCode())
                .isEqualTo(415);
        assertThat(master.call("{}", "Content-Type", JSON).body())
                .isEqualTo("Failed to validate scheduler::Call: Expecting 'type' to be present");
        String subscribe =
                "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":{\"user\":\"u\",\"name\":\"n\"}}}";
        assertThat(master.call(subscribe, "Content-Type", JSON, "Accept", "text/html")
                        .statusCode())
                .isEqualTo(406);
        assertThat(master.call(subscribe, "Content-Type", JSON, "Mesos-Stream-Id", "x")
                        .statusCode())
                .isEqualTo(400);
        String teardown = "{\"type\":\"TEARDOWN\",\"framework_id\":{\"value\":\"nobody\"}}";
        HttpResponse<String> unknown = master.call(teardown, "Content-Type", JSON);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("Framework cannot be found");
    }

    @Test
    void aTaskRunsFromOfferToAcknowledgement() throws Exception {
        try (Peer<AgentEvent> agent = agent("a1");
                Peer<Event> framework = framework("runner", null)) {
            String agentId = agent.next(event -> event.type() == AgentEvent.Type.SUBSCRIBED)
                    .subscribed()
                    .agentId()
                    .value();
            FrameworkId id = framework
                    .next(event -> event.type() == Event.Type.SUBSCRIBED)
                    .subscribed()
                    .frameworkId();
            Offer offer = framework
                    .next(event -> event.type() == Event.Type.OFFERS)
                    .offers()
                    .offers()
                    .getFirst();
            assertThat(offer.agentId().value()).isEqualTo(agentId);

            assertThat(framework.send(accept(id, offer))).isEqualTo(202);
            AgentEvent.RunTask run = agent.next(event -> event.type() == AgentEvent.Type.RUN_TASK)
                    .runTask();
            assertThat(run.task().taskId().value()).isEqualTo("t1");

            Bytes uuid = Bytes.of(new byte[16]);
            TaskStatus running = TaskStatus.builder()
                    .taskId(run.task().taskId())
                    .state(TaskState.TASK_RUNNING)
                    .uuid(uuid)
                    .agentId(offer.agentId())
                    .timestamp(1.0)
                    .source(TaskStatus.Source.SOURCE_EXECUTOR)
                    .build();
            assertThat(agent.send(AgentCall.update(
                            offer.agentId(), new AgentCall.Update(id, running, TaskState.TASK_RUNNING, null))))
                    .isEqualTo(202);
            TaskStatus told = framework
                    .next(event -> event.type() == Event.Type.UPDATE)
                    .update()
                    .status();
            assertThat(told.state()).isEqualTo(TaskState.TASK_RUNNING);
            assertThat(told.uuid()).isEqualTo(uuid);

            assertThat(framework.send(Call.builder()
                            .type(Call.Type.ACKNOWLEDGE)
                            .frameworkId(id)
                            .acknowledge(new Call.Acknowledge(offer.agentId(), told.taskId(), uuid))
                            .build()))
                    .isEqualTo(202);
            AgentEvent.Acknowledged acknowledged = agent.next(event -> event.type() == AgentEvent.Type.ACKNOWLEDGED)
                    .acknowledged();
            assertThat(acknowledged.uuid()).isEqualTo(uuid);

            assertState(agentId, id);
            assertThat(framework.send(Call.builder()
                            .type(Call.Type.TEARDOWN)
                            .frameworkId(id)
                            .build()))
                    .isEqualTo(202);
            agent.next(event -> event.type() == AgentEvent.Type.SHUTDOWN_FRAMEWORK);
        }
    }

    @Test
    void protobufIsSpokenWithThoseWhoSpeakIt() throws Exception {
        Call subscribe = Call.builder()
                .type(Call.Type.SUBSCRIBE)
                .subscribe(new Call.Subscribe(
                        FrameworkInfo.builder().user("root").name("binary").build(), List.of(), null))
                .build();
        HttpRequest request = HttpRequest.newBuilder(master.uri("/api/v1/scheduler"))
                .header("Content-Type", "application/x-protobuf")
                .header("Accept", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(ProtobufCodec.v1().encode(subscribe)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
            try (InputStream stream = response.body()) {
                byte[] first = new RecordIo.Reader(stream, 1 << 20).next();
                assertThat(ProtobufCodec.v1().decode(first, Event.class).type()).isEqualTo(Event.Type.SUBSCRIBED);
            }
        }
    }

    private void assertState(String agentId, FrameworkId id) throws Exception {
        JsonNode state = await(
                "/master/state.json",
                json -> json.path("frameworks")
                        .valueStream()
                        .anyMatch(framework -> framework.path("tasks").size() == 1));
        JsonNode framework = state.path("frameworks")
                .valueStream()
                .filter(each -> each.path("id").asString().equals(id.value()))
                .findFirst()
                .orElseThrow();
        assertThat(framework.has("pid")).isFalse();
        JsonNode task = framework.path("tasks").path(0);
        assertThat(task.path("state").asString()).isEqualTo("TASK_RUNNING");
        assertThat(task.path("slave_id").asString()).isEqualTo(agentId);
        assertThat(task.path("resources").path("cpus").asDouble()).isEqualTo(1.0);
        JsonNode slave = state.path("slaves")
                .valueStream()
                .filter(each -> each.path("id").asString().equals(agentId))
                .findFirst()
                .orElseThrow();
        assertThat(slave.path("resources").path("ports").asString()).isEqualTo("[31000-32000]");
        assertThat(slave.path("used_resources").path("mem").asDouble()).isEqualTo(128.0);
        assertThat(slave.path("pid").asString()).isEqualTo("slave(1)@127.0.0.1:5051");
        assertThat(master.json("/slaves?slave_id=" + agentId)
                        .path("slaves")
                        .path(0)
                        .has("used_resources_full"))
                .isTrue();
        assertThat(master.json("/tasks?limit=-1&framework_id=" + id.value())
                        .path("tasks")
                        .size())
                .isEqualTo(1);
        assertThat(master.json("/state-summary")
                        .path("frameworks")
                        .path(0)
                        .path("TASK_RUNNING")
                        .asInt())
                .isEqualTo(1);
        JsonNode metrics = master.json("/metrics/snapshot");
        assertThat(metrics.path("master/tasks_running").asDouble()).isEqualTo(1.0);
        String own = metrics.propertyNames().stream()
                .filter(name -> name.endsWith(id.value() + "/subscribed"))
                .findFirst()
                .orElseThrow()
                .replace("subscribed", "");
        assertThat(metrics.path(own + "subscribed").asDouble()).isEqualTo(1.0);
        assertThat(metrics.path(own + "offers/accepted").asDouble()).isEqualTo(1.0);
        assertThat(metrics.path(own + "tasks/active/task_running").asDouble()).isEqualTo(1.0);
    }

    @Test
    void everyMasterTellsOfItself() throws Exception {
        assertThat(master.get("/health").statusCode()).isEqualTo(200);
        assertThat(master.json("/version").path("version").asString()).isEqualTo("1.11.0");
        assertThat(master.json("/flags")
                        .path("flags")
                        .path("agent_ping_timeout")
                        .asString())
                .isEqualTo("15secs");
        assertThat(master.get("/flags").body()).doesNotContain("password");
        JsonNode metrics = master.json("/metrics/snapshot");
        for (String name : List.of(
                "master/elected",
                "master/cpus_total",
                "master/mem_revocable_percent",
                "master/slaves_active",
                "master/tasks_finished",
                "master/slave_removals/reason_unhealthy",
                "master/messages_kill_task",
                "master/invalid_status_updates",
                "allocator/mesos/allocation_run_ms",
                "system/load_1min")) {
            assertThat(metrics.path(name).isNumber()).as(name).isTrue();
        }
        assertThat(master.get("/redirect").headers().firstValue("Location")).hasValue("//" + master.hostAndPort());
        assertThat(master.get("/master/state?jsonp=show").body())
                .startsWith("show({")
                .endsWith("});");
        assertThat(master.get("/actuator/prometheus").body())
                .contains("nucleus_master_slave_registrations_total", "nucleus_master_elected 1.0");
    }

    static Peer<AgentEvent> agent(String hostname) throws Exception {
        return agent(master, hostname);
    }

    static Peer<AgentEvent> agent(RunningMaster master, String hostname) throws Exception {
        AgentInfo info = AgentInfo.builder()
                .hostname(hostname)
                .port(5051)
                .resources(ResourceParser.parse("cpus:4;mem:4096;disk:1000;ports:[31000-32000]", "*")
                        .toList())
                .build();
        return new Peer<>(
                master.uri("/agentlink/v1"),
                AgentCall.subscribe(
                        null, new AgentCall.Subscribe(info, "1.11.0", List.of(), List.of(), List.of(), List.of())),
                AgentEvent.class);
    }

    static Peer<Event> framework(String name, @Nullable FrameworkId id) throws Exception {
        return framework(master, name, id);
    }

    static Peer<Event> framework(RunningMaster master, String name, @Nullable FrameworkId id) throws Exception {
        FrameworkInfo info =
                FrameworkInfo.builder().user("root").name(name).id(id).build();
        Call subscribe = Call.builder()
                .type(Call.Type.SUBSCRIBE)
                .frameworkId(id)
                .subscribe(new Call.Subscribe(info, List.of(), null))
                .build();
        return new Peer<>(master.uri("/api/v1/scheduler"), subscribe, Event.class);
    }

    static Call accept(FrameworkId id, Offer offer) {
        TaskInfo task = TaskInfo.builder()
                .name("one")
                .taskId(new TaskId("t1"))
                .agentId(offer.agentId())
                .resources(ResourceParser.parse("cpus:1;mem:128", "*").toList())
                .command(CommandInfo.builder().value("true").build())
                .build();
        Offer.Operation launch = Offer.Operation.builder()
                .type(Offer.Operation.Type.LAUNCH)
                .launch(new Offer.Operation.Launch(List.of(task)))
                .build();
        return Call.builder()
                .type(Call.Type.ACCEPT)
                .frameworkId(id)
                .accept(new Call.Accept(List.of(offer.id()), List.of(launch), null))
                .build();
    }

    static JsonNode await(String path, Predicate<JsonNode> holds) throws Exception {
        return await(path, holds, master);
    }

    static JsonNode await(String path, Predicate<JsonNode> holds, RunningMaster of) throws Exception {
        JsonNode json = of.json(path);
        while (!holds.test(json)) {
            json = of.json(path);
        }
        return json;
    }
}
