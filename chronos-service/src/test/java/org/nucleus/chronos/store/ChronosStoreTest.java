package org.nucleus.chronos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.chronos.ChronosServer;
import org.nucleus.chronos.core.schedule.Position;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.Constraint;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Overrides;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Policy;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.RunKey;
import org.nucleus.chronos.core.state.Tally;
import org.nucleus.machine.Journal;
import org.nucleus.machine.Ordered;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskId;

/** What was committed comes back as it was, whatever case it is; a deposed leader commits nothing. */
@Timeout(180)
class ChronosStoreTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T19:00:00.123Z");
    private static final AgentId AGENT = new AgentId("S0");
    private static TestZooKeeper zooKeeper;
    private static ChronosServer server;
    private static ChronosStore store;

    @BeforeAll
    static void start() throws Exception {
        zooKeeper = TestZooKeeper.start();
        server = new ChronosServer(TestDatabase.fresh(), zooKeeper.url(), "127.0.0.1:1").awaitLeader();
        store = server.bean(ChronosStore.class);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        zooKeeper.close();
    }

    @Test
    void everyCaseOfJobsAndRunsIsRecoveredAsItWas() {
        Job scheduled = new Job(spec("s"), SINCE, plan(), new Tally(1, 2, 3, SINCE, null), 42);
        Job dependent = new Job(
                spec("d"),
                SINCE,
                Plan.Dependent.on(List.of("s")).ended("s").ended("s", "s|MANUAL|1"),
                Tally.fresh(),
                0);
        List<Run> live = List.of(
                run("s", 0, new Progress.Delayed(SINCE)),
                run("s", 1, new Progress.Queued()),
                run("s", 2, new Progress.Launching(AGENT, "h", SINCE)).beingKilled(Run.Kill.REPLACED),
                run("s", 3, new Progress.Running(AGENT, "h", SINCE, 3)),
                run("s", 4, new Progress.Reporting(AGENT, "h", SINCE)));
        List<Run> ended = List.of(
                run("s", 5, new Progress.Ended(Outcome.SUCCEEDED, AGENT, "h", SINCE, SINCE.plusMillis(1500), "done")),
                run("s", 6, new Progress.Ended(Outcome.MISSED, null, null, null, SINCE, "missed")));
        List<Change.Durable> changes = new ArrayList<>(List.of(
                new Change.JobStored(scheduled),
                new Change.JobStored(dependent),
                new Change.FrameworkNamed(new FrameworkId("f-1"))));
        live.forEach(run -> changes.add(new Change.RunStored(run)));
        ended.forEach(run -> changes.add(new Change.RunStored(run)));

        long term = store.elected();
        store.commit(term, changes);
        store.commit(term, changes);

        assertThat(store.recover().jobs()).containsExactlyInAnyOrder(scheduled, dependent);
        assertThat(store.recover().runs()).containsExactlyElementsOf(live);
        assertThat(store.recover().framework()).isEqualTo(new FrameworkId("f-1"));
        assertThat(store.runs("s", 2)).containsExactly(ended.get(1), ended.get(0));
        assertThat(store.durations("s")).containsExactly(1500);
        assertThat(store.durations()).containsOnlyKeys("s");

        store.commit(term, List.of(new Change.HistoryPruned(SINCE.minusSeconds(60), 1)));
        assertThat(store.runs("s", 9)).hasSize(6).contains(ended.get(0)).doesNotContain(ended.get(1));
        store.commit(term, List.of(new Change.HistoryPruned(SINCE.plusSeconds(60), 1_000), new Change.JobRemoved("d")));
        assertThat(store.runs("s", 9)).hasSize(5);
        assertThat(store.recover().jobs()).containsExactly(scheduled);

        store.elected();
        assertThatThrownBy(() -> store.commit(term, List.of(new Change.JobRemoved("s"))))
                .isInstanceOf(Journal.Deposed.class);
        assertThat(store.recover().jobs()).containsExactly(scheduled);
    }

    @Test
    void runsAreFoundByWhatIsKnownOfThem() {
        Run failed = run("web", 0, new Progress.Ended(Outcome.FAILED, AGENT, "h1", SINCE, SINCE, "exit 100% odd_"));
        Run queued = run("web", 1, new Progress.Queued());
        Run other = run("db", 2, new Progress.Ended(Outcome.SUCCEEDED, AGENT, "h2", null, SINCE, "fine"));
        store.commit(
                store.elected(),
                List.of(new Change.RunStored(failed), new Change.RunStored(queued), new Change.RunStored(other)));

        assertThat(found(null, null, null)).containsExactly(other, queued, failed);
        assertThat(found("web", null, null)).containsExactly(queued, failed);
        assertThat(found(null, "FAILED", null)).containsExactly(failed);
        assertThat(found(null, "QUEUED", null)).containsExactly(queued);
        assertThat(found(null, null, "100% ODD_")).containsExactly(failed);
        assertThat(found(null, null, "_")).containsExactly(failed);
        assertThat(found("web", null, "H2")).isEmpty();
        assertThat(store.runs(new RunSearch(null, null, null, queued.enqueued(), other.enqueued(), 10, 0)))
                .containsExactly(queued);
        assertThat(store.runs(new RunSearch(null, null, null, null, null, 1, 1)))
                .containsExactly(queued);

        Run over = run("web", 1, new Progress.Ended(Outcome.KILLED, null, null, null, SINCE, "over"));
        store.commit(store.elected(), List.of(new Change.RunStored(over)));
        assertThat(found(null, "QUEUED", null)).isEmpty();
    }

    @Test
    void aNoticeIsKeptUntilItIsDelivered() {
        Notice notice = new Notice("n1", SINCE, Notice.Kind.FAILURE, "j", "o@x", "job failed", "exit 1");
        long term = store.elected();
        store.commit(term, List.of(new Change.NoticeRaised(notice)));
        store.commit(term, List.of(new Change.NoticeRaised(notice)));
        assertThat(store.notices(10)).containsExactly(notice);

        long next = store.elected();
        assertThatThrownBy(() -> store.delivered(term, notice)).isInstanceOf(Journal.Deposed.class);
        store.delivered(next, notice);
        assertThat(store.notices(10)).isEmpty();
    }

    private List<Run> found(String job, String state, String text) {
        return store.runs(new RunSearch(job, state, text, null, null, 10, 0));
    }

    private static Plan plan() {
        var parsed = (Schedule.Parsed.Valid) Schedule.parse("R5//P1M", "Europe/Paris", SINCE);
        return new Plan.Scheduled(parsed.schedule(), new Position(2, 3));
    }

    private static Run run(String job, int attempt, Progress progress) {
        RunKey key = new RunKey(job, SINCE, Cause.SCHEDULE, SINCE, attempt);
        Instant enqueued = progress instanceof Progress.Delayed ? SINCE : SINCE.plusSeconds(attempt);
        return new Run(
                key,
                new TaskId("t" + attempt),
                enqueued,
                new Run.Request("a b", new Overrides("c", 1.0, null, null, null, List.of()), "pass"),
                1,
                Run.Kill.ASKED,
                7,
                new Run.Sandbox("http://h:5051", "/frameworks/f"),
                progress);
    }

    private static JobSpec spec(String name) {
        return new JobSpec(
                name,
                "run",
                false,
                List.of("a"),
                "",
                "",
                "",
                2,
                "o",
                "O",
                "d",
                0.1,
                128,
                256,
                false,
                true,
                false,
                true,
                true,
                "nobody",
                30,
                null,
                List.of(new JobSpec.FetchUri("http://h/a", "out", true, true, false)),
                List.of(new JobSpec.EnvironmentVariable("A", "b")),
                List.of(Constraint.of("rack", Constraint.Operator.LIKE, "r.*")),
                new Policy(
                        Policy.CatchUp.ALL,
                        Duration.ofMinutes(5),
                        Policy.Overlap.REPLACE,
                        new Policy.Backoff(Duration.ofSeconds(5), 2, Duration.ofHours(1)),
                        7,
                        true,
                        true,
                        Policy.Trigger.ALWAYS,
                        Policy.Join.PASS,
                        Ordered.setOf(List.of(Notice.Kind.LATE, Notice.Kind.SUCCESS))));
    }
}
