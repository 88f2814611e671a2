package org.nucleus.conformance.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.OwnCluster;
import org.nucleus.conformance.cluster.ServiceProcess;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Two masters, of which the leader dies. Source: the original's master and fault tolerance tests. */
@OwnCluster
class MasterFailoverTest {
    private final Launcher launcher;
    private final List<ServiceProcess> masters;

    MasterFailoverTest(Launcher launcher) {
        this.launcher = launcher;
        String zooKeeper = launcher.zooKeeper();
        String[] flags = {"--zk=" + zooKeeper, "--zk_session_timeout=8secs"};
        this.masters = List.of(launcher.master(flags), launcher.master(flags));
        launcher.agent(zooKeeper);
    }

    /** A leader that ZooKeeper did not hear of in time has stopped, as it must. */
    @BeforeEach
    void awaitCluster() {
        masters.stream().filter(master -> !master.isAlive()).forEach(ServiceProcess::startAgain);
        launcher.awaitLeader(1);
        masters.forEach(master -> Launcher.PATIENCE.untilTrue(
                "both masters to know the leader", () -> redirect(master).isPresent()));
    }

    @AfterAll
    void end() {
        launcher.close();
    }

    private static Optional<String> redirect(ServiceProcess master) {
        try {
            return Optional.of(master.peer().get("/redirect"))
                    .filter(reply -> reply.status() == 307)
                    .map(reply -> reply.header("Location"));
        } catch (UncheckedIOException notYet) {
            return Optional.empty();
        }
    }

    private ServiceProcess leader() {
        String location = masters.stream()
                .filter(ServiceProcess::isAlive)
                .findFirst()
                .flatMap(MasterFailoverTest::redirect)
                .orElseThrow();
        return masters.stream()
                .filter(master -> location.endsWith(":" + master.port()))
                .findFirst()
                .orElseThrow();
    }

    private ServiceProcess follower() {
        ServiceProcess leader = leader();
        return masters.stream().filter(master -> master != leader).findFirst().orElseThrow();
    }

    /** Kills the leader, waits until the other leads with the agent, and starts the killed one again. */
    private Master failOver() {
        ServiceProcess old = leader();
        ServiceProcess next = follower();
        old.kill();
        Launcher.PATIENCE.untilTrue("the next leader", () -> Launcher.activeAgents(next.peer()) == 1);
        old.startAgain();
        Launcher.PATIENCE.untilTrue("the other master", () -> redirect(old).isPresent());
        return new Master(next.peer());
    }

    @Test
    void aFollowerRedirectsSchedulersToTheLeader() {
        Reply reply = follower().peer().post(Framework.PATH, json("{'type': 'SUBSCRIBE'}"));
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.header("Location")).isEqualTo("//" + leader().hostAndPort() + Framework.PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/state", "/master/state", "/slaves", "/state-summary", "/frameworks", "/roles", "/tasks?limit=3"
            })
    void aFollowerRedirectsReadersToTheLeader(String path) {
        Reply reply = follower().peer().get(path);
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.header("Location")).isEqualTo("//" + leader().hostAndPort() + path);
    }

    @Test
    void aFollowerRedirectsOperatorsToTheLeader() {
        assertThat(follower()
                        .peer()
                        .post("/api/v1", json("{'type': 'GET_HEALTH'}"))
                        .status())
                .isEqualTo(307);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/version", "/flags", "/metrics/snapshot"})
    void aFollowerAnswersForItself(String path) {
        assertThat(follower().peer().get(path).status()).isEqualTo(200);
    }

    @Test
    void aFollowerIsNotElected() {
        assertThat(follower()
                        .peer()
                        .read("/metrics/snapshot")
                        .path("master/elected")
                        .asDouble())
                .isZero();
        assertThat(leader().peer()
                        .read("/metrics/snapshot")
                        .path("master/elected")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void tasksRunOnUnderTheNextLeaderAndTheFrameworkReturns() {
        ObjectNode info = Framework.info().put("failover_timeout", 600).put("checkpoint", true);
        Framework before = Framework.subscribe(leader().peer(), info);
        JsonNode running = before.run("constant", "sleep 1000");
        Master next = failOver();
        before.events().awaitEnd();
        assertThat(next.agent().path("id")).isEqualTo(running.at("/agent_id/value"));
        info.putObject("id").put("value", before.id());
        try (Framework after = Framework.subscribe(next.peer(), info)) {
            assertThat(after.id()).isEqualTo(before.id());
            after.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'constant'}}]}");
            assertThat(after.update("constant").path("state").asString()).isEqualTo("TASK_RUNNING");
            JsonNode offer = after.offer();
            after.launch(offer, Tasks.command("fresh", offer, "true"));
            after.await("fresh", "TASK_FINISHED");
            after.kill("constant");
            after.await("constant", "TASK_KILLED");
        }
    }

    @Test
    void theNextLeaderHasAnIdOfItsOwn() {
        String before = new Master(leader().peer()).state().path("id").asString();
        Master next = failOver();
        assertThat(next.state().path("id").asString()).isNotEqualTo(before);
        try (Framework framework = Framework.subscribe(next.peer())) {
            assertThat(framework.id()).startsWith(next.state().path("id").asString());
        }
    }

    @Test
    void aRemovedFrameworkStaysRemovedUnderTheNextLeader() {
        Framework framework = Framework.subscribe(leader().peer());
        framework.run("gone", "sleep 1000");
        framework.close();
        Master next = failOver();
        assertThat(next.state().path("frameworks").toString()).doesNotContain("\"gone\"");
    }
}
