package org.nucleus.marathon.core.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nucleus.marathon.core.launch.LaunchDelays;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Change.DeploymentFailureCounted;
import org.nucleus.marathon.core.state.Change.InstanceForgotten;
import org.nucleus.marathon.core.state.Change.InstanceStored;
import org.nucleus.marathon.core.state.Change.TaskFailed;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Failure;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Goal;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.Policy.UnreachableStrategy;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;

/** Rules for single instances. How many there should be is decided elsewhere. */
public final class Instances {
    private final LaunchDelays delays;
    private final Kills kills = new Kills();

    public Instances(LaunchDelays delays) {
        this.delays = delays;
    }

    /** One more instance of {@code app}, waiting for an offer: one that rested with its data, if there is one. */
    public void schedule(App app, Frame frame) {
        Optional<Instance> rested = frame.state().instances(app.id()).stream()
                .filter(Instance::rests)
                .findFirst();
        if (rested.isPresent()) {
            frame.record(new InstanceStored(rested.get().woken(app, frame.now())));
            return;
        }
        InstanceId id = new InstanceId(app.id().joined() + ".instance-" + frame.nextUuid());
        frame.record(new InstanceStored(Instance.scheduled(id, app, frame.now())));
    }

    /** One instance too many goes: for good, or, if it has data, until it is wanted again. */
    public void letGo(Instance instance, Frame frame) {
        if (instance.home() == null) {
            decommission(instance, frame);
        } else if (!instance.isLaunched()) {
            frame.record(new InstanceStored(
                    instance.killed(Goal.STOPPED, frame.now()).resting(frame.now())));
        } else if (instance.goal() == Goal.RUNNING) {
            kills.kill(instance, Goal.STOPPED, frame);
        }
    }

    /** Lets {@code instance} go for good, with all its data. */
    public void decommission(Instance instance, Frame frame) {
        if (!instance.isLaunched() || instance.condition().isUnreachable()) {
            frame.record(new InstanceForgotten(instance.app(), instance.id()));
            Announcements.moved(instance, "Killed", frame);
            return;
        }
        if (instance.goal() != Goal.DECOMMISSIONED) {
            kills.kill(instance, Goal.DECOMMISSIONED, frame);
        }
    }

    /** Kills the task of {@code instance}; another incarnation takes its place. */
    public void replace(Instance instance, Frame frame) {
        if (instance.isLaunched()) {
            kills.kill(instance, instance.goal(), frame);
        }
    }

    /** The task of {@code instance} is over. */
    void over(Instance instance, TaskStatus status, boolean counts, Frame frame) {
        Announcements.moved(instance, Announcements.condition(status.state()), frame);
        if (TaskStates.isFailure(status.state()) && instance.goal() == Goal.RUNNING) {
            fail(instance, status, frame);
        }
        App app = frame.state().app(instance.app()).orElse(null);
        if (app == null
                || instance.goal() == Goal.DECOMMISSIONED
                || instance.condition() == Condition.UNREACHABLE_INACTIVE) {
            frame.record(new InstanceForgotten(instance.app(), instance.id()));
            return;
        }
        boolean dataIsLost = status.state() == TaskState.TASK_GONE_BY_OPERATOR;
        Instance ended = dataIsLost ? instance.homeless() : instance;
        if (instance.goal() == Goal.STOPPED) {
            frame.record(
                    dataIsLost
                            ? new InstanceForgotten(instance.app(), instance.id())
                            : new InstanceStored(ended.resting(frame.now())));
            return;
        }
        if (counts && instance.killedAt() == null && app.isCurrent(instance)) {
            delays.failed(app, frame);
            countFailure(app, frame);
        }
        frame.record(new InstanceStored(ended.rescheduled(app, frame.now())));
    }

    private static void countFailure(App app, Frame frame) {
        frame.state()
                .deploymentOf(app.id())
                .ifPresent(deployment -> frame.record(new DeploymentFailureCounted(
                        deployment.id(), frame.state().failures(deployment) + 1)));
    }

    void unreachable(Instance instance, TaskStatus status, Frame frame) {
        if (instance.goal() == Goal.DECOMMISSIONED) {
            frame.record(new InstanceForgotten(instance.app(), instance.id()));
            return;
        }
        if (instance.condition().isUnreachable()) {
            return;
        }
        fail(instance, status, frame);
        Instance lost = instance.in(Condition.UNREACHABLE, frame.now());
        frame.record(new InstanceStored(lost));
        Announcements.moved(lost, "Unreachable", frame);
        outOfReach(lost, frame);
    }

