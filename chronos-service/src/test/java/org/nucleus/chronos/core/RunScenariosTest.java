package org.nucleus.chronos.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosInput.Timing;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.scheduler.Call;

/** Runs: due, launched, retried, lost and found, over failovers. */
class RunScenariosTest {
    private static final String HOURLY = "R/2026-11-22T13:00:00Z/PT1H";
    private final Scenario chronos = new Scenario();

    @Test
    void offersAreRefusedUntilSomethingIsDue() {
        chronos.put("job", HOURLY);
        assertThat(chronos.calls(Call.Type.REVIVE)).isEmpty();

        chronos.offer();
        assertThat(chronos.calls(Call.Type.DECLINE)).hasSize(1);

        chronos.later(Duration.ofHours(1)).due("job");
        assertThat(chronos.calls(Call.Type.REVIVE)).hasSize(1);

        chronos.offer();
        assertThat(chronos.launched()).hasSize(1);
        assertThat(chronos.calls(Call.Type.SUPPRESS)).hasSize(1);
    }

    @Test
    void aRunIsStoredAsLaunchingInTheStepThatAccepts() {
        chronos.put("job", HOURLY).later(Duration.ofHours(1)).due("job").offer();

        Run run = chronos.onlyRun("job");
        assertThat(run.progress()).isInstanceOf(Progress.Launching.class);
        assertThat(run.key().nominal()).isEqualTo(Instant.parse("2026-11-22T13:00:00Z"));
        assertThat(run.key().cause()).isEqualTo(Cause.SCHEDULE);
        assertThat(run.task()).isEqualTo(chronos.launchedTask());
    }

    @Test
    void aTimerThatComesTooEarlyOrTwiceStartsNothing() {
        chronos.put("job", HOURLY).due("job");
        assertThat(chronos.runs("job")).isEmpty();

        chronos.later(Duration.ofHours(1)).due("job").due("job");
        assertThat(chronos.runs("job")).hasSize(1);
    }

    @Test
    void whatWasMissedIsRecordedAndTheLatestFiringRuns() {
        chronos.put("job", HOURLY)
                .later(Duration.ofMinutes(60 * 5 + 20))
                .failover()
                .due("job");

        assertThat(chronos.runs("job")).hasSize(2);
        Run missed = chronos.runs("job").getFirst();
        Run run = chronos.runs("job").getLast();
        assertThat(outcome(missed)).isEqualTo(Outcome.MISSED);
        assertThat(message(missed)).startsWith("4 firings from 2026-11-22T13:00:00Z");
        assertThat(run.key().nominal()).isEqualTo(Instant.parse("2026-11-22T17:00:00Z"));
        assertThat(run.queued()).isTrue();
    }

    @Test
    void aFiringWhoseCommitFailedIsRunOnceByTheNextLeader() {
        chronos.put("job", HOURLY).later(Duration.ofHours(1));
        chronos.lost(new ChronosInput.TimerFired(new Alarm.JobDue("job")));

        chronos.failover().due("job").due("job");

        assertThat(chronos.runs("job")).hasSize(1);
    }

    @Test
    void aLaunchThatNeverHappenedIsLaunchedAgainUnderAnotherId() {
        chronos.put("job", HOURLY);
        TaskId first = chronos.runNow("job").offer().launchedTask();

        chronos.failover().input(new ChronosInput.Subscribed(Scenario.FRAMEWORK));
        assertThat(asked()).containsExactly(first);
        chronos.later(Duration.ofSeconds(1)).answered(first, TaskState.TASK_GONE);
        TaskId second = chronos.offer().launchedTask();
        chronos.answered(first, TaskState.TASK_GONE);

        assertThat(second).isNotEqualTo(first);
        assertThat(chronos.launched()).isEmpty();
        assertThat(chronos.onlyRun("job").task()).isEqualTo(second);
        assertThat(chronos.onlyRun("job").launches()).isEqualTo(2);
    }

    @Test
    void aLaunchThatDidHappenIsFoundAfterAFailover() {
        chronos.put("job", HOURLY);
        TaskId task = chronos.runNow("job").offer().launchedTask();

        chronos.failover()
                .input(new ChronosInput.Subscribed(Scenario.FRAMEWORK))
                .answered(task, TaskState.TASK_RUNNING);
        chronos.offer();

        assertThat(chronos.launched()).isEmpty();
        assertThat(chronos.onlyRun("job").progress()).isInstanceOf(Progress.Running.class);
    }

    @Test
    void anAcceptanceWithoutAnAnswerEndsTheConnectionBeforeAnythingIsDecided() {
        chronos.put("job", HOURLY);
        TaskId task = chronos.runNow("job").offer().launchedTask();

        chronos.input(new ChronosInput.LaunchRefused(List.of(task), false));

        assertThat(chronos.effects()).containsExactly(new Effect.Resubscribe(Scenario.FRAMEWORK));
    }

    @Test
    void aDroppedTaskGoesBackToTheQueueButNotForEver() {
        chronos.put("job", HOURLY).runNow("job");
        for (int i = 0; i < 5; i++) {
            TaskId task = chronos.offer().launchedTask();
            chronos.later(Duration.ofMillis(5)).status(task, TaskState.TASK_DROPPED);
        }

        assertThat(outcome(chronos.runs("job").getFirst())).isEqualTo(Outcome.LOST);
        assertThat(chronos.runs("job").getLast().progress()).isInstanceOf(Progress.Delayed.class);
    }

