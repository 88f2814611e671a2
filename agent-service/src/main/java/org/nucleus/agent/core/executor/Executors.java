package org.nucleus.agent.core.executor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.FoundContainer.Condition;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.task.Kills;
import org.nucleus.agent.core.task.TaskRuns;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.executor.Event;

/**
 * An executor's way from its first task to its end. It starts with the first task, must subscribe in time, and lives
 * until it exits or is told to end. Source: slave.cpp, Slave::___run, Slave::shutdownExecutor.
 */
public final class Executors {
    private static final Duration KILL_AGAIN = Duration.ofSeconds(5);

    private final TaskRuns runs;
    private final Pods pods;
    private final Departures departures;

    public Executors(TaskRuns runs, Kills kills) {
        this.runs = runs;
        this.departures = new Departures(runs);
        this.pods = new Pods(kills, departures);
    }

    /**
     * Tasks that came together, with who is to run them. A single task has no group.
     *
     * @param launches whether the master has granted the executor's resources with it
     */
    private record Order(
            FrameworkInfo framework,
            ExecutorInfo executor,
            List<TaskInfo> tasks,
            List<TaskId> group,
            boolean launches) {
        FrameworkId frameworkId() {
            return new FrameworkId(framework.id() == null ? "" : framework.id().value());
        }

        ExecutorKey key() {
            return new ExecutorKey(frameworkId(), executor.executorId());
        }

        boolean isBuiltIn() {
            return executor.type() == ExecutorInfo.Type.DEFAULT;
        }

        Runner runner() {
            return isBuiltIn()
                    ? new Runner.Pod(executor.executorId(), group)
                    : new Runner.Custom(executor.executorId(), group);
        }
    }

    public Pods pods() {
        return pods;
    }

    public void run(AgentEvent.RunTask in, ExecutorInfo executor, Frame frame) {
        perform(
                new Order(
                        in.frameworkInfo(),
                        executor,
                        List.of(in.task()),
                        List.of(),
                        !Boolean.FALSE.equals(in.launchExecutor())),
                frame);
    }

    /** All of a group's tasks run in one executor, or none does. */
    public void runGroup(AgentEvent.RunTaskGroup in, Frame frame) {
        List<TaskId> group = in.tasks().stream().map(TaskInfo::taskId).toList();
        boolean launches = !Boolean.FALSE.equals(in.launchExecutor());
        perform(new Order(in.frameworkInfo(), in.executor(), in.tasks(), group, launches), frame);
    }

    private void perform(Order order, Frame frame) {
        if (!order.tasks().stream().allMatch(task -> TaskRuns.mayTakeOn(order.framework(), task, frame))) {
            return;
        }
        TaskRuns.storeFramework(order.framework(), frame);
        ExecutorRun known = frame.state().executor(order.key()).orElse(null);
        Optional<String> refusal = refusal(order);
        if (refusal.isPresent()) {
            refuse(order, refusal.get(), frame);
            if (order.launches()) {
                notStarted(order.key(), frame);
            }
        } else if (known == null ? !order.launches() : known.dying()) {
            order.tasks().forEach(task -> departures.deny(order.key(), task.taskId(), frame));
        } else {
            start(order, known == null ? launch(order, frame) : known, frame);
        }
    }

    /** The master believes that the executor was started: it wasn't, and its resources are free. */
    public void notStarted(ExecutorKey key, Frame frame) {
        if (frame.state().executor(key).isEmpty()) {
            departures.absent(key, frame);
        }
    }

    private static Optional<String> refusal(Order order) {
        if (order.isBuiltIn()) {
            return order.tasks().stream()
                    .flatMap(task -> unsupported(task).stream())
                    .findFirst();
        }
        return order.executor().command() == null
                ? Optional.of("Executor '" + order.executor().executorId().value() + "' has no command")
                : Optional.empty();
    }

    /** Tasks of a group share what only a container of the machine has. */
    private static Optional<String> unsupported(TaskInfo task) {
        return task.container() != null && task.container().type() == ContainerInfo.Type.DOCKER
                ? Optional.of("Docker containers are not supported in a task group")
                : TaskRuns.unsupported(task);
    }

    private void refuse(Order order, String why, Frame frame) {
        Reason reason = order.group().isEmpty() ? Reason.REASON_TASK_INVALID : Reason.REASON_TASK_GROUP_INVALID;
        for (TaskInfo task : order.tasks()) {
            ContainerId none = TaskRuns.newContainer(frame);
            runs.refuse(runs.takeOn(order.framework(), task, order.runner(), none, frame), reason, why, frame);
        }
    }

