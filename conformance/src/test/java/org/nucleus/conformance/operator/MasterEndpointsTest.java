package org.nucleus.conformance.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import tools.jackson.databind.JsonNode;

/** The master's endpoints without an API of calls, field for field. Source: master/http.cpp; docs/endpoints. */
@SharedCluster
class MasterEndpointsTest {
    private final Master operator;
    private final Peer master;

    MasterEndpointsTest(Master master) {
        this.operator = master;
        this.master = master.peer();
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/state",
                "/master/state",
                "/state.json",
                "/master/state.json",
                "/state-summary",
                "/master/state-summary",
                "/slaves",
                "/master/slaves",
                "/frameworks",
                "/master/frameworks",
                "/tasks",
                "/master/tasks",
                "/tasks.json",
                "/roles",
                "/master/roles",
                "/roles.json",
                "/weights",
                "/quota",
                "/maintenance/schedule",
                "/maintenance/status",
                "/flags",
                "/master/flags",
                "/version",
                "/metrics/snapshot",
                "/system/stats.json"
            })
    void answersWithJson(String path) {
        Reply reply = master.get(path);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().isContainer()).isTrue();
    }

    @Test
    void healthIsEmptyAndWell() {
        Reply reply = master.get("/health");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEmpty();
    }

    @Test
    void stateNamesTheMasterAndItsCluster() {
        JsonNode state = operator.state();
        assertThat(names(state))
                .contains(
                        "version",
                        "start_time",
                        "elected_time",
                        "id",
                        "pid",
                        "hostname",
                        "capabilities",
                        "activated_slaves",
                        "deactivated_slaves",
                        "unreachable_slaves",
                        "leader",
                        "leader_info",
                        "flags",
                        "slaves",
                        "recovered_slaves",
                        "frameworks",
                        "completed_frameworks",
                        "orphan_tasks",
                        "unregistered_frameworks");
        assertThat(state.path("pid").asString()).matches("master@[^:]+:\\d+");
        assertThat(state.path("leader").asString()).isEqualTo(state.path("pid").asString());
        assertThat(state.path("version").asString()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(state.path("start_time").isNumber()).isTrue();
        assertThat(state.path("orphan_tasks").isEmpty()).isTrue();
        assertThat(names(state.path("leader_info"))).contains("id", "pid", "port", "hostname");
    }

    @Test
    void stateShowsAgentsAsGeneratorsReadThem() {
        JsonNode agent = operator.state().at("/slaves/0");
        assertThat(names(agent))
                .contains(
                        "id",
                        "hostname",
                        "port",
                        "pid",
                        "attributes",
                        "registered_time",
                        "resources",
                        "used_resources",
                        "offered_resources",
                        "reserved_resources",
                        "unreserved_resources",
                        "active",
                        "deactivated",
                        "version",
                        "capabilities");
        assertThat(agent.path("pid").asString()).matches("slave\\(1\\)@[^:]+:\\d+");
        assertThat(names(agent.path("resources"))).contains("cpus", "gpus", "mem", "disk", "ports");
        assertThat(agent.at("/resources/ports").asString()).matches("\\[\\d+-\\d+.*]");
        assertThat(agent.at("/resources/gpus").isNumber()).isTrue();
    }

    @Test
    void stateShowsFrameworksAndTasksAsGeneratorsReadThem() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("task", "sleep 1000");
            JsonNode shown = operator.await(
                    "frameworks",
                    framework.id(),
                    known -> known.at("/tasks/0/state").asString("").equals("TASK_RUNNING"));
            assertThat(names(shown))
                    .contains(
                            "id",
                            "name",
                            "hostname",
                            "webui_url",
                            "user",
                            "failover_timeout",
                            "checkpoint",
                            "role",
                            "capabilities",
                            "active",
                            "connected",
                            "recovered",
                            "registered_time",
                            "unregistered_time",
                            "used_resources",
                            "offered_resources",
                            "resources",
                            "tasks",
                            "unreachable_tasks",
                            "completed_tasks",
                            "offers",
                            "executors")
                    .doesNotContain("pid");
            JsonNode task = shown.at("/tasks/0");
            assertThat(names(task))
                    .contains(
                            "id",
                            "name",
                            "framework_id",
                            "executor_id",
                            "slave_id",
                            "state",
                            "resources",
                            "role",
                            "statuses");
            JsonNode running = task.path("statuses").get(task.path("statuses").size() - 1);
            assertThat(names(running)).contains("state", "timestamp", "container_status");
            assertThat(running.at("/container_status/network_infos/0/ip_addresses/0/ip_address")
                            .asString())
                    .isNotEmpty();
        }
    }

    @Test
    void stateSummaryCountsTasksAndListsNone() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("task", "sleep 1000");
            JsonNode summary = operator.awaitAt(
                    "/state-summary",
                    known -> known.path("frameworks")
                            .valueStream()
                            .anyMatch(shown -> shown.path("id").asString("").equals(framework.id())
                                    && shown.path("TASK_RUNNING").asInt(0) == 1));
            JsonNode shown = summary.path("frameworks")
                    .valueStream()
                    .filter(known -> known.path("id").asString("").equals(framework.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(shown.has("tasks")).isFalse();
            assertThat(shown.path("slave_ids").size()).isEqualTo(1);
            JsonNode agent = summary.at("/slaves/0");
            assertThat(agent.path("TASK_RUNNING").asInt()).isPositive();
            assertThat(agent.path("framework_ids").toString()).contains(framework.id());
        }
    }

    @Test
    void slavesHaveTheirResourcesInFull() {
        JsonNode agent = operator.agent();
        assertThat(names(agent))
                .contains(
                        "reserved_resources_full",
                        "unreserved_resources_full",
                        "used_resources_full",
                        "offered_resources_full");
        assertThat(agent.path("unreserved_resources_full").toString()).contains("\"cpus\"");
        assertThat(names(master.read("/slaves"))).contains("slaves", "recovered_slaves");
    }

    @Test
    void slavesCanBeAskedForOne() {
        String id = operator.agent().path("id").asString();
        assertThat(master.read("/slaves?slave_id=" + id).path("slaves").size()).isEqualTo(1);
        assertThat(master.read("/slaves?slave_id=nowhere").path("slaves").size())
                .isZero();
    }

    @Test
    void frameworksCanBeAskedForOne() {
        try (Framework one = Framework.subscribe(master);
                Framework _ = Framework.subscribe(master)) {
            JsonNode shown = operator.awaitAt(
                    "/frameworks?framework_id=" + one.id(),
                    known -> known.path("frameworks").size() > 0);
            assertThat(shown.path("frameworks").size()).isEqualTo(1);
            assertThat(shown.at("/frameworks/0/id").asString()).isEqualTo(one.id());
            assertThat(names(shown)).contains("completed_frameworks", "unregistered_frameworks");
        }
    }

    @Test
    void tasksArePagedAndOrdered() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(
                    offer,
                    Tasks.command("p1", offer, "true"),
                    Tasks.command("p2", offer, "true"),
                    Tasks.command("p3", offer, "true"));
            framework.await("p1", "TASK_FINISHED");
            framework.await("p2", "TASK_FINISHED");
            framework.await("p3", "TASK_FINISHED");
            String own = "/tasks?framework_id=" + framework.id();
            operator.awaitAt(own, tasks -> tasks.path("tasks").size() == 3);
            assertThat(master.read(own + "&limit=-1").path("tasks").size()).isEqualTo(3);
            assertThat(master.read(own + "&limit=2").path("tasks").size()).isEqualTo(2);
            assertThat(master.read(own + "&limit=2&offset=2").path("tasks").size())
                    .isEqualTo(1);
            List<String> ascending = master.read(own + "&order=asc")
                    .path("tasks")
                    .valueStream()
                    .map(task -> task.path("id").asString())
                    .toList();
            List<String> descending = master.read(own + "&order=des")
                    .path("tasks")
                    .valueStream()
                    .map(task -> task.path("id").asString())
                    .toList();
            assertThat(ascending.reversed()).isEqualTo(descending);
            assertThat(master.read(own + "&task_id=p2").path("tasks").size()).isEqualTo(1);
        }
    }

    @Test
    void rolesShowTheirFrameworksAndResources() {
        try (Framework framework = Framework.subscribe(master, Framework.infoIn(List.of("roles/shown")))) {
            JsonNode roles =
                    operator.awaitAt("/roles", known -> known.toString().contains(framework.id()));
            JsonNode role = roles.path("roles")
                    .valueStream()
                    .filter(known -> known.path("name").asString("").equals("roles/shown"))
                    .findFirst()
                    .orElseThrow();
            assertThat(names(role))
                    .contains("name", "weight", "resources", "frameworks", "allocated", "offered", "reserved");
            assertThat(role.path("weight").asDouble()).isEqualTo(1.0);
            assertThat(role.path("frameworks").toString()).contains(framework.id());
        }
    }

    @Test
    void jsonpWrapsTheAnswer() {
        Reply reply = master.get("/state?jsonp=callback");
        assertThat(reply.text()).startsWith("callback(").endsWith(");");
        assertThat(reply.header("Content-Type")).contains("javascript");
    }

    @Test
    void redirectLeadsToTheLeader() {
        Reply reply = master.get("/redirect");
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.header("Location")).isEqualTo("//" + master.address().getAuthority());
    }

    @Test
    void redirectKeepsWhatFollows() {
        assertThat(master.get("/master/redirect").header("Location"))
                .startsWith("//" + master.address().getAuthority());
    }

    @Test
    void versionIsOfThreeNumbers() {
        assertThat(master.read("/version").path("version").asString()).matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void flagsAreTexts() {
        JsonNode flags = master.read("/flags").path("flags");
        assertThat(flags.path("port").asString())
                .isEqualTo(Integer.toString(master.address().getPort()));
        assertThat(flags.valueStream()).allMatch(JsonNode::isString);
    }

    @Test
    void tearDownTakesAForm() {
        Framework framework = Framework.subscribe(master);
        Reply reply = master.postForm("/teardown", "frameworkId", framework.id());
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        framework.events().awaitEnd();
        framework.disconnect();
    }

    @Test
    void tearDownOfNobodyIsBad() {
        assertThat(master.postForm("/teardown", "frameworkId", "nobody").status())
                .isEqualTo(400);
        assertThat(master.postForm("/master/teardown").status()).isEqualTo(400);
    }

    @Test
    void answersAreCompressedForThoseWhoAsk() {
        assertThat(master.get("/state", "Accept-Encoding", "gzip").header("Content-Encoding"))
                .isEqualTo("gzip");
    }

    @Test
    void metricsAreNumbersAndExportersFindTheirNames() {
        JsonNode metrics = master.read("/metrics/snapshot");
        assertThat(metrics.valueStream()).allMatch(JsonNode::isNumber);
        assertThat(names(metrics))
                .contains(
                        "master/elected",
                        "master/uptime_secs",
                        "master/cpus_total",
                        "master/cpus_used",
                        "master/cpus_percent",
                        "master/cpus_revocable_total",
                        "master/mem_total",
                        "master/disk_used",
                        "master/gpus_percent",
                        "master/slaves_active",
                        "master/slaves_inactive",
                        "master/slaves_connected",
                        "master/slaves_disconnected",
                        "master/slaves_unreachable",
                        "master/slave_registrations",
                        "master/slave_reregistrations",
                        "master/slave_removals",
                        "master/frameworks_active",
                        "master/frameworks_connected",
                        "master/frameworks_inactive",
                        "master/frameworks_disconnected",
                        "master/outstanding_offers",
                        "master/tasks_staging",
                        "master/tasks_running",
                        "master/tasks_killing",
                        "master/tasks_finished",
                        "master/tasks_failed",
                        "master/tasks_killed",
                        "master/tasks_lost",
                        "master/tasks_error",
                        "master/tasks_dropped",
                        "master/tasks_gone",
                        "master/tasks_gone_by_operator",
                        "master/messages_register_framework",
                        "master/messages_status_update",
                        "master/invalid_status_updates",
                        "master/valid_status_updates",
                        "master/dropped_messages",
                        "master/event_queue_messages",
                        "master/event_queue_dispatches",
                        "master/event_queue_http_requests",
                        "registrar/state_store_ms",
                        "registrar/state_store_ms/p99",
                        "allocator/mesos/allocation_run_ms",
                        "allocator/mesos/allocation_run_ms/count",
                        "system/cpus_total",
                        "system/load_1min",
                        "system/mem_free_bytes",
                        "system/mem_total_bytes");
        assertThat(metrics.path("master/elected").asDouble()).isEqualTo(1);
        assertThat(metrics.path("master/slaves_active").asDouble()).isPositive();
    }

    @Test
    void metricsCountWhatEnds() {
        double before =
                master.read("/metrics/snapshot").path("master/tasks_finished").asDouble();
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("counted", offer, "true"));
            framework.await("counted", "TASK_FINISHED");
        }
        operator.awaitAt(
                "/metrics/snapshot",
                metrics -> metrics.path("master/tasks_finished").asDouble() >= before + 1);
    }

    @Test
    void anAbsoluteRequestTargetIsAnswered() throws Exception {
        try (Socket socket =
                new Socket(master.address().getHost(), master.address().getPort())) {
            socket.getOutputStream()
                    .write(Peer.bytes("GET " + master.address() + "/redirect HTTP/1.1\r\nHost: "
                            + master.address().getAuthority() + "\r\nConnection: close\r\n\r\n"));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 307");
        }
    }

    @Test
    void anUnknownPathIsNotFound() {
        assertThat(master.get("/nowhere").status()).isEqualTo(404);
    }

    @Test
    void loggingCanBeToggled() {
        assertThat(master.get("/logging/toggle?level=0&duration=1secs").status())
                .isIn(200, 405);
        assertThat(master.send("POST", "/logging/toggle?level=0&duration=1secs", Peer.bytes(""))
                        .status())
                .isIn(200, 202);
    }
}
