package org.nucleus.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;
import static org.nucleus.conformance.wire.Json.object;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.OwnCluster;
import org.nucleus.conformance.cluster.ServiceProcess;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Events;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import org.nucleus.conformance.wire.Streamed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A cluster that asks everybody who they are. Source: docs/authentication, docs/authorization. */
@OwnCluster
class SecurityTest {
    private static final String CREDENTIALS = """
            {"credentials": [
              {"principal": "ops", "secret": "ops-secret"},
              {"principal": "runner", "secret": "runner-secret"},
              {"principal": "guest", "secret": "guest-secret"},
              {"principal": "node", "secret": "node-secret"}]}
            """;

    private static final String ACLS = """
            {"permissive": false,
             "register_agents": [{"principals": {"values": ["node"]}, "agents": {"type": "ANY"}}],
             "register_frameworks": [
               {"principals": {"values": ["runner"]}, "roles": {"values": ["allowed", "tree/%%"]}},
               {"principals": {"values": ["ops"]}, "roles": {"type": "ANY"}}],
             "run_tasks": [{"principals": {"values": ["runner"]}, "users": {"values": ["%s"]}}],
             "teardown_frameworks": [{"principals": {"values": ["ops"]}, "framework_principals": {"type": "ANY"}}],
             "view_frameworks": [{"principals": {"values": ["ops", "runner"]}, "users": {"type": "ANY"}}],
             "view_tasks": [{"principals": {"values": ["ops", "runner"]}, "users": {"type": "ANY"}}],
             "view_executors": [{"principals": {"values": ["ops", "runner"]}, "users": {"type": "ANY"}}],
             "view_roles": [{"principals": {"values": ["ops"]}, "roles": {"type": "ANY"}}],
             "view_flags": [{"principals": {"values": ["ops"]}, "flags": {"type": "ANY"}}],
             "get_endpoints": [{"principals": {"values": ["ops"]}, "paths": {"type": "ANY"}}]}
            """;

    private final Launcher launcher;
    private final Peer master;
    private final Peer agent;
    private final Peer ops;
    private final Peer runner;
    private final Peer guest;

