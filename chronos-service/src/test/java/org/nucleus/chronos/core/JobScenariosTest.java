package org.nucleus.chronos.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.chronos.core.schedule.Position;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosInput.Timing;
import org.nucleus.chronos.core.state.Constraint;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.Value;
import org.nucleus.wire.scheduler.Call;

/** Jobs: created, replaced, deleted, triggered by their parents, disabled, placed by constraints. */
class JobScenariosTest {
    private static final String FAR = "R/2035-01-01T00:00:00Z/P1D";
    private final Scenario chronos = new Scenario();

    @Test
    void aChildRunsOnceEveryParentHasSucceededSinceItsLastRun() {
        chronos.put("a", FAR).put("b", FAR).child("c", "a", "b");

        chronos.succeed("a").succeed("a");
        assertThat(chronos.runs("c")).isEmpty();
        chronos.failover().input(new ChronosInput.Subscribed(Scenario.FRAMEWORK));
        chronos.succeed("b");
        assertThat(chronos.runs("c")).as("the counts survive a failover").hasSize(1);

        chronos.succeed("b");
        assertThat(chronos.runs("c")).as("a has not succeeded since").hasSize(1);
    }

    @Test
    void aFailedParentTriggersOnlyWithASoftError() {
        chronos.put(Scenario.spec("hard", false, false, List.of()), new Timing.OnSchedule(FAR, ""))
                .put(Scenario.spec("soft", true, false, List.of()), new Timing.OnSchedule(FAR, ""))
                .child("afterHard", "hard")
                .child("afterSoft", "soft");

        for (String parent : List.of("hard", "soft")) {
            TaskId task = chronos.runNow(parent).offer().launchedTask();
            chronos.status(task, TaskState.TASK_ERROR);
        }

        assertThat(chronos.runs("afterHard")).isEmpty();
        assertThat(chronos.runs("afterSoft")).hasSize(1);
    }

    @Test
    void aDisabledChildIsNotStarted() {
        chronos.put("a", FAR).put(Scenario.spec("c").withDisabled(true), new Timing.AfterParents(List.of("a")));

        chronos.succeed("a");

        assertThat(chronos.runs("c")).isEmpty();
    }

    @Test
    void successMarkedByHandTriggersTheChildren() {
        chronos.put("a", FAR).child("c", "a");

        chronos.input(new ChronosInput.MarkSuccess(7, "a"));

        assertThat(chronos.answer()).isEqualTo(new Answer.Marked(true));
        assertThat(chronos.runs("c")).hasSize(1);
        assertThat(chronos.input(new ChronosInput.MarkSuccess(8, "nobody")).answer())
                .isEqualTo(new Answer.Marked(false));
    }