    private static ExecutorRun launch(Order order, Frame frame) {
        ExecutorRun run = ExecutorRun.launching(
                order.key(),
                order.executor(),
                TaskRuns.userOf(order.executor().command(), order.framework()),
                TaskRuns.newContainer(frame));
        frame.record(new Change.ExecutorAccepted(run));
        if (!run.isBuiltIn()) {
            frame.emit(new Effect.LaunchExecutor(frame.state().agentId().orElseThrow(), order.framework(), run));
        }
        return run;
    }

    private void start(Order order, ExecutorRun executor, Frame frame) {
        for (TaskInfo task : order.tasks()) {
            ContainerId container = executor.isBuiltIn() ? TaskRuns.newContainer(frame) : executor.container();
            TaskRun run = runs.takeOn(order.framework(), task, order.runner(), container, frame);
            if (executor.isBuiltIn()) {
                TaskRuns.launch(run, frame);
            }
        }
        if (!executor.isBuiltIn()) {
            deliverQueued(executor, frame);
        }
    }

    /** Gives a subscribed executor the tasks that it has not got yet. Those of a group go together. */
    void deliverQueued(ExecutorRun executor, Frame frame) {
        if (frame.state().subscription(executor.key()).isEmpty()) {
            return;
        }
        for (TaskRun queued : frame.state().runsOf(executor.key())) {
            TaskRun now = frame.state().run(queued.key()).orElse(queued);
            if (now.phase() instanceof Phase.Launching) {
                List<TaskRun> together = groupOf(now, frame);
                together.forEach(each -> frame.record(new Change.TaskStarted(each.key(), frame.now())));
                tell(executor.key(), ExecutorEvents.launch(now, together), frame);
            }
        }
    }

    /** The tasks that came with {@code run} and are not over, itself among them. */
    private static List<TaskRun> groupOf(TaskRun run, Frame frame) {
        if (!(run.runner() instanceof Runner.Custom(var _, var group)) || group.isEmpty()) {
            return List.of(run);
        }
        return frame.state().runsOf(run.executorKey()).stream()
                .filter(each -> !each.ended())
                .filter(each -> group.contains(each.key().task()))
                .toList();
    }

    /** A queued task ends here, with its group; another is its executor's to end. */
    public void kill(TaskRun run, @Nullable KillPolicy policy, Frame frame) {
        if (run.phase() instanceof Phase.Launching) {
            groupOf(run, frame).forEach(each -> runs.conclude(each, TaskRuns.killedDuringLaunch(each, frame), frame));
        } else if (!run.ended()) {
            Duration grace = Kills.grace(policy, run.info().killPolicy());
            frame.record(new Change.TaskDoomed(
                    run.key(),
                    new Intent.Die(Intent.Cause.KILL, frame.now(), frame.now().plus(grace))));
            tell(run.executorKey(), ExecutorEvents.kill(run.key().task(), policy), frame);
        }
    }

    /** The executor's process runs: it is to subscribe, unless it has done so already. */
    public void started(ExecutorRun executor, Frame frame) {
        frame.record(new Change.ExecutorStarted(executor.key(), frame.now()));
        if (executor.dying()) {
            escalate(executor.key(), frame);
        } else if (frame.state().subscription(executor.key()).isEmpty()) {
            await(executor.key(), frame.state().settings().executorRegistration(), frame);
        }
    }

    public void launchFailed(ExecutorRun executor, String message, Frame frame) {
        departures.failed(executor, message, frame);
    }

    public void ended(ExecutorRun executor, Ending ending, Frame frame) {
        departures.ended(executor, ending, frame);
    }

    /** An executor that did not subscribe in time is destroyed. */
    public void silent(ExecutorKey key, Frame frame) {
        ExecutorRun executor = frame.state().executor(key).orElse(null);
        if (executor == null
                || executor.dying()
                || frame.state().subscription(key).isPresent()) {
            return;
        }
        Intent.Cause cause = executor.seen() ? Intent.Cause.REREGISTRATION_TIMEOUT : Intent.Cause.REGISTRATION_TIMEOUT;
        frame.record(new Change.ExecutorDoomed(key, new Intent.Die(cause, frame.now(), frame.now())));
        escalate(key, frame);
    }

