package org.nucleus.conformance.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import tools.jackson.databind.JsonNode;

/** The agent's own endpoints. Source: slave/http.cpp; files/files.cpp. */
@SharedCluster
class AgentEndpointsTest {
    private final Peer master;
    private final Peer agent;

    AgentEndpointsTest(Master master) {
        this.master = master.peer();
        this.agent = master.agentPeer();
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/state",
                "/slave(1)/state",
                "/state.json",
                "/slave(1)/state.json",
                "/flags",
                "/slave(1)/flags",
                "/version",
                "/metrics/snapshot",
                "/containers",
                "/slave(1)/containers",
                "/monitor/statistics",
                "/slave(1)/monitor/statistics",
                "/monitor/statistics.json",
                "/system/stats.json"
            })
    void answersWithJson(String path) {
        Reply reply = agent.get(path);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().isContainer()).isTrue();
    }

    @Test
    void healthIsEmptyAndWell() {
        assertThat(agent.get("/health").status()).isEqualTo(200);
        assertThat(agent.get("/slave(1)/health").status()).isEqualTo(200);
    }

    @Test
    void stateSaysWhoTheAgentIsAndWhatItHas() {
        JsonNode state = agent.read("/state");
        assertThat(names(state))
                .contains(
                        "version",
                        "id",
                        "pid",
                        "hostname",
                        "resources",
                        "attributes",
                        "capabilities",
                        "master_hostname",
                        "flags",
                        "frameworks",
                        "completed_frameworks",
                        "reserved_resources",
                        "reserved_resources_full",
                        "unreserved_resources",
                        "unreserved_resources_full");
        assertThat(state.path("pid").asString())
                .isEqualTo("slave(1)@" + agent.address().getAuthority());
    }

    @Test
    void stateShowsExecutorsAndTheirTasks() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("here", "sleep 1000");
            JsonNode executor = Launcher.PATIENCE.until(
                    "the executor",
                    () -> agent.read("/state")
                            .path("frameworks")
                            .valueStream()
                            .filter(known -> known.path("id").asString("").equals(framework.id()))
                            .map(known -> known.at("/executors/0"))
                            .filter(known -> known.path("tasks").size() == 1)
                            .findFirst());
            assertThat(names(executor))
                    .contains(
                            "id",
                            "name",
                            "source",
                            "container",
                            "directory",
                            "resources",
                            "tasks",
                            "queued_tasks",
                            "completed_tasks");
            assertThat(executor.path("id").asString()).isEqualTo("here");
        }
    }

    @Test
    void containersHaveStatistics() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("measured", "sleep 1000");
            JsonNode container = Launcher.PATIENCE.until(
                    "the container",
                    () -> agent.read("/containers")
                            .valueStream()
                            .filter(known ->
                                    known.path("framework_id").asString("").equals(framework.id()))
                            .findFirst());
            assertThat(names(container))
                    .contains("container_id", "executor_id", "executor_name", "source", "statistics", "status");
            assertThat(names(container.path("statistics"))).contains("timestamp", "cpus_limit", "mem_limit_bytes");
            JsonNode monitored = agent.read("/monitor/statistics")
                    .valueStream()
                    .filter(known -> known.path("framework_id").asString("").equals(framework.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(names(monitored))
                    .contains("executor_id", "executor_name", "framework_id", "source", "statistics");
        }
    }

    @Test
    void exportersFindTheirNames() {
        JsonNode metrics = agent.read("/metrics/snapshot");
        assertThat(names(metrics))
                .contains(
                        "slave/registered",
                        "slave/uptime_secs",
                        "slave/cpus_total",
                        "slave/cpus_used",
                        "slave/cpus_percent",
                        "slave/mem_total",
                        "slave/disk_total",
                        "slave/tasks_staging",
                        "slave/tasks_running",
                        "slave/tasks_finished",
                        "slave/tasks_failed",
                        "slave/tasks_killed",
                        "slave/tasks_lost",
                        "slave/executors_registering",
                        "slave/executors_running",
                        "slave/executors_terminated",
                        "slave/frameworks_active",
                        "slave/valid_status_updates",
                        "slave/invalid_status_updates",
                        "slave/container_launch_errors",
                        "slave/recovery_errors",
                        "system/cpus_total");
        assertThat(metrics.path("slave/registered").asDouble()).isEqualTo(1);
    }

    @Test
    void filesAreBrowsedReadAndDownloaded() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("writer", "printf 0123456789 > digits; sleep 1000");
            String sandbox = "/frameworks/" + framework.id() + "/executors/writer/runs/latest";
            JsonNode entry = Launcher.PATIENCE.until(
                    "the file",
                    () -> agent.read("/files/browse?path=" + sandbox)
                            .valueStream()
                            .filter(known -> known.path("path").asString("").endsWith("/digits"))
                            .filter(known -> known.path("size").asInt() == 10)
                            .findFirst());
            assertThat(names(entry)).contains("gid", "uid", "mode", "mtime", "nlink", "path", "size");
            assertThat(entry.path("mode").asString()).matches("-[rwx-]{9}");
            String file = sandbox + "/digits";
            assertThat(agent.read("/files/read?path=" + file + "&offset=2&length=3"))
                    .isEqualTo(json("{'data': '234', 'offset': 2}"));
            JsonNode size = agent.read("/files/read?path=" + file + "&offset=-1");
            assertThat(size.path("offset").asInt()).isEqualTo(10);
            assertThat(size.path("data").asString("")).isEmpty();
            Reply download = agent.get("/files/download?path=" + file);
            assertThat(download.text()).isEqualTo("0123456789");
            assertThat(download.header("Content-Disposition")).contains("digits");
        }
    }

    @Test
    void filesThatAreNotThereAreNotFound() {
        assertThat(agent.get("/files/browse?path=/nowhere").status()).isEqualTo(404);
        assertThat(agent.get("/files/read?path=/nowhere&offset=0").status()).isEqualTo(404);
        assertThat(agent.get("/files/download?path=/nowhere").status()).isEqualTo(404);
    }

    @Test
    void filesNeedAPath() {
        assertThat(agent.get("/files/browse").status()).isEqualTo(400);
        assertThat(agent.get("/files/read").status()).isEqualTo(400);
        assertThat(agent.get("/files/download").status()).isEqualTo(400);
    }

    @Test
    void filesOutsideOfWhatIsAttachedAreNotShown() {
        assertThat(agent.get("/files/read?path=/etc/passwd&offset=0").status()).isEqualTo(404);
    }

    @Test
    void linksDoNotLeadOutOfASandbox() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("linker", "ln -s /etc/passwd out; touch done; sleep 1000");
            String sandbox = "/frameworks/" + framework.id() + "/executors/linker/runs/latest";
            Launcher.PATIENCE.untilTrue(
                    "the link",
                    () -> agent.get("/files/browse?path=" + sandbox).text().contains("/done\""));
            assertThat(agent.get("/files/read?path=" + sandbox + "/out&offset=0")
                            .status())
                    .isIn(400, 403, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET_HEALTH",
                "GET_FLAGS",
                "GET_VERSION",
                "GET_LOGGING_LEVEL",
                "GET_STATE",
                "GET_FRAMEWORKS",
                "GET_EXECUTORS",
                "GET_TASKS",
                "GET_OPERATIONS",
                "GET_AGENT",
                "GET_RESOURCE_PROVIDERS",
                "GET_CONTAINERS"
            })
    void operatorCallsAreAnsweredUnderTheirName(String type) {
        Reply reply = agent.post("/api/v1", json("{'type': '%s'}", type));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json().path("type").asString()).isEqualTo(type);
        if (!type.equals("GET_RESOURCE_PROVIDERS")) {
            assertThat(reply.json().has(type.toLowerCase(Locale.ROOT))).isTrue();
        }
    }

    @Test
    void getAgentSaysWhoItIs() {
        JsonNode info =
                agent.post("/api/v1", json("{'type': 'GET_AGENT'}")).json().at("/get_agent/agent_info");
        assertThat(info.at("/id/value").asString()).isNotEmpty();
        assertThat(info.path("hostname").asString()).isNotEmpty();
    }

    @Test
    void aNestedContainerRunsWithinAnExecutor() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode running = framework.run("parent", "sleep 1000");
            String parent = running.at("/container_status/container_id/value").asString();
            JsonNode id = json("{'value': 'inner', 'parent': {'value': '%s'}}", parent);
            Reply launched = agent.post(
                    "/api/v1",
                    json(
                            "{'type': 'LAUNCH_CONTAINER', 'launch_container': {'container_id': %s,"
                                    + " 'command': {'value': 'exit 5'}}}",
                            id));
            assertThat(launched.status()).as(launched.toString()).isEqualTo(200);
            Reply waited = agent.post(
                    "/api/v1", json("{'type': 'WAIT_CONTAINER', 'wait_container': {'container_id': %s}}", id));
            assertThat(waited.status()).as(waited.toString()).isEqualTo(200);
            assertThat(waited.json().at("/wait_container/exit_status").asInt()).isEqualTo(5 << 8);
            assertThat(agent.post(
                                    "/api/v1",
                                    json("{'type': 'REMOVE_CONTAINER', 'remove_container': {'container_id': %s}}", id))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aNestedContainerCanBeKilled() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode running = framework.run("parent", "sleep 1000");
            String parent = running.at("/container_status/container_id/value").asString();
            JsonNode id = json("{'value': 'victim', 'parent': {'value': '%s'}}", parent);
            agent.post(
                    "/api/v1",
                    json(
                            "{'type': 'LAUNCH_NESTED_CONTAINER', 'launch_nested_container': {'container_id': %s,"
                                    + " 'command': {'value': 'sleep 1000'}}}",
                            id));
            assertThat(agent.post(
                                    "/api/v1",
                                    json("{'type': 'KILL_CONTAINER', 'kill_container': {'container_id': %s}}", id))
                            .status())
                    .isEqualTo(200);
            Reply waited = agent.post(
                    "/api/v1",
                    json("{'type': 'WAIT_NESTED_CONTAINER', 'wait_nested_container': {'container_id': %s}}", id));
            assertThat(waited.json().at("/wait_nested_container/exit_status").asInt())
                    .isEqualTo(9);
        }
    }

    @Test
    void anUnknownContainerIsNotFound() {
        assertThat(agent.post(
                                "/api/v1",
                                json("{'type': 'WAIT_CONTAINER', 'wait_container': {'container_id':"
                                        + " {'value': 'inner', 'parent': {'value': 'nobody'}}}}"))
                        .status())
                .isEqualTo(404);
    }
}
