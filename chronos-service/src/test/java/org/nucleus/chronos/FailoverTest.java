package org.nucleus.chronos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.scheduler.Call;
import tools.jackson.databind.JsonNode;

/**
 * Two servers on one database: a standby answers through the leader, and takes over without losing or doubling a
 * run.
 */
@Timeout(240)
class FailoverTest {
    private static final String FAR = "'schedule':'R/2035-01-01T00:00:00Z/PT24H'";
    private final TestDatabase database = TestDatabase.fresh();
    private TestZooKeeper zooKeeper;
    private FakeMaster master;
    private String election;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = TestZooKeeper.start();
        master = new FakeMaster();
        election = zooKeeper.url();
    }

    @AfterEach
    void stop() throws Exception {
        master.close();
        zooKeeper.close();
    }

    @Test
    void aStandbyTakesOverJobsRunsAndTheFrameworkId() throws Exception {
        ChronosServer first = server().awaitLeader();
        master.awaitSubscription();
        try (ChronosServer second = server().awaitLeader()) {
            assertThat(second.post("/v1/scheduler/iso8601", "{'name':'kept','command':'x'," + FAR + "}")
                            .statusCode())
                    .as("the standby hands it to the leader")
                    .isEqualTo(204);
            assertThat(second.get("/v1/scheduler/job/none").body()).contains("Job 'none' not found");
            assertThat(second.json("/v1/scheduler/leader").get("leader").asString())
                    .isEqualTo(first.address());
            second.call("PUT", "/v1/scheduler/job/kept", "");
            TaskId task = master.awaitLaunch().taskId();
            master.awaitAcknowledgement();

            first.close();
            Call subscription = master.awaitSubscription();
            second.awaitLeader();

            assertThat(subscription.subscribe().frameworkInfo().id().value()).isEqualTo("framework-0001");
            assertThat(second.json("/v1/scheduler/jobs/summary")
                            .at("/jobs/0/state")
                            .asString())
                    .isEqualTo("1 running");
            master.update(task, TaskState.TASK_FINISHED);
            Eventually.holds("the run ended", () -> successes(second, "kept") == 1);
            assertThat(second.json("/v1/scheduler/job/kept/runs")).hasSize(1);
            assertThat(master.launchesWaiting()).isZero();
        }
    }

    @Test
    void aRunThatBecameDueMeanwhileIsRunOnce() throws Exception {
        try (ChronosServer first = server().awaitLeader()) {
            String soon =
                    Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.MILLIS).toString();
            first.post("/v1/scheduler/iso8601", "{'name':'due','command':'x','schedule':'R1/" + soon + "/P1D'}");
        }
        try (ChronosServer second = server().awaitLeader()) {
            TaskId task = master.awaitLaunch().taskId();
            master.update(task, TaskState.TASK_FINISHED);

            Eventually.holds("the run ended", () -> successes(second, "due") == 1);
            JsonNode runs = second.json("/v1/scheduler/job/due/runs");
            assertThat(runs).hasSize(1);
            assertThat(runs.get(0).get("cause").asString()).isEqualTo("SCHEDULE");
            assertThat(master.launchesWaiting()).isZero();
        }
    }

    @Test
    void aTaskOfADeletedJobIsKilledWhenTheConnectionComesBack() throws Exception {
        try (ChronosServer chronos = server().awaitLeader()) {
            master.awaitSubscription();
            chronos.post("/v1/scheduler/iso8601", "{'name':'gone','command':'x'," + FAR + "}");
            chronos.call("PUT", "/v1/scheduler/job/gone", "");
            TaskId task = master.awaitLaunch().taskId();
            chronos.call("DELETE", "/v1/scheduler/job/gone", "");
            assertThat(master.awaitKill()).isEqualTo(task);

            master.update(task, TaskState.TASK_RUNNING);

            assertThat(master.awaitKill()).isEqualTo(task);
        }
    }

    @Test
    void aLeaderWithoutZooKeeperStops() throws Exception {
        try (ChronosServer chronos = server().awaitLeader()) {
            zooKeeper.stop();

            assertThat(chronos.exits().poll(60, TimeUnit.SECONDS)).isEqualTo("Lost the leadership");
            assertThat(chronos.get("/v1/scheduler/jobs").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void credentialsAreAskedForWhereTheyAreSet() throws Exception {
        try (ChronosServer chronos =
                new ChronosServer(database, election, master.address(), "--http_credentials=ann:secret")) {
            assertThat(chronos.get("/v1/scheduler/jobs").statusCode()).isEqualTo(401);
            assertThat(chronos.get("/ping").statusCode()).isEqualTo(200);
            Eventually.holds(
                    "a leader answers",
                    () -> chronos.call("GET", "/v1/scheduler/jobs", "", "Authorization", "Basic YW5uOnNlY3JldA==")
                                    .statusCode()
                            == 200);
        }
    }

    private ChronosServer server() {
        return new ChronosServer(database, election, master.address());
    }

    private static int successes(ChronosServer chronos, String job) throws IOException, InterruptedException {
        return chronos.json("/v1/scheduler/job/" + job).get("successCount").asInt();
    }
}