    SecurityTest(Launcher launcher) {
        this.launcher = launcher;
        Path credentials = write("credentials.json", CREDENTIALS);
        Path acls = write("acls.json", ACLS.formatted(Framework.USER));
        Path credential = write("credential.json", "{\"principal\": \"node\", \"secret\": \"node-secret\"}");
        ServiceProcess process = launcher.master(
                "--authenticate_agents",
                "--authenticate_frameworks",
                "--authenticate_http_frameworks",
                "--authenticate_http_readonly",
                "--authenticate_http_readwrite",
                "--credentials=" + credentials,
                "--acls=file://" + acls);
        ServiceProcess node = launcher.agent(
                process.hostAndPort(),
                "--credential=file://" + credential,
                "--authenticate_http_readonly=true",
                "--authenticate_http_readwrite=true",
                "--http_credentials=file://" + credentials);
        this.master = process.peer();
        this.agent = node.peer();
        this.ops = master.as("ops", "ops-secret");
        this.runner = master.as("runner", "runner-secret");
        this.guest = master.as("guest", "guest-secret");
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(launcher.directory().resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    void awaitCluster() {
        Launcher.PATIENCE.untilTrue("the agent", () -> {
            try {
                return Launcher.activeAgents(ops) == 1;
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    @AfterAll
    void end() {
        launcher.close();
    }

    private static ObjectNode info(String role) {
        return Framework.infoIn(List.of(role));
    }

    private static String refusal(Peer peer, ObjectNode info) {
        Streamed stream = Framework.open(peer, object("{'framework_info': %s}", info));
        assertThat(stream.status()).isEqualTo(200);
        try (Events events = new Events(stream)) {
            JsonNode error = events.awaitAny();
            assertThat(error.path("type").asString()).as(error.toString()).isEqualTo("ERROR");
            return error.at("/error/message").asString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/state", "/slaves", "/frameworks", "/tasks", "/roles", "/flags", "/metrics/snapshot"})
    void readersMustSayWhoTheyAre(String path) {
        Reply reply = master.get(path);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("Basic realm=\"mesos-master-readonly\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/version", "/redirect"})
    void someEndpointsAreForEverybody(String path) {
        assertThat(master.get(path).status()).isNotEqualTo(401);
    }

    @Test
    void aWrongSecretIsNobody() {
        assertThat(master.as("ops", "wrong").get("/state").status()).isEqualTo(401);
        assertThat(master.as("nobody", "ops-secret").get("/state").status()).isEqualTo(401);
    }

    @Test
    void operatorsMustSayWhoTheyAre() {
        Reply reply = master.post("/api/v1", json("{'type': 'GET_HEALTH'}"));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("mesos-master-readwrite");
    }

    @Test
    void frameworksMustSayWhoTheyAre() {
        Streamed stream = Framework.open(master, object("{'framework_info': %s}", info("allowed")));
        assertThat(stream.status()).isEqualTo(401);
        assertThat(stream.header("WWW-Authenticate")).contains("mesos-master-scheduler");
    }

    @Test
    void aFrameworksPrincipalIsFilledIn() {
        try (Framework framework = Framework.subscribe(runner, info("allowed"))) {
            assertThat(new Master(ops)
                            .await("frameworks", framework.id(), _ -> true)
                            .path("principal")
                            .asString())
                    .isEqualTo("runner");
        }
    }

    @Test
    void aFrameworkMayNotClaimToBeAnother() {
        Streamed stream = Framework.open(
                runner, object("{'framework_info': %s}", info("allowed").put("principal", "ops")));
        assertThat(stream.status()).isEqualTo(400);
    }

    @Test
    void aStreamIsOfItsPrincipalOnly() {
        try (Framework framework = Framework.subscribe(runner, info("allowed"))) {
            Reply reply =
                    ops.post(Framework.PATH, framework.envelope("TEARDOWN"), "Mesos-Stream-Id", framework.streamId());
            assertThat(reply.status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "tree", "*"})
    void aRoleThatIsNotAllowedIsRefused(String role) {
        assertThat(refusal(runner, info(role))).containsIgnoringCase("not authorized");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tree/leaf", "tree/a/b"})
    void aRuleMayAllowAllBelowARole(String role) {
        try (Framework framework = Framework.subscribe(runner, info(role))) {
            assertThat(framework.id()).isNotEmpty();
        }
    }

    @Test
    void aTaskAsAnAllowedUserRuns() {
        try (Framework framework = Framework.subscribe(runner, info("allowed"))) {
            framework.run("allowed", "sleep 1000");
        }
    }

    @Test
    void aTaskAsAnotherUserIsAnError() {
        try (Framework framework = Framework.subscribe(runner, info("allowed"))) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.command("forbidden", offer, "true");
            ((ObjectNode) task.get("command")).put("user", "somebody-else");
            framework.launch(offer, task);
            JsonNode status = framework.update("forbidden");
            assertThat(status.path("state").asString()).isEqualTo("TASK_ERROR");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_TASK_UNAUTHORIZED");
        }
    }

    @Test
    void aGroupOfOnesWhoMayNotRunIsAnErrorAsAWhole() {
        try (Framework framework = Framework.subscribe(ops, info("allowed"))) {
            JsonNode offer = framework.offer();
            framework.accept(
                    offer,
                    Tasks.launchGroup(
                            Tasks.defaultExecutor("pod", framework.id()), Tasks.command("g1", offer, "true")));
            JsonNode status = framework.update("g1");
            assertThat(status.path("state").asString()).isEqualTo("TASK_ERROR");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_TASK_GROUP_UNAUTHORIZED");
        }
    }

    @Test
    void whoMayNotSeeFrameworksSeesNone() {
        try (Framework framework = Framework.subscribe(runner, info("allowed"))) {
            framework.run("hidden", "sleep 1000");
            new Master(ops)
                    .await(
                            "frameworks",
                            framework.id(),
                            shown -> shown.path("tasks").size() == 1);
            JsonNode state = guest.read("/state");
            assertThat(state.path("frameworks").isEmpty()).isTrue();
            assertThat(guest.read("/tasks").path("tasks").isEmpty()).isTrue();
            assertThat(new Master(guest).ask("GET_TASKS").path("tasks").isEmpty())
                    .isTrue();
            assertThat(new Master(guest)
                            .ask("GET_FRAMEWORKS")
                            .path("frameworks")
                            .isEmpty())
                    .isTrue();
        }
    }

    @Test
    void whoMayNotSeeRolesSeesNone() {
        try (Framework _ = Framework.subscribe(runner, info("allowed"))) {
            assertThat(guest.read("/roles").path("roles").isEmpty()).isTrue();
        }
    }

    @Test
    void theEventStreamTellsOnlyWhatMayBeSeen() {
        try (Events all = new Master(ops).events();
                Events little = new Master(guest).events()) {
            Framework framework = Framework.subscribe(runner, info("allowed"));
            all.await("FRAMEWORK_ADDED");
            framework.close();
            all.await("FRAMEWORK_REMOVED");
            assertThat(little.soFar("FRAMEWORK_ADDED")).isEmpty();
            assertThat(little.soFar("FRAMEWORK_REMOVED")).isEmpty();
        }
    }

    @Test
    void tearingDownNeedsTheRight() {
        try (Framework framework = Framework.subscribe(runner, info("allowed"))) {
            assertThat(guest.postForm("/teardown", "frameworkId", framework.id())
                            .status())
                    .isEqualTo(403);
            assertThat(ops.postForm("/teardown", "frameworkId", framework.id()).status())
                    .isEqualTo(200);
            framework.events().awaitEnd();
        }
    }

    @Test
    void flagsNeedTheRight() {
        assertThat(guest.get("/flags").status()).isEqualTo(403);
        assertThat(ops.get("/flags").status()).isEqualTo(200);
        assertThat(new Master(guest).call("{'type': 'GET_FLAGS'}").status()).isEqualTo(403);
    }

    @Test
    void metricsNeedTheRight() {
        assertThat(guest.get("/metrics/snapshot").status()).isEqualTo(403);
        assertThat(ops.get("/metrics/snapshot").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'MARK_AGENT_GONE', 'mark_agent_gone': {'agent_id': {'value': 'a'}}}",
                "{'type': 'DRAIN_AGENT', 'drain_agent': {'agent_id': {'value': 'a'}}}",
                "{'type': 'UPDATE_WEIGHTS', 'update_weights': {'weight_infos': [{'role': 'r', 'weight': 2}]}}",
                "{'type': 'UPDATE_QUOTA', 'update_quota': {'quota_configs': [{'role': 'r'}]}}",
                "{'type': 'START_MAINTENANCE', 'start_maintenance': {'machines': [{'hostname': 'h'}]}}",
                "{'type': 'SET_LOGGING_LEVEL', 'set_logging_level':" + " {'level': 1, 'duration': {'nanoseconds': 1}}}"
            })
    void orderingNeedsTheRight(String call) {
        assertThat(new Master(guest).call(call).status()).isEqualTo(403);
    }

    @Test
    void secretsAreNotShown() {
        String shown = ops.get("/flags").text() + ops.get("/state").text();
        assertThat(shown).doesNotContain("ops-secret", "node-secret");
        assertThat(ops.read("/flags").at("/flags/db_password").asString("")).doesNotContain("conformance");
    }

    @Test
    void theAgentAsksToo() {
        Reply reply = agent.get("/state");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("mesos-agent-readonly");
        assertThat(agent.get("/health").status()).isEqualTo(200);
    }
}
