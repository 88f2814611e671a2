package org.nucleus.marathon.core.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.instance.TaskStates.Verdict;
import org.nucleus.marathon.core.launch.LaunchDelays;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Change.InstanceForgotten;
import org.nucleus.marathon.core.state.Change.InstanceStored;
import org.nucleus.marathon.core.state.Change.TaskFailed;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Failure;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Goal;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonEvent.UnknownInstanceTerminated;
import org.nucleus.marathon.core.state.Policy.UnreachableStrategy;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;

/** Rules for single instances. How many there should be is decided elsewhere. */
public final class Instances {
    private final LaunchDelays delays;
    private final Kills kills = new Kills();

    public Instances(LaunchDelays delays) {
        this.delays = delays;
    }

    /** One more instance of {@code app}, waiting for an offer. */
    public void schedule(App app, Frame frame) {
        InstanceId id = new InstanceId(app.id().joined() + ".instance-" + frame.nextUuid());
        frame.record(new InstanceStored(Instance.scheduled(id, app, frame.now())));
    }

    /** Lets {@code instance} go for good. */
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
            kills.kill(instance, Goal.RUNNING, frame);
        }
    }

    /** Every status with a uuid is acknowledged, once what it changed is stored; what isn't ours is killed. */
    public void updated(TaskStatus status, Frame frame) {
        acknowledge(status, frame);
        String task = status.taskId().value();
        Instance instance = frame.state()
                .instance(InstanceId.ofTask(task))
                .filter(found -> found.isLaunched() && found.taskId().equals(task))
                .orElse(null);
        Verdict verdict = TaskStates.of(status);
        if (instance == null) {
            unknown(status, verdict, frame);
            return;
        }
        Announcements.status(instance, status, frame);
        switch (verdict) {
            case Verdict.Alive(var condition) -> alive(instance, condition, status, frame);
            case Verdict.Over(var counts) -> over(instance, status, counts, frame);
        }
    }

    private static void acknowledge(TaskStatus status, Frame frame) {
        if (status.uuid() != null && status.agentId() != null) {
            frame.call(Call.builder()
                    .type(Call.Type.ACKNOWLEDGE)
                    .acknowledge(new Call.Acknowledge(status.agentId(), status.taskId(), status.uuid()))
                    .build());
        }
    }

    private static void unknown(TaskStatus status, Verdict verdict, Frame frame) {
        switch (verdict) {
            case Verdict.Alive(var condition) -> {
                if (condition != Condition.UNREACHABLE) {
                    frame.call(Kills.call(status.taskId().value(), status.agentId(), null));
                }
            }
            case Verdict.Over _ ->
                frame.publish(new UnknownInstanceTerminated(
                        frame.now(),
                        InstanceId.ofTask(status.taskId().value()),
                        Announcements.condition(status.state())));
        }
    }

    private void alive(Instance instance, Condition condition, TaskStatus status, Frame frame) {
        if (condition == Condition.UNREACHABLE) {
            unreachable(instance, status, frame);
            return;
        }
        Condition next = isBehind(condition, instance) ? instance.condition() : condition;
        Run run = instance.run();
        if (run != null && next == Condition.RUNNING) {
            run = run.started(frame.now());
        }
        List<NetworkInfo.IpAddress> addresses = addresses(status);
        if (run != null && !addresses.isEmpty()) {
            run = run.at(addresses);
        }
        Boolean healthy = status.healthy() == null ? instance.healthy() : status.healthy();
        Instance changed = instance.in(next, frame.now()).with(run, healthy);
        if (changed.equals(instance)) {
            return;
        }
        frame.record(new InstanceStored(changed));
        if (next != instance.condition()) {
            Announcements.moved(changed, Announcements.condition(next), frame);
            if (next == Condition.RUNNING) {
                startProbes(changed, frame);
            }
        }
        if (status.healthy() != null && !status.healthy().equals(instance.healthy())) {
            Announcements.health(changed, status.healthy(), frame);
        }
    }

    /** An answer to a reconciliation may be older than what the agent told meanwhile. */
    private static boolean isBehind(Condition told, Instance instance) {
        boolean early = told == Condition.STAGING || told == Condition.STARTING;
        return early && (instance.condition() == Condition.RUNNING || instance.condition() == Condition.KILLING);
    }

    private void unreachable(Instance instance, TaskStatus status, Frame frame) {
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
        if (strategy == null || !instance.condition().isUnreachable()) {
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

    private void over(Instance instance, TaskStatus status, boolean counts, Frame frame) {
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
        if (counts && instance.killedAt() == null && app.isCurrent(instance)) {
            delays.failed(app, frame);
        }
        frame.record(new InstanceStored(instance.rescheduled(app, frame.now())));
    }

    private static void fail(Instance instance, TaskStatus status, Frame frame) {
        Run run = instance.run();
        frame.record(new TaskFailed(new Failure(
                instance.app(),
                run == null ? "" : run.host(),
                status.message() == null ? "" : status.message(),
                status.state().name(),
                instance.taskId(),
                frame.now(),
                instance.version(),
                run == null ? "" : run.agent())));
    }

    /** A task that should be up or dead by now: asked to die, once more if need be. */
    public void overdue(InstanceId id, Frame frame) {
        Instance instance = frame.state().instance(id).orElse(null);
        if (instance == null || instance.condition().isUnreachable()) {
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
            kills.kill(instance, Goal.RUNNING, frame);
        }
    }

    /** After an election: every alarm that the former leader had set. */
    public void recovered(Frame frame) {
        for (Instance instance : frame.state().instances()) {
            if (instance.condition() == Condition.RUNNING) {
                startProbes(instance, frame);
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
                known.add(new Call.Reconcile.Task(new TaskId(instance.taskId()), new AgentId(run.agent())));
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

    private static void startProbes(Instance instance, Frame frame) {
        List<HealthCheck> checks =
                frame.state().app(instance.app()).map(App::healthChecks).orElse(List.of());
        for (int check = 0; check < checks.size(); check++) {
            if (checks.get(check).protocol().isByMarathon()) {
                frame.wake(new TimerKey.Probe(instance.id(), check), Duration.ZERO);
            }
        }
    }

    private static List<NetworkInfo.IpAddress> addresses(TaskStatus status) {
        var container = status.containerStatus();
        if (container == null) {
            return List.of();
        }
        return container.networkInfos().stream()
                .flatMap(network -> network.ipAddresses().stream())
                .toList();
    }

    static @Nullable Integer grace(Instance instance, Frame frame) {
        return frame.state()
                .app(instance.app())
                .map(app -> app.policy().killGracePeriodSeconds())
                .orElse(null);
    }
}
