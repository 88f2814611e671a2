package org.nucleus.marathon.core.instance;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.instance.TaskStates.Verdict;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Change.CheckSeen;
import org.nucleus.marathon.core.state.Change.HealthSeen;
import org.nucleus.marathon.core.state.Change.InstanceStored;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Health;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonEvent.HealthCheckFailed;
import org.nucleus.marathon.core.state.MarathonEvent.UnknownInstanceTerminated;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;

/** What the master says of tasks. Each status with a uuid is acknowledged, once what it changed is stored. */
public final class Updates {
    private final Instances instances;

    public Updates(Instances instances) {
        this.instances = instances;
    }

    /** What isn't ours is killed. */
    public void updated(TaskStatus status, Frame frame) {
        acknowledge(status, frame);
        String task = status.taskId().value();
        Instance instance = frame.state()
                .instance(InstanceId.ofTask(task))
                .filter(found -> found.hasTask(task))
                .orElse(null);
        Verdict verdict = TaskStates.of(status);
        if (instance == null) {
            unknown(status, verdict, frame);
            return;
        }
        Announcements.status(instance, status, frame);
        noteCheck(instance, status, frame);
        if (instance.members().isEmpty()) {
            single(instance, verdict, status, frame);
        } else {
            member(instance, verdict, status, frame);
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

    private static void noteCheck(Instance instance, TaskStatus status, Frame frame) {
        if (status.checkStatus() != null) {
            String container = instance.id().container(status.taskId().value());
            frame.record(new CheckSeen(instance.id(), instance.incarnation(), container, status.checkStatus()));
        }
    }

    private void single(Instance instance, Verdict verdict, TaskStatus status, Frame frame) {
        switch (verdict) {
            case Verdict.Alive(var condition) -> {
                Boolean healthy = healthOfTask(instance, status, frame);
                alive(instance, condition, healthy, status, frame);
            }
            case Verdict.Over(var counts) -> instances.over(instance, status, counts, frame);
        }
    }

    /** The agent's word is one check among the app's; all of them together are the verdict. */
    private static @Nullable Boolean healthOfTask(Instance instance, TaskStatus status, Frame frame) {
        if (status.healthy() == null) {
            return instance.healthy();
        }
        List<HealthCheck> checks =
                frame.state().definition(instance).map(App::healthChecks).orElse(List.of());
        int byAgent = HealthVerdict.byAgent(checks);
        if (byAgent < 0) {
            return status.healthy();
        }
        Health before = frame.state().health(instance, byAgent);
        Health after = status.healthy() ? before.passed(frame.now()) : before.failed(frame.now(), "by its agent");
        frame.record(new HealthSeen(instance.id(), byAgent, after));
        if (!status.healthy()) {
            frame.publish(new HealthCheckFailed(frame.now(), instance, checks.get(byAgent)));
        }
        return HealthVerdict.of(instance, checks, frame.state());
    }

    private void member(Instance instance, Verdict verdict, TaskStatus status, Frame frame) {
        String container = instance.id().container(status.taskId().value());
        Instance.Member before = instance.members().stream()
                .filter(one -> one.container().equals(container))
                .findFirst()
                .orElseThrow();
        if (before.isOver()) {
            return;
        }
        String state = status.state().name();
        Instance.Member after = new Instance.Member(
                container,
                state,
                state.equals(before.state()) ? before.since() : frame.now(),
                status.healthy() == null ? before.healthy() : status.healthy(),
                Objects.requireNonNullElse(status.message(), ""),
                exitCode(status));
        Instance changed = instance.with(after);
        if (!changed.equals(instance)) {
            frame.record(new InstanceStored(changed));
        }
        boolean allOver = changed.members().stream().allMatch(Instance.Member::isOver);
        switch (verdict) {
            case Verdict.Over(var counts) -> {
                if (allOver) {
                    instances.over(changed, PodStates.last(changed, status), counts, frame);
                } else if (changed.killedAt() == null) {
                    instances.replace(changed, frame);
                }
            }
            case Verdict.Alive(var ignored) ->
                alive(changed, PodStates.condition(changed), PodStates.healthy(changed), status, frame);
        }
    }

    private static @Nullable Integer exitCode(TaskStatus status) {
        String message = status.message();
        if (message == null) {
            return null;
        }
        var matcher = PodStates.EXIT.matcher(message);
        return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
    }

    private void alive(
            Instance instance, Condition condition, @Nullable Boolean healthy, TaskStatus status, Frame frame) {
        if (condition == Condition.UNREACHABLE) {
            instances.unreachable(instance, status, frame);
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
        Instance moved = instance.in(next, frame.now()).with(run, healthy);
        Instance changed = next == Condition.RUNNING ? moved.settled() : moved;
        if (changed.equals(instance)) {
            return;
        }
        frame.record(new InstanceStored(changed));
        if (next != instance.condition()) {
            Announcements.moved(changed, Announcements.condition(next), frame);
            if (next == Condition.RUNNING) {
                Probes.start(changed, frame);
            }
            if (instance.condition().isUnreachable() && instance.killedAt() != null) {
                instances.replace(changed, frame);
            }
        }
        if (healthy != null && !healthy.equals(instance.healthy())) {
            Announcements.health(changed, healthy, frame);
        }
    }

    /** An answer to a reconciliation may be older than what the agent told meanwhile. */
    private static boolean isBehind(Condition told, Instance instance) {
        boolean early = told == Condition.STAGING || told == Condition.STARTING;
        return early && (instance.condition() == Condition.RUNNING || instance.condition() == Condition.KILLING);
    }

    private static List<NetworkInfo.IpAddress> addresses(TaskStatus status) {
        var container = status.containerStatus();
        return container == null
                ? List.of()
                : container.networkInfos().stream()
                        .flatMap(network -> network.ipAddresses().stream())
                        .toList();
    }
}