    /** Asks an executor to end, and gives it the grace it is worth. */
    public void shutDown(ExecutorRun executor, Intent.Cause cause, Frame frame) {
        if (executor.dying()) {
            return;
        }
        var due = frame.now().plus(grace(executor, frame));
        frame.record(new Change.ExecutorDoomed(executor.key(), new Intent.Die(cause, frame.now(), due)));
        if (executor.phase() instanceof Phase.Launching
                && frame.state().subscription(executor.key()).isEmpty()) {
            escalate(executor.key(), frame);
            return;
        }
        tell(executor.key(), ExecutorEvents.shutdown(), frame);
        frame.emit(new Effect.CancelWake(new TimerKey.Subscription(executor.key())));
        frame.emit(new Effect.Wake(new TimerKey.ExecutorKillDue(executor.key()), due));
    }

    /** The framework leaves, and its own executors with it. */
    public void shutDownAll(FrameworkId framework, Frame frame) {
        for (ExecutorRun executor : List.copyOf(frame.state().executors().values())) {
            if (!executor.isBuiltIn() && executor.key().framework().equals(framework)) {
                shutDown(executor, Intent.Cause.FRAMEWORK_SHUTDOWN, frame);
            }
        }
    }

    /** The grace is over; repeated until the container is gone. */
    public void escalate(ExecutorKey key, Frame frame) {
        frame.state().executor(key).filter(ExecutorRun::dying).ifPresent(executor -> {
            frame.emit(new Effect.SignalContainer(executor.container(), Effect.Signal.KILL));
            frame.emit(new Effect.Wake(
                    new TimerKey.ExecutorKillDue(key), frame.now().plus(KILL_AGAIN)));
        });
    }

    /** Nobody waits for a lost connection: the executor comes back, or its process ends. */
    public void disconnected(long stream, Frame frame) {
        List.copyOf(frame.state().subscriptions().entrySet()).stream()
                .filter(entry -> entry.getValue() == stream)
                .forEach(entry -> frame.record(new Change.ExecutorDisconnected(entry.getKey())));
    }

    /** The agent's process was replaced. What was queued waits on for the executor to come back. */
    public void recover(ExecutorRun executor, @Nullable Condition condition, Frame frame) {
        switch (condition) {
            case Condition.Running _ -> adopt(executor, frame);
            case Condition.Ended(var ending) -> departures.ended(executor, ending, frame);
            case Condition.NeverStarted _ -> launchAgain(executor, frame);
            case null -> {
                if (executor.phase() instanceof Phase.Launching) {
                    launchAgain(executor, frame);
                } else {
                    departures.ended(executor, new Ending.Lost("its process is gone"), frame);
                }
            }
        }
    }

    private void adopt(ExecutorRun executor, Frame frame) {
        if (executor.phase() instanceof Phase.Launching) {
            frame.record(new Change.ExecutorStarted(executor.key(), frame.now()));
        }
        if (executor.intent() instanceof Intent.Die dying) {
            frame.emit(new Effect.Wake(new TimerKey.ExecutorKillDue(executor.key()), dying.deadline()));
            return;
        }
        var settings = frame.state().settings();
        await(
                executor.key(),
                executor.seen() ? settings.executorReregistration() : settings.executorRegistration(),
                frame);
    }

    private void launchAgain(ExecutorRun executor, Frame frame) {
        if (executor.dying()) {
            departures.failed(executor, "Killed before it was launched", frame);
            return;
        }
        frame.emit(new Effect.ForgetContainer(executor.container()));
        frame.record(new Change.ExecutorReplaced(executor.key(), TaskRuns.newContainer(frame)));
        FrameworkInfo framework = frame.state()
                .framework(executor.key().framework())
                .orElseThrow()
                .info();
        frame.emit(new Effect.LaunchExecutor(
                frame.state().agentId().orElseThrow(),
                framework,
                frame.state().executor(executor.key()).orElseThrow()));
    }

    private static void await(ExecutorKey key, Duration most, Frame frame) {
        frame.emit(new Effect.Wake(new TimerKey.Subscription(key), frame.now().plus(most)));
    }

    /** Sends {@code event} if the executor is subscribed. */
    static void tell(ExecutorKey key, Event event, Frame frame) {
        frame.state().subscription(key).ifPresent(stream -> frame.emit(new Effect.TellExecutor(stream, event)));
    }

    private static Duration grace(ExecutorRun executor, Frame frame) {
        DurationInfo own = executor.info().shutdownGracePeriod();
        return own == null ? frame.state().settings().shutdownGrace() : Duration.ofNanos(own.nanoseconds());
    }
}
