package org.nucleus.chronos.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosInput.Children;
import org.nucleus.chronos.core.state.ChronosInput.Timing;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Overrides;
import org.nucleus.chronos.core.state.Policy;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.Tally;
import org.nucleus.machine.Ordered;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.scheduler.Call;

/** What a job's author may ask for beyond the original. */
class PolicyScenariosTest {
    private static final String HOURLY = "R/2026-11-22T13:00:00Z/PT1H";
    private final Scenario chronos = new Scenario();

    @Test
    void catchingUpWithAllRunsEachFiringOneAfterTheOther() {
        put("job", HOURLY, policy(Policy.CatchUp.ALL, null, null));
        chronos.later(Duration.ofMinutes(60 * 3 + 5)).failover().due("job");

        assertThat(nominals("job")).containsExactly("13:00", "14:00", "15:00");
        chronos.input(new ChronosInput.Subscribed(Scenario.FRAMEWORK));
        for (int i = 0; i < 3; i++) {
            TaskId task = chronos.offer().launchedTask();
            chronos.status(task, TaskState.TASK_FINISHED);
        }
        assertThat(chronos.offer().launched()).isEmpty();
        assertThat(outcomes("job")).containsOnly(Outcome.SUCCEEDED);
    }

    @Test
    void moreFiringsThanMayWaitFollowAsRunsEnd() {
        put("job", "R/2026-11-22T12:01:00Z/PT1M", policy(Policy.CatchUp.ALL, null, null));
        chronos.later(Duration.ofMinutes(103)).due("job");
        assertThat(chronos.runs("job")).hasSize(100);

        TaskId task = chronos.offer().launchedTask();
        chronos.status(task, TaskState.TASK_FINISHED).due("job");
        assertThat(chronos.runs("job")).hasSize(101);
    }

    @Test
    void withSkipAFiringThatIsLateIsRecordedAndNotRun() {
        put("job", HOURLY, policy(Policy.CatchUp.SKIP, null, null));
        chronos.later(Duration.ofMinutes(60 * 3 + 5)).due("job");

        assertThat(outcomes("job")).containsExactly(Outcome.MISSED);
        assertThat(message(chronos.onlyRun("job"))).startsWith("3 firings from 2026-11-22T13:00:00Z on passed");
        chronos.later(Duration.ofMinutes(55)).due("job");
        assertThat(chronos.runs("job").getLast().queued()).isTrue();
    }

    @Test
    void aRunThatFindsNoOfferUntilItsDeadlineIsMissed() {
        put("job", HOURLY, policy(Policy.CatchUp.COLLAPSE, Duration.ofMinutes(10), null));
        chronos.later(Duration.ofHours(1)).due("job");
        Run run = chronos.onlyRun("job");

        chronos.later(Duration.ofMinutes(9)).input(new ChronosInput.TimerFired(new Alarm.DeadlineDue(run.key())));
        assertThat(chronos.onlyRun("job").queued()).isTrue();
        chronos.later(Duration.ofMinutes(2)).input(new ChronosInput.TimerFired(new Alarm.DeadlineDue(run.key())));
        assertThat(outcomes("job")).containsExactly(Outcome.MISSED);
    }

    @Test
    void queuedRunsOfAJobRunOneAfterTheOther() {
        put("job", HOURLY, policy(Policy.CatchUp.COLLAPSE, null, Policy.Overlap.QUEUE));
        TaskId first = chronos.runNow("job").offer().launchedTask();
        chronos.runNow("job");
        assertThat(chronos.offer().launched()).isEmpty();
        assertThat(chronos.calls(Call.Type.DECLINE)).hasSize(1);

        chronos.status(first, TaskState.TASK_FINISHED);
        assertThat(chronos.calls(Call.Type.REVIVE)).hasSize(1);
        assertThat(chronos.offer().launched()).hasSize(1);
    }

    @Test
    void aRunThatReplacesAnotherKillsItFirstAndCountsNoFailure() {
        put("job", HOURLY, policy(Policy.CatchUp.COLLAPSE, null, Policy.Overlap.REPLACE));
        TaskId first = chronos.runNow("job").offer().launchedTask();
        chronos.status(first, TaskState.TASK_RUNNING).runNow("job");
        assertThat(chronos.calls(Call.Type.KILL)).hasSize(1);
        assertThat(chronos.offer().launched()).isEmpty();

        chronos.status(first, TaskState.TASK_KILLED);
        assertThat(chronos.offer().launched()).hasSize(1);
        assertThat(outcomes("job")).containsExactly(Outcome.KILLED);
        assertThat(chronos.job("job").tally().errorCount()).isZero();
    }

