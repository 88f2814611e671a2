package org.nucleus.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Event;
import tools.jackson.databind.JsonNode;

/** Several masters, one after the other and beside each other. */
@Timeout(180)
class MasterFailoverTest {
    @TempDir
    Path directory;

    @Test
    void aFollowerSendsEverybodyToTheLeaderAndTakesOverFromIt() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        try (TestZooKeeper zooKeeper = TestZooKeeper.start()) {
            String zk = "--zk=" + zooKeeper.url();
            RunningMaster first = RunningMaster.start(database, zk).awaitLeader();
            try (RunningMaster second = RunningMaster.start(database, zk).awaitLeader()) {
                HttpResponse<String> sent = second.get("/master/state?x=1");
                assertThat(sent.statusCode()).isEqualTo(307);
                assertThat(sent.headers().firstValue("Location"))
                        .hasValue("//" + first.hostAndPort() + "/master/state?x=1");
                assertThat(second.call("{}").statusCode()).isEqualTo(307);
                assertThat(second.json("/metrics/snapshot")
                                .path("master/elected")
                                .asDouble())
                        .isZero();

                first.close();
                assertThat(first.exits).isEmpty();
                while (second.get("/state").statusCode() != 200) {
                    Thread.onSpinWait();
                }
                assertThat(second.json("/state").path("hostname").asString()).isEqualTo("localhost");
            }
        }
    }

    @Test
    void aRestartedMasterKnowsItsFrameworksAndAgents() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        FrameworkId id;
        String agentId;
        try (RunningMaster before = RunningMaster.start(database).awaitLeader();
                Peer<AgentEvent> agent = MasterEdgeTest.agent(before, "a1");
                Peer<Event> framework = MasterEdgeTest.framework(before, "keeper", null)) {
            agentId = agent.next(event -> event.type() == AgentEvent.Type.SUBSCRIBED)
                    .subscribed()
                    .agentId()
                    .value();
            id = framework
                    .next(event -> event.type() == Event.Type.SUBSCRIBED)
                    .subscribed()
                    .frameworkId();
            before.close(); // before its peers, of which the framework doesn't want to be waited for
        }
        try (RunningMaster after = RunningMaster.start(database).awaitLeader()) {
            JsonNode state = after.json("/state");
            assertThat(state.path("recovered_slaves").path(0).path("id").asString())
                    .isEqualTo(agentId);
            JsonNode known = state.path("frameworks").path(0);
            assertThat(known.path("id").asString()).isEqualTo(id.value());
            assertThat(known.path("connected").asBoolean()).isFalse();
            try (Peer<Event> framework = MasterEdgeTest.framework(after, "keeper", id)) {
                assertThat(framework
                                .next(event -> event.type() == Event.Type.SUBSCRIBED)
                                .subscribed()
                                .frameworkId())
                        .isEqualTo(id);
            }
        }
    }

    @Test
    void whoMustAuthenticateIsAskedAndWhoMayNotIsRefused() throws Exception {
        Path credentials = Files.writeString(directory.resolve("credentials"), "ann secret\nbob secret\n");
        String acls = "{\"view_flags\":[{\"principals\":{\"values\":[\"ann\"]},\"flags\":{\"type\":\"ANY\"}},"
                + "{\"principals\":{\"type\":\"ANY\"},\"flags\":{\"type\":\"NONE\"}}]}";
        try (RunningMaster master = RunningMaster.start(
                        TestDatabase.fresh(),
                        "--credentials=file://" + credentials,
                        "--acls=" + acls,
                        "--authenticate_http_readonly",
                        "--authenticate_http_frameworks",
                        "--authenticate_agents")
                .awaitLeader()) {
            HttpResponse<String> refused = master.get("/state");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .isEqualTo(Optional.of("Basic realm=\"mesos-master-readonly\""));
            assertThat(master.call("{}").headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"mesos-master-scheduler\"");
            assertThat(master.send(HttpRequest.newBuilder(master.uri("/agentlink//v1"))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build())
                            .statusCode())
                    .isEqualTo(401);
            assertThat(master.get("/health").statusCode()).isEqualTo(200);
            assertThat(as(master, "ann", "/flags")).isEqualTo(200);
            assertThat(as(master, "bob", "/flags")).isEqualTo(403);
            assertThat(as(master, "bob", "/state")).isEqualTo(200);
        }
    }

    private static int as(RunningMaster master, String principal, String path) throws Exception {
        String basic = Base64.getEncoder().encodeToString((principal + ":secret").getBytes());
        return master.send(HttpRequest.newBuilder(master.uri(path))
                        .header("Authorization", "Basic " + basic)
                        .build())
                .statusCode();
    }
}
