package org.nucleus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever process dies, the app is at five again, and the job's runs are complete and happen once. */
@ExtendWith(OneCluster.class)
class ChaosTest {
    private static final Duration PERIOD = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    private final LivingCluster cluster;
    private String app;
    private String job;
    private Path runs;
    private Instant began;

    ChaosTest(LivingCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void submitWork(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        app = "/" + name;
        job = name;
        runs = directory.resolve(name + ".runs");
        cluster.submitAppOfFive(app);
        cluster.submitJob(job, runs, PERIOD);
        began = cluster.awaitRunDueAfter(Instant.EPOCH, runs).getFirst();
    }

    @AfterEach
    void removeWork() {
        cluster.removeJob(job);
        cluster.removeApp(app);
    }

    @Test
    void instancesAreSpreadOverTheAgents() {
        TreeMap<String, Integer> byAgent = new TreeMap<>();
        for (JsonNode task : cluster.tasks(app).orElseThrow()) {
            byAgent.merge(task.path("slaveId").asString(), 1, Integer::sum);
        }
        assertThat(byAgent).hasSize(3);
        assertThat(byAgent.values()).allMatch(count -> count <= 2);
        assertThat(cluster.processes(app)).hasSize(5);
    }

    @Test
    void aKilledTaskIsReplaced() {
        TreeSet<String> before = cluster.awaitFive(app);

        cluster.processes(app).getFirst().destroyForcibly();

        TreeSet<String> after = LivingCluster.PATIENCE.until(
                "a replacement", () -> cluster.running(app).filter(ids -> ids.size() == 5 && !ids.equals(before)));
        before.retainAll(after);
        assertThat(before).hasSize(4);
        assertThat(cluster.processes(app)).hasSize(5);
        assertRunsAreCompleteAndHappenOnce();
    }

    @Test
    void tasksOutliveTheirAgent() {
        TreeSet<String> before = cluster.awaitFive(app);
        List<Long> processes = pidsOfTasks();

        cluster.kill("agent-1");
        assertThat(pidsOfTasks()).isEqualTo(processes);
        cluster.startWhatIsMissing();
        cluster.awaitAgent(0);

        assertThat(cluster.awaitFive(app)).isEqualTo(before);
        assertThat(pidsOfTasks()).isEqualTo(processes);
        assertRunsAreCompleteAndHappenOnce();
    }

    @Test
    void tasksOfALostAgentAreMoved() {
        String agent =
                cluster.tasks(app).orElseThrow().getFirst().path("slaveId").asString();
        int index = cluster.indexOfAgent(agent);
        cluster.scale(app, 4);

        cluster.kill("agent-" + (index + 1));
        LivingCluster.PATIENCE.untilTrue(
                "four instances on the other agents",
                () -> cluster.tasks(app)
                        .filter(tasks -> tasks.stream()
                                        .filter(task ->
                                                task.path("state").asString().equals("TASK_RUNNING"))
                                        .filter(task ->
                                                !task.path("slaveId").asString().equals(agent))
                                        .count()
                                == 4)
                        .isPresent());
        cluster.startWhatIsMissing();
        cluster.awaitAgent(index);

        LivingCluster.PATIENCE.untilTrue(
                "the end of the tasks that were moved", () -> pidsOfTasks().size() == 4);
        assertThat(cluster.running(app).orElseThrow()).hasSize(4);
    }

    @Test
    void theStandbyMasterTakesOver() {
        TreeSet<String> before = cluster.awaitFive(app);
        List<Long> processes = pidsOfTasks();
        String leader = cluster.leader();

        cluster.kill(leader);
        LivingCluster.PATIENCE.untilTrue(
                "another leader", () -> !cluster.leader().equals(leader));
        LivingCluster.PATIENCE.untilTrue(
                "all agents", () -> cluster.state().path("activated_slaves").asInt() == 3);

        assertThat(cluster.awaitFive(app)).isEqualTo(before);
        assertThat(pidsOfTasks()).isEqualTo(processes);
        assertRunsAreCompleteAndHappenOnce();
        cluster.startWhatIsMissing();
    }

    @Test
    void marathonFindsItsAppAgain() {
        TreeSet<String> before = cluster.awaitFive(app);
        List<Long> processes = pidsOfTasks();

        cluster.kill("marathon");
        cluster.startWhatIsMissing();

        assertThat(cluster.awaitFive(app)).isEqualTo(before);
        assertThat(pidsOfTasks()).isEqualTo(processes);
        assertRunsAreCompleteAndHappenOnce();
    }

    @Test
    void marathonStartsChronosAgain() {
        long pid = cluster.pid("chronos");
        Instant killed = Instant.now();

        cluster.kill("chronos");
        LivingCluster.PATIENCE.untilTrue(
                "another Chronos", () -> cluster.pid("chronos") != pid && cluster.pid("chronos") > 0);
        LivingCluster.PATIENCE.until("Chronos' jobs", () -> cluster.rest().get(cluster.chronos("/v1/scheduler/jobs")));
        Instant back = Instant.now().plus(PERIOD);

        List<Instant> all = cluster.awaitRunDueAfter(back.plus(PERIOD), runs);
        assertThat(all).doesNotHaveDuplicates();
        TreeSet<Instant> ran = new TreeSet<>(all);
        for (Instant due = began; due.isBefore(ran.last()); due = due.plus(PERIOD)) {
            boolean nobodyLed = due.isAfter(killed.minus(PERIOD)) && due.isBefore(back);
            assertThat(ran.contains(due) || nobodyLed)
                    .as("run due at %s of %s", due, ran)
                    .isTrue();
        }
        assertThat(cluster.awaitFive(app)).hasSize(5);
    }

    private void assertRunsAreCompleteAndHappenOnce() {
        List<Instant> all = cluster.awaitRunDueAfter(Instant.now().plus(PERIOD), runs);
        assertThat(all).doesNotHaveDuplicates();
        TreeSet<Instant> ran = new TreeSet<>(all);
        for (Instant due = began; due.isBefore(ran.last()); due = due.plus(PERIOD)) {
            Instant each = due;
            LivingCluster.PATIENCE.untilTrue(
                    "the run due at " + each,
                    () -> cluster.awaitRunDueAfter(Instant.EPOCH, runs).contains(each));
        }
    }

    private List<Long> pidsOfTasks() {
        return cluster.processes(app).stream().map(ProcessHandle::pid).sorted().toList();
    }
}
