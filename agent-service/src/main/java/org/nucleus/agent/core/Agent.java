package org.nucleus.agent.core;

import java.time.Instant;
import org.nucleus.agent.core.check.Checks;
import org.nucleus.agent.core.executor.ExecutorCalls;
import org.nucleus.agent.core.executor.Executors;
import org.nucleus.agent.core.executor.Grants;
import org.nucleus.agent.core.framework.Frameworks;
import org.nucleus.agent.core.operation.OperationUpdates;
import org.nucleus.agent.core.operation.ResourceOperations;
import org.nucleus.agent.core.recovery.Recovery;
import org.nucleus.agent.core.registration.Registration;
import org.nucleus.agent.core.shutdown.Shutdowns;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.task.Kills;
import org.nucleus.agent.core.task.TaskRuns;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.machine.Machine;
import org.nucleus.machine.Step;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.agentlink.AgentEvent;

/** The agent: runs what the master sends, reports what becomes of it, and forgets nothing on the way. */
public final class Agent implements Machine<AgentInput, Change.Durable, Effect> {
    private final AgentState state = new AgentState();
    private final UpdateStreams updates = new UpdateStreams();
    private final TaskRuns runs = new TaskRuns(updates);
    private final Kills kills = new Kills(updates, runs);
    private final Executors executors = new Executors(runs, kills);
    private final ExecutorCalls executorCalls = new ExecutorCalls(executors, runs, updates);
    private final Frameworks frameworks = new Frameworks(updates, runs, kills, executors);
    private final Shutdowns shutdowns = new Shutdowns(updates, runs, kills, executors);
    private final OperationUpdates operationUpdates = new OperationUpdates();
    private final ResourceOperations operations = new ResourceOperations(operationUpdates);
    private final Registration registration = new Registration(updates, operationUpdates);
    private final Grants grants = new Grants();
    private final Checks checks = new Checks(updates, kills);
    private final Recovery recovery = new Recovery(runs, kills, shutdowns, executors);

    /** For views and checks, on the writer's thread between steps. */
    public AgentState state() {
        return state;
    }

    @Override
    public Step<Change.Durable, Effect> step(Instant now, AgentInput input) {
        Frame frame = new Frame(now, state);
        switch (input) {
            case AgentInput.Started in -> {
                recovery.start(in, frame);
                checks.adopt(frame);
            }
            case AgentInput.LeaderDetected _ -> registration.leaderDetected(frame);
            case AgentInput.LeaderLost _ -> registration.leaderLost(frame);
            case AgentInput.LinkClosed in -> registration.linkClosed(in, frame);
            case AgentInput.EventReceived in -> event(in, frame);
            case AgentInput.ContainerStarted in -> started(in, frame);
            case AgentInput.LaunchFailed in -> launchFailed(in, frame);
            case AgentInput.ContainerEnded in -> ended(in, frame);
            case AgentInput.ExecutorSubscribed in -> executorCalls.subscribe(in, frame);
            case AgentInput.ExecutorCalled in -> executorCalls.called(in, frame);
            case AgentInput.ExecutorStreamClosed(long stream) -> executors.disconnected(stream, frame);
            case AgentInput.ProbeDone in -> checks.probed(in, frame);
            case AgentInput.TasksUnwanted _ -> shutdowns.endTasks(frame);
            case AgentInput.TimerFired(var key) -> timer(key, frame);
            case AgentInput.LookWanted _ -> {}
        }
        checks.follow(frame);
        grants.follow(frame);
        return frame.step();
    }

    private void started(AgentInput.ContainerStarted in, Frame frame) {
        state.executorIn(in.container())
                .ifPresentOrElse(executor -> executors.started(executor, frame), () -> runs.started(in, frame));
    }

    private void launchFailed(AgentInput.LaunchFailed in, Frame frame) {
        state.executorIn(in.container())
                .ifPresentOrElse(
                        executor -> executors.launchFailed(executor, in.message(), frame),
                        () -> runs.launchFailed(in, frame));
        executors.pods().settle(frame);
    }

    private void ended(AgentInput.ContainerEnded in, Frame frame) {
        state.executorIn(in.container())
                .ifPresentOrElse(
                        executor -> executors.ended(executor, in.ending(), frame), () -> runs.ended(in, frame));
        executors.pods().settle(frame);
    }

    private void timer(TimerKey key, Frame frame) {
        switch (key) {
            case TimerKey.Subscribe _ -> registration.subscribe(frame);
            case TimerKey.Silence _ -> registration.silence(frame);
            case TimerKey.Resend(var task) -> updates.resend(task, frame);
            case TimerKey.ResendOperation(var operation) -> operationUpdates.resend(operation, frame);
            case TimerKey.KillDue(var task) -> kills.escalate(task, frame);
            case TimerKey.Probe(var check) -> checks.due(check, frame);
            case TimerKey.Completion(var task) -> kills.timeOut(task, frame);
            case TimerKey.Subscription(var executor) -> executors.silent(executor, frame);
            case TimerKey.ExecutorKillDue(var executor) -> executors.escalate(executor, frame);
        }
    }