    @ParameterizedTest(name = "{0}: {1}, tried again: {2}")
    @CsvSource({
        "TASK_FAILED, FAILED, true",
        "TASK_LOST, LOST, true",
        "TASK_UNREACHABLE, LOST, true",
        "TASK_GONE, LOST, true",
        "TASK_GONE_BY_OPERATOR, LOST, true",
        "TASK_UNKNOWN, LOST, true",
        "TASK_DROPPED, LOST, true",
        "TASK_ERROR, FAILED, false",
        "TASK_KILLED, KILLED, false",
        "TASK_FINISHED, SUCCEEDED, false"
    })
    void everyEndOfARunningTaskHasItsOutcome(TaskState state, Outcome outcome, boolean retried) {
        chronos.put("job", HOURLY);
        TaskId task = chronos.runNow("job").offer().launchedTask();

        chronos.status(task, TaskState.TASK_RUNNING).status(task, state);

        assertThat(outcome(chronos.runs("job").getFirst())).isEqualTo(outcome);
        assertThat(chronos.runs("job")).hasSize(retried ? 2 : 1);
        assertThat(chronos.calls(Call.Type.ACKNOWLEDGE)).hasSize(1);
    }

    @Test
    void aRetryWaitsAndSurvivesAFailover() {
        chronos.put("job", HOURLY);
        TaskId task = chronos.runNow("job").offer().launchedTask();
        chronos.status(task, TaskState.TASK_FAILED);

        chronos.failover();
        Run retry = chronos.runs("job").getLast();
        assertThat(chronos.effects())
                .contains(new Effect.Wake(new Alarm.RetryDue(retry.key()), Scenario.BEGIN.plus(Duration.ofMinutes(1))));
        chronos.retryDue(retry);
        assertThat(chronos.runs("job").getLast().progress()).isInstanceOf(Progress.Delayed.class);

        TaskId second = chronos.later(Duration.ofMinutes(1))
                .retryDue(retry)
                .input(new ChronosInput.Subscribed(Scenario.FRAMEWORK))
                .offer()
                .launchedTask();
        assertThat(second.value())
                .isEqualTo("ct:" + Scenario.BEGIN.plusSeconds(60).toEpochMilli() + ":1:job:");
        chronos.status(second, TaskState.TASK_FAILED);
        assertThat(chronos.runs("job")).hasSize(2);
        assertThat(chronos.job("job").tally().errorCount()).isEqualTo(1);
    }

    @Test
    void anOverlappingRunIsSkippedOnRecordUnlessTheJobIsConcurrent() {
        chronos.put("single", HOURLY).runNow("single").runNow("single");
        assertThat(chronos.runs("single").stream().map(RunScenariosTest::outcomeOrNull))
                .containsExactly(null, Outcome.SKIPPED);
        assertThat(message(chronos.runs("single").getLast())).contains("concurrent is false");

        chronos.put(Scenario.spec("many", false, true, List.of()), new Timing.OnSchedule(HOURLY, ""))
                .runNow("many")
                .runNow("many");
        assertThat(chronos.runs("many")).allMatch(Run::queued).hasSize(2);
        assertThat(chronos.offer().launched())
                .extracting(TaskInfo::taskId)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void aTaskNobodyKnowsIsKilledAndAnOldEndOnlyAcknowledged() {
        TaskId stranger = new TaskId("ct:1:0:gone:");

        chronos.answered(stranger, TaskState.TASK_RUNNING);
        assertThat(chronos.calls(Call.Type.KILL)).hasSize(1);

        chronos.status(stranger, TaskState.TASK_FINISHED);
        assertThat(chronos.calls(Call.Type.KILL)).isEmpty();
        assertThat(chronos.calls(Call.Type.ACKNOWLEDGE)).hasSize(1);
    }

    @Test
    void aKillIsRepeatedOnEveryConnectionAndIsNoReasonToRetry() {
        chronos.put("job", HOURLY);
        TaskId task = chronos.runNow("job").offer().launchedTask();
        chronos.input(new ChronosInput.KillTasks(99, "job"));
        assertThat(chronos.calls(Call.Type.KILL)).hasSize(1);

        chronos.failover().input(new ChronosInput.Subscribed(Scenario.FRAMEWORK));
        assertThat(chronos.calls(Call.Type.KILL)).hasSize(1);

        chronos.status(task, TaskState.TASK_FAILED);
        assertThat(outcome(chronos.onlyRun("job"))).isEqualTo(Outcome.KILLED);
    }

    @Test
    void aRemovedFrameworkRegistersAnewAndItsRunsAreTriedAgain() {
        chronos.put("job", HOURLY);
        TaskId task = chronos.runNow("job").offer().launchedTask();
        chronos.status(task, TaskState.TASK_RUNNING);

        chronos.input(new ChronosInput.FrameworkRemoved("Framework has been removed"));
        assertThat(chronos.effects()).containsExactly(new Effect.Resubscribe(null));
        assertThat(chronos.store.recover().framework()).isNull();

        chronos.input(new ChronosInput.Subscribed(new FrameworkId("f-0002"))).answered(task, TaskState.TASK_GONE);
        assertThat(outcome(chronos.runs("job").getFirst())).isEqualTo(Outcome.LOST);
        assertThat(chronos.runs("job")).hasSize(2);
    }

    private List<TaskId> asked() {
        return chronos.calls(Call.Type.RECONCILE).stream()
                .flatMap(call -> call.reconcile().tasks().stream())
                .map(Call.Reconcile.Task::taskId)
                .toList();
    }

    private static Outcome outcome(Run run) {
        return ((Progress.Ended) run.progress()).outcome();
    }

    private static Outcome outcomeOrNull(Run run) {
        return run.ended() ? outcome(run) : null;
    }

    private static String message(Run run) {
        return ((Progress.Ended) run.progress()).message();
    }
}