    @Test
    void missingParentsAndCyclesAreNamed() {
        chronos.put("a", FAR).child("b", "a").child("c", "b");

        assertThat(chronos.child("d", "a", "x", "y").answer())
                .isEqualTo(new Answer.Refused("Error, parent does not exist: x, y"));
        assertThat(chronos.child("a", "c").answer())
                .isEqualTo(new Answer.Refused("The job would depend on itself: a -> b -> c -> a"));
        assertThat(chronos.child("e", "e").answer())
                .isEqualTo(new Answer.Refused("The job would depend on itself: e -> e"));
        assertThat(chronos.store.jobs()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void theChildrenOfADeletedChildGetItsParents() {
        chronos.put("a", FAR).put("b", FAR).child("middle", "a", "b").child("last", "middle");

        chronos.input(new ChronosInput.DeleteJob(1, "middle", ChronosInput.Children.REPARENT));

        assertThat(chronos.job("last").parents()).containsExactly("a", "b");
    }

    @Test
    void theOnlyChildOfADeletedScheduleInheritsItAndKeepsEverythingElse() {
        var constraint = Constraint.of("rack", Constraint.Operator.EQUALS, "r1");
        chronos.put("a", FAR)
                .put("b", FAR)
                .put(Scenario.spec("only", false, false, List.of(constraint)), new Timing.AfterParents(List.of("a")))
                .child("both", "a", "b");

        chronos.input(new ChronosInput.DeleteJob(1, "a", ChronosInput.Children.REPARENT));

        assertThat(chronos.job("only").plan())
                .isInstanceOfSatisfying(
                        Plan.Scheduled.class,
                        plan -> assertThat(plan.schedule().text()).isEqualTo(FAR));
        assertThat(chronos.job("only").spec().constraints()).containsExactly(constraint);
        assertThat(chronos.job("both").parents()).containsExactly("b");
    }

    @Test
    void aDeletedJobsRunsAreKilledAndEnded() {
        chronos.put("a", FAR);
        TaskId task = chronos.runNow("a").offer().launchedTask();

        chronos.input(new ChronosInput.DeleteJob(1, "a", ChronosInput.Children.REPARENT));

        assertThat(chronos.calls(Call.Type.KILL)).hasSize(1);
        assertThat(outcome(chronos.onlyRun("a"))).isEqualTo(Outcome.KILLED);
        assertThat(chronos.status(task, TaskState.TASK_RUNNING).calls(Call.Type.KILL))
                .hasSize(1);
    }

    @Test
    void theSameScheduleKeepsItsPlaceAndAnotherBeginsAnew() {
        chronos.put("a", "R5/2026-11-22T12:00:00Z/P1D").due("a");
        assertThat(position("a")).isEqualTo(new Position(1, 4));

        chronos.put("a", "R5/2026-11-22T12:00:00Z/P1D");
        assertThat(position("a")).isEqualTo(new Position(1, 4));

        chronos.put("a", "R6/2026-11-22T12:00:00Z/P1D");
        assertThat(position("a")).isEqualTo(new Position(0, 6));
    }

    @Test
    void aJobThatHasUsedUpItsRecurrencesIsDisabledAfterItsLastRunAndMayBeginAnew() {
        chronos.put("a", "R1//P").due("a");
        assertThat(chronos.job("a").spec().disabled()).isFalse();
        TaskId task = chronos.offer().launchedTask();
        chronos.status(task, TaskState.TASK_FINISHED);
        assertThat(chronos.job("a").spec().disabled()).isTrue();

        chronos.later(Duration.ofSeconds(5)).put("a", "R1//P").due("a");
        assertThat(chronos.runs("a")).hasSize(2);
    }

    @Test
    void failuresInARowDisableAJobAndNothingEnablesIt() {
        Scenario strict = new Scenario(2);
        strict.put("a", FAR);
        for (int i = 0; i < 2; i++) {
            TaskId task = strict.runNow("a").offer().launchedTask();
            strict.status(task, TaskState.TASK_ERROR);
        }

        assertThat(strict.job("a").spec().disabled()).isTrue();
        TaskId task = strict.runNow("a").offer().launchedTask();
        strict.status(task, TaskState.TASK_ERROR);
        assertThat(strict.job("a").spec().disabled())
                .as("its own failure does not enable it")
                .isTrue();
    }

    @Test
    void disablingAJobWithdrawsWhatWasNotLaunched() {
        chronos.put("a", "R//PT1H").due("a");

        chronos.put(Scenario.spec("a").withDisabled(true), new Timing.OnSchedule("R//PT1H", ""));

        assertThat(outcome(chronos.onlyRun("a"))).isEqualTo(Outcome.SKIPPED);
        chronos.later(Duration.ofHours(2)).due("a");
        assertThat(chronos.runs("a")).hasSize(1);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "rack, EQUALS, r1, true",
        "rack, EQUALS, r.*, false",
        "rack, LIKE, r\\d, true",
        "rack, LIKE, r, false",
        "rack, UNLIKE, r\\d, false",
        "rack, UNLIKE, x, true",
        "size, LIKE, 1\\d, true",
        "tags, LIKE, ssd|nvme, true",
        "tags, UNLIKE, ssd, false",
        "nothing, EQUALS, r1, false",
        "nothing, LIKE, .*, false",
        "nothing, UNLIKE, .*, true",
        "hostname, EQUALS, host.example, true",
        "hostname, LIKE, host.*, true",
        "hostname, UNLIKE, host.*, false"
    })
    void constraintsDecideWhereARunGoes(String attribute, Constraint.Operator operator, String value, boolean fits) {
        chronos.put(
                        Scenario.spec("a", false, false, List.of(Constraint.of(attribute, operator, value))),
                        new Timing.OnSchedule(FAR, ""))
                .runNow("a");

        chronos.offer(
                "host.example",
                Attribute.builder()
                        .name("rack")
                        .type(Value.Type.TEXT)
                        .text(new Value.Text("r1"))
                        .build(),
                Attribute.builder()
                        .name("size")
                        .type(Value.Type.SCALAR)
                        .scalar(new Value.Scalar(12))
                        .build(),
                Attribute.builder()
                        .name("tags")
                        .type(Value.Type.SET)
                        .set(new Value.Set(List.of("ssd", "big")))
                        .build());

        assertThat(chronos.launched()).hasSize(fits ? 1 : 0);
    }

    private Position position(String job) {
        return ((Plan.Scheduled) chronos.job(job).plan()).position();
    }

    private static Outcome outcome(Run run) {
        return ((Progress.Ended) run.progress()).outcome();
    }
}