    /** Replaces or forgets an unreachable instance when its time has come, and sets the alarm for the next look. */
    public void outOfReach(Instance instance, Frame frame) {
        UnreachableStrategy strategy = frame.state()
                .app(instance.app())
                .map(app -> app.policy().unreachable())
                .orElse(null);
        if (strategy == null || !instance.condition().isUnreachable() || instance.home() != null) {
            return;
        }
        Instant lostAt = instance.condition() == Condition.UNREACHABLE
                ? instance.since()
                : instance.since().minusSeconds(strategy.inactiveAfterSeconds());
        Duration expunge = left(lostAt, strategy.expungeAfterSeconds(), frame);
        Duration inactive = left(lostAt, strategy.inactiveAfterSeconds(), frame);
        if (!expunge.isPositive()) {
            frame.record(new InstanceForgotten(instance.app(), instance.id()));
            return;
        }
        if (!inactive.isPositive() && instance.condition() == Condition.UNREACHABLE) {
            Instance given = instance.in(Condition.UNREACHABLE_INACTIVE, frame.now());
            frame.record(new InstanceStored(given));
            Announcements.moved(given, "UnreachableInactive", frame);
        }
        frame.wake(new TimerKey.Unreachable(instance.id()), inactive.isPositive() ? inactive : expunge);
    }

    private static Duration left(Instant since, long seconds, Frame frame) {
        return Duration.between(frame.now(), since.plusSeconds(seconds));
    }

    private static void fail(Instance instance, TaskStatus status, Frame frame) {
        Run run = instance.run();
        frame.record(new TaskFailed(new Failure(
                instance.app(),
                run == null ? "" : run.host(),
                Objects.requireNonNullElse(status.message(), ""),
                status.state().name(),
                status.taskId().value(),
                frame.now(),
                instance.version(),
                run == null ? "" : run.agent())));
    }

    /** A task that should be up or dead by now: asked to die, once more if need be. */
    public void overdue(InstanceId id, Frame frame) {
        Instance instance = frame.state().instance(id).orElse(null);
        if (instance == null || instance.condition().isUnreachable() || !instance.isLaunched()) {
            return;
        }
        boolean starting = switch (instance.condition()) {
            case PROVISIONED, STAGING, STARTING -> true;
            case SCHEDULED, RUNNING, KILLING, UNREACHABLE, UNREACHABLE_INACTIVE -> false;
        };
        Instant deadline = instance.since().plus(frame.state().settings().taskLaunchTimeout());
        if (instance.killedAt() != null) {
            kills.repeat(instance, frame);
        } else if (starting && frame.now().isBefore(deadline)) {
            frame.wake(new TimerKey.Overdue(id), Duration.between(frame.now(), deadline));
        } else if (starting) {
            kills.kill(instance, instance.goal(), frame);
        }
    }

    /** After an election: every alarm that the former leader had set. */
    public void recovered(Frame frame) {
        for (Instance instance : frame.state().instances()) {
            if (instance.condition() == Condition.RUNNING) {
                Probes.start(instance, frame);
            }
            if (instance.killedAt() != null || instance.isLaunched()) {
                frame.wake(
                        new TimerKey.Overdue(instance.id()),
                        frame.state().settings().killRetry());
            }
            outOfReach(instance, frame);
        }
    }

    /** Asks for the state of all that was launched; the second call brings to light what we don't know. */
    public void reconcile(Frame frame) {
        List<Call.Reconcile.Task> known = new ArrayList<>();
        for (Instance instance : frame.state().instances()) {
            Run run = instance.run();
            if (run != null) {
                instance.taskIds()
                        .forEach(
                                task -> known.add(new Call.Reconcile.Task(new TaskId(task), new AgentId(run.agent()))));
            }
        }
        if (!known.isEmpty()) {
            frame.call(reconcile(known));
        }
        frame.call(reconcile(List.of()));
        frame.wake(new TimerKey.Reconcile(), frame.state().settings().reconciliationInterval());
    }

    private static Call reconcile(List<Call.Reconcile.Task> tasks) {
        return Call.builder()
                .type(Call.Type.RECONCILE)
                .reconcile(new Call.Reconcile(tasks))
                .build();
    }
}