    @Test
    void aPausedJobCatchesUpWhenItIsResumed() {
        put("job", HOURLY, policy(Policy.CatchUp.ALL, null, null));
        chronos.input(new ChronosInput.PauseJob(1, "job", true));
        chronos.later(Duration.ofMinutes(60 * 2 + 5)).due("job");
        assertThat(chronos.runs("job")).isEmpty();

        chronos.input(new ChronosInput.PauseJob(1, "job", false)).due("job");
        assertThat(nominals("job")).containsExactly("13:00", "14:00");
    }

    @Test
    void aPausedChildRunsOnceItIsResumed() {
        chronos.put("parent", HOURLY).child("child", "parent");
        chronos.input(new ChronosInput.PauseJob(1, "child", true)).succeed("parent");
        assertThat(chronos.runs("child")).isEmpty();

        chronos.failover().input(new ChronosInput.PauseJob(1, "child", false));
        assertThat(chronos.runs("child")).hasSize(1);
    }

    @Test
    void anAsynchronousRunEndsWhenItsResultIsReported() {
        put("job", HOURLY, policy -> async(policy));
        TaskId task = chronos.runNow("job").offer().launchedTask();
        chronos.status(task, TaskState.TASK_RUNNING).status(task, TaskState.TASK_FINISHED);
        assertThat(chronos.onlyRun("job").progress()).isInstanceOf(Progress.Reporting.class);

        chronos.failover().input(new ChronosInput.ReportResult(1, task, 0));
        assertThat(chronos.answer()).isEqualTo(new Answer.Done());
        assertThat(outcomes("job")).containsExactly(Outcome.SUCCEEDED);
        chronos.input(new ChronosInput.ReportResult(2, task, 0));
        assertThat(chronos.answer()).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aResultReportedBeforeTheTaskEndsCountsAtItsEnd() {
        put("job", HOURLY, policy -> async(policy));
        TaskId task = chronos.runNow("job").offer().launchedTask();
        chronos.status(task, TaskState.TASK_RUNNING).input(new ChronosInput.ReportResult(1, task, 3));
        assertThat(chronos.onlyRun("job").launched()).isTrue();

        chronos.status(task, TaskState.TASK_FINISHED);
        assertThat(outcomes("job")).containsExactly(Outcome.FAILED);
        assertThat(chronos.runs("job").getLast().progress()).isInstanceOf(Progress.Delayed.class);
    }

    @Test
    void retriesWaitLongerEachTime() {
        Policy.Backoff backoff = new Policy.Backoff(Duration.ofSeconds(10), 3, Duration.ofSeconds(60));
        assertThat(List.of(0, 1, 2, 9))
                .extracting(attempt -> backoff.before(attempt, Duration.ofMinutes(1)))
                .containsExactly(
                        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    @Test
    void theMoreUrgentRunGoesFirst() {
        put("low", HOURLY, policy -> priority(policy, -1));
        put("high", HOURLY, policy -> priority(policy, 5));
        chronos.put("usual", HOURLY);
        chronos.runNow("low").runNow("usual").runNow("high").offer();

        assertThat(chronos.launched())
                .extracting(TaskInfo::name)
                .containsExactly("ChronosTask:high", "ChronosTask:usual", "ChronosTask:low");
    }

    @Test
    void anOwnerRunsNoMoreTasksThanHeMay() {
        Scenario limited = new Scenario(0, 2);
        for (String name : List.of("a", "b", "c")) {
            limited.put(Scenario.spec(name).toBuilder().owner("ann").build(), new Timing.OnSchedule(HOURLY, ""));
            limited.runNow(name);
        }
        limited.put("other", HOURLY).runNow("other").offer();
        assertThat(limited.launched()).hasSize(3);

        limited.status(limited.runs("a").getFirst().task(), TaskState.TASK_FINISHED)
                .offer();
        assertThat(limited.launched()).extracting(TaskInfo::name).containsExactly("ChronosTask:c");
    }

    @Test
    void aPastRangeIsFilledInWithARunForEachFiring() {
        chronos.put("job", HOURLY).later(Duration.ofHours(5)).due("job");
        Instant from = Instant.parse("2026-11-22T13:00:00Z");
        chronos.input(new ChronosInput.Backfill(1, "job", from, from.plus(Duration.ofHours(3))));
        assertThat(chronos.answer()).isEqualTo(new Answer.Filled(3));
        List<Run> filled = chronos.runs("job").stream()
                .filter(run -> run.key().cause() == Cause.BACKFILL)
                .toList();
        assertThat(filled).hasSize(3).allMatch(Run::queued);

        chronos.input(new ChronosInput.Backfill(2, "job", from, from.plus(Duration.ofDays(400))));
        assertThat(chronos.answer()).isInstanceOf(Answer.Refused.class);
        chronos.later(Duration.ofHours(1)).due("job");
        assertThat(chronos.runs("job").getLast().queued())
                .as("the schedule goes on")
                .isFalse();
    }

    @Test
    void aRunMayBeOtherThanItsJob() {
        chronos.put("job", HOURLY);
        Overrides overrides =
                new Overrides("other", 0.5, null, null, null, List.of(new JobSpec.EnvironmentVariable("X", "1")));
        chronos.input(new ChronosInput.RunJob(1, "job", "a b", overrides));
        assertThat(chronos.answer()).isInstanceOf(Answer.Started.class);

        TaskInfo task = chronos.offer().launched().getFirst();
        assertThat(task.command().value()).isEqualTo("other a b");
        assertThat(task.resources().getFirst().scalar().value()).isEqualTo(0.5);
        assertThat(chronos.job("job").spec().command()).isEqualTo("true");
    }

    @Test
    void childrenAreTriggeredAsTheyAsk() {
        chronos.put("parent", HOURLY).put("other", HOURLY);
        child("onFailure", Policy.Trigger.FAILURE, Policy.Join.LATEST, "parent", "other");
        child("always", Policy.Trigger.ALWAYS, Policy.Join.LATEST, "parent");
        child("any", Policy.Trigger.ANY, Policy.Join.LATEST, "parent", "other");
        fail("parent");
        assertThat(chronos.runs("onFailure")).hasSize(1);
        assertThat(chronos.runs("always")).hasSize(1);
        assertThat(chronos.runs("any")).isEmpty();

        chronos.succeed("other");
        assertThat(chronos.runs("onFailure")).hasSize(1);
        assertThat(chronos.runs("any")).hasSize(1);
    }

    @Test
    void aJoinOfOnePassDoesNotMixRunsOfTwo() {
        chronos.put("root", HOURLY).child("left", "root").child("right", "root");
        child("sink", Policy.Trigger.SUCCESS, Policy.Join.PASS, "left", "right");

        end("root", TaskState.TASK_FINISHED);
        endQueued("left", TaskState.TASK_FINISHED);
        endQueued("right", TaskState.TASK_KILLED);
        end("root", TaskState.TASK_FINISHED);
        endQueued("right", TaskState.TASK_FINISHED);
        assertThat(chronos.runs("sink"))
                .as("left of the first pass, right of the second")
                .isEmpty();

        chronos.failover().input(new ChronosInput.Subscribed(Scenario.FRAMEWORK));
        endQueued("left", TaskState.TASK_FINISHED);
        assertThat(chronos.runs("sink")).hasSize(1);
    }

    @Test
    void aJoinOfOnePassNeedsACommonAncestor() {
        chronos.put("a", HOURLY).put("b", HOURLY);
        child("sink", Policy.Trigger.SUCCESS, Policy.Join.PASS, "a", "b");
        assertThat(chronos.answer())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.message()).contains("common ancestor"));
    }

    @Test
    void deletingAParentDoesWithItsChildrenWhatWasChosen() {
        chronos.put("a", HOURLY)
                .put("z", HOURLY)
                .child("b", "a")
                .child("c", "b")
                .child("d", "c", "z");
        chronos.input(new ChronosInput.DeleteJob(1, "a", Children.REFUSE));
        assertThat(chronos.answer()).isInstanceOf(Answer.Refused.class);

        chronos.input(new ChronosInput.DeleteJob(1, "a", Children.CASCADE));
        assertThat(chronos.store.jobs()).containsOnlyKeys("z", "d");
        assertThat(chronos.job("d").parents()).containsExactly("z");

        chronos.input(new ChronosInput.DeleteJob(1, "z", Children.ORPHAN));
        assertThat(chronos.job("d").spec().disabled()).isTrue();
        assertThat(chronos.job("d").parents()).isEmpty();
    }

    @Test
    void anOwnerIsToldWhatHeAskedFor() {
        put("job", HOURLY, policy -> notices(policy, Notice.Kind.values()));
        fail("job");
        assertThat(kinds()).containsExactly(Notice.Kind.FAILURE);
        chronos.succeed("job");
        assertThat(kinds()).containsExactly(Notice.Kind.FAILURE, Notice.Kind.SUCCESS, Notice.Kind.RECOVERY);
        chronos.succeed("job");
        assertThat(kinds()).hasSize(4).endsWith(Notice.Kind.SUCCESS);
        chronos.input(new ChronosInput.DeleteJob(1, "job", Children.REPARENT));
        assertThat(kinds()).hasSize(5).endsWith(Notice.Kind.DELETED);
    }

    @Test
    void lateRunsAreToldOfOnlyWhereThatWasAskedFor() {
        chronos.put("quiet", HOURLY);
        put("job", HOURLY, policy -> notices(policy, Notice.Kind.LATE));
        chronos.later(Duration.ofMinutes(60 + 5)).due("job").due("quiet").offer();
        chronos.launched().forEach(task -> chronos.status(task.taskId(), TaskState.TASK_RUNNING));
        assertThat(chronos.store.notices()).extracting(Notice::job).containsExactly("job");
    }

    @Test
    void aDryRunSaysWhatWouldBeAndStoresNothing() {
        chronos.input(new ChronosInput.PutJob(
                1, Scenario.spec("dry"), new Timing.OnSchedule("0 9 * * 1-5", "Europe/Paris"), Tally.fresh(), true));
        assertThat(chronos.answer())
                .isInstanceOfSatisfying(
                        Answer.Checked.class,
                        checked -> assertThat(checked.firings())
                                .startsWith(Instant.parse("2026-11-23T08:00:00Z"))
                                .hasSize(5));
        assertThat(chronos.store.jobs()).isEmpty();
    }

    private void put(String name, String schedule, UnaryOperator<Policy> change) {
        chronos.put(
                Scenario.spec(name).toBuilder()
                        .policy(change.apply(Policy.ORIGINAL))
                        .build(),
                new Timing.OnSchedule(schedule, ""));
    }

    private void child(String name, Policy.Trigger trigger, Policy.Join join, String... parents) {
        Policy p = Policy.ORIGINAL;
        Policy policy = new Policy(
                p.catchUp(),
                p.epsilon(),
                p.overlap(),
                p.backoff(),
                p.priority(),
                p.paused(),
                p.async(),
                trigger,
                join,
                p.notices());
        chronos.put(Scenario.spec(name).toBuilder().policy(policy).build(), new Timing.AfterParents(List.of(parents)));
    }

    private static UnaryOperator<Policy> policy(Policy.CatchUp catchUp, Duration epsilon, Policy.Overlap overlap) {
        return p -> new Policy(
                catchUp,
                epsilon,
                overlap,
                p.backoff(),
                p.priority(),
                p.paused(),
                p.async(),
                p.trigger(),
                p.join(),
                p.notices());
    }

    private static Policy async(Policy p) {
        return with(p, p.priority(), true, p.notices().toArray(Notice.Kind[]::new));
    }

    private static Policy priority(Policy p, int priority) {
        return with(p, priority, p.async(), p.notices().toArray(Notice.Kind[]::new));
    }

    private static Policy notices(Policy p, Notice.Kind... kinds) {
        return with(p, p.priority(), p.async(), kinds);
    }

    private static Policy with(Policy p, int priority, boolean async, Notice.Kind... kinds) {
        return new Policy(
                p.catchUp(),
                p.epsilon(),
                p.overlap(),
                p.backoff(),
                priority,
                p.paused(),
                async,
                p.trigger(),
                p.join(),
                Ordered.setOf(List.of(kinds)));
    }

    /** A run that fails, and whose retry fails too. */
    private void fail(String job) {
        TaskId first = chronos.runNow(job).offer().launchedTask();
        chronos.status(first, TaskState.TASK_FAILED);
        Run retry = chronos.runs(job).getLast();
        TaskId second =
                chronos.later(Duration.ofMinutes(1)).retryDue(retry).offer().launchedTask();
        chronos.status(second, TaskState.TASK_FAILED);
    }

    /** Runs a job now, alone, to its end. */
    private void end(String job, TaskState state) {
        chronos.runNow(job);
        endQueued(job, state);
    }

    /** Ends the run of a job that waits; others that wait are launched beside it and go on. */
    private void endQueued(String job, TaskState state) {
        chronos.offer();
        Run run = chronos.runs(job).getLast();
        chronos.status(run.task(), state);
    }

    private List<String> nominals(String job) {
        return chronos.runs(job).stream()
                .map(run -> run.key().nominal().toString().substring(11, 16))
                .toList();
    }

    private List<Outcome> outcomes(String job) {
        return chronos.runs(job).stream()
                .filter(Run::ended)
                .filter(run -> run.key().attempt() == 0)
                .map(run -> ((Progress.Ended) run.progress()).outcome())
                .toList();
    }

    private static String message(Run run) {
        return ((Progress.Ended) run.progress()).message();
    }

    private List<Notice.Kind> kinds() {
        return chronos.store.notices().stream().map(Notice::kind).toList();
    }
}