    private void event(AgentInput.EventReceived in, Frame frame) {
        if (!registration.admits(in, frame)) {
            return;
        }
        AgentEvent event = in.event();
        boolean mayComeFirst = event.subscribed() != null || event.shutdown() != null;
        if (!mayComeFirst && !(state.link() instanceof Link.Registered)) {
            registration.refuse(event.type() + " came before SUBSCRIBED", frame);
        } else if (!dispatch(event, frame)) {
            registration.refuse("an event of type " + event.type() + " lacks its body", frame);
        }
    }

    /** @return false if the event has no body that fits its type */
    private boolean dispatch(AgentEvent event, Frame frame) {
        if (event.type() == AgentEvent.Type.PING) {
            registration.ping(frame);
        } else if (event.subscribed() != null) {
            Shutdowns.endDrain(frame);
            registration.subscribed(event.subscribed(), frame);
        } else if (event.runTask() != null) {
            Shutdowns.endDrain(frame);
            run(event.runTask(), frame);
        } else if (event.runTaskGroup() != null) {
            Shutdowns.endDrain(frame);
            runGroup(event.runTaskGroup(), frame);
        } else if (event.killTask() != null) {
            kill(event.killTask(), frame);
        } else if (event.acknowledged() != null) {
            var ack = event.acknowledged();
            updates.acknowledge(new TaskKey(ack.frameworkId(), ack.taskId()), ack.uuid(), frame);
        } else {
            return dispatchOfMany(event, frame);
        }
        return true;
    }

    private boolean dispatchOfMany(AgentEvent event, Frame frame) {
        if (event.shutdownFramework() != null) {
            frameworks.shutDown(event.shutdownFramework(), frame);
        } else if (event.shutdownExecutor() != null) {
            frameworks.shutDownExecutor(event.shutdownExecutor(), frame);
        } else if (event.updateFramework() != null) {
            frameworks.update(event.updateFramework(), frame);
        } else if (event.reconcileTasks() != null) {
            frameworks.reconcile(event.reconcileTasks(), frame);
        } else if (event.shutdown() != null) {
            shutdowns.dismiss(event.shutdown().message(), frame);
        } else if (event.message() != null) {
            executorCalls.deliver(event.message(), frame);
        } else if (event.applyOperation() != null) {
            apply(event.applyOperation(), frame);
        } else if (event.drain() != null) {
            shutdowns.drain(event.drain().config(), frame);
        } else if (event.acknowledgeOperation() != null) {
            var ack = event.acknowledgeOperation();
            operationUpdates.acknowledge(ack.operationUuid(), ack.statusUuid(), frame);
        } else {
            return event.type() == AgentEvent.Type.UNKNOWN; // a later master's
        }
        return true;
    }

    /** An agent that can't do what the master did already says anew what it has. */
    private void apply(AgentEvent.ApplyOperation in, Frame frame) {
        if (!operations.apply(in, frame)) {
            registration.refuse("the agent doesn't have what " + in.info().type() + " needs", frame);
        }
    }

    private void runGroup(AgentEvent.RunTaskGroup in, Frame frame) {
        boolean known = in.tasks().stream().allMatch(task -> ResourceOperations.knows(task.resources(), frame))
                && ResourceOperations.knows(in.executor().resources(), frame);
        if (known) {
            executors.runGroup(in, frame);
        } else {
            in.tasks().forEach(task -> runs.denyUnknownResources(in.frameworkInfo(), task, frame));
            notStarted(in.frameworkInfo(), in.executor(), frame);
        }
    }

    private void run(AgentEvent.RunTask in, Frame frame) {
        ExecutorInfo executor = in.task().executor();
        boolean known = ResourceOperations.knows(in.task().resources(), frame)
                && (executor == null || ResourceOperations.knows(executor.resources(), frame));
        if (!known) {
            runs.denyUnknownResources(in.frameworkInfo(), in.task(), frame);
            if (executor != null) {
                notStarted(in.frameworkInfo(), executor, frame);
            }
            return;
        }
        if (executor == null) {
            runs.run(in, frame);
        } else {
            executors.run(in, executor, frame);
        }
    }

    private void notStarted(FrameworkInfo framework, ExecutorInfo executor, Frame frame) {
        if (framework.id() != null) {
            executors.notStarted(new ExecutorKey(framework.id(), executor.executorId()), frame);
        }
    }

    private void kill(AgentEvent.KillTask in, Frame frame) {
        TaskRun run = state.run(new TaskKey(in.frameworkId(), in.taskId())).orElse(null);
        if (run == null || run.ownsContainer()) {
            kills.kill(in, frame);
        } else {
            executors.kill(run, in.killPolicy(), frame);
        }
    }
}
