package org.nucleus.master.core.offer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Invariant;
import org.nucleus.master.core.operation.OperationUpdates;
import org.nucleus.master.core.operation.ResourceOperations;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.task.Launches;
import org.nucleus.master.core.task.Statuses;
import org.nucleus.master.core.task.TaskGroupRules;
import org.nucleus.master.core.task.TaskRules;
import org.nucleus.resources.Resources;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.TaskGroupInfo;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentEvent;

/** What a framework asks for in an ACCEPT, tried one after the other on what is left of the offers. */
final class Operations {
    /**
     * Where operations are performed.
     *
     * @param role that the offers were allocated to
     */
    record Site(Framework framework, Agent agent, String role, Caller caller) {}

    private final ResourceOperations resources;

    Operations(ResourceOperations resources) {
        this.resources = resources;
    }

    /** @return what is left of {@code offered} */
    Resources perform(List<Operation> operations, Site site, Resources offered, Frame frame) {
        Resources left = offered;
        for (Operation operation : operations) {
            left = perform(operation, site, left, frame);
        }
        return left;
    }

    /** Answers every operation with its failure: nothing of the ACCEPT is done. */
    void drop(Framework framework, List<Operation> operations, Reason reason, String message, Frame frame) {
        TaskState state = Statuses.lossFor(framework, TaskState.TASK_DROPPED);
        for (Operation operation : operations) {
            List<TaskInfo> tasks = tasksOf(operation);
            tasks.forEach(task -> tell(framework, task, state, reason, message, frame));
            if (tasks.isEmpty()) {
                OperationUpdates.refuse(framework, operation, null, message, frame);
            }
        }
    }

    private Resources perform(Operation operation, Site site, Resources left, Frame frame) {
        Operation.Type type = operation.type();
        Operation.Launch launch = operation.launch();
        Operation.LaunchGroup group = operation.launchGroup();
        if (type == Operation.Type.LAUNCH && launch != null) {
            return launch(operation, launch, site, left, frame);
        }
        if (type == Operation.Type.LAUNCH_GROUP && group != null) {
            return launchGroup(operation, group, site, left, frame);
        }
        if (type == Operation.Type.LAUNCH || type == Operation.Type.LAUNCH_GROUP) {
            return left;
        }
        Agent agent = Objects.requireNonNull(
                frame.state().agents().get(site.agent().id()), "nothing in an ACCEPT takes its agent away");
        return resources.perform(
                operation,
                new ResourceOperations.Place(site.framework(), agent, site.role(), site.caller()),
                left,
                frame);
    }

    /** Each bad task fails alone. */
    private static Resources launch(
            Operation operation, Operation.Launch launch, Site site, Resources offered, Frame frame) {
        Resources left = offered;
        for (TaskInfo asked : launch.taskInfos()) {
            TaskInfo task = Launches.complete(asked, site.framework().id(), site.role());
            if (operation.id() != null) {
                error(
                        site,
                        task,
                        Reason.REASON_TASK_INVALID,
                        "The `id` field cannot be set on a LAUNCH operation",
                        frame);
                continue;
            }
            Optional<String> unauthorized = Launches.unauthorized(task, site.framework(), site.caller());
            if (unauthorized.isPresent()) {
                error(site, task, Reason.REASON_TASK_UNAUTHORIZED, unauthorized.get(), frame);
                continue;
            }
            Optional<String> refusal = TaskRules.refusal(task, site.framework(), site.agent(), left, frame.state());
            if (refusal.isPresent()) {
                error(site, task, Reason.REASON_TASK_INVALID, refusal.get(), frame);
                continue;
            }
            boolean launchExecutor = task.executor() == null || !runs(task.executor(), site, frame);
            left = less(left, start(task, task.executor(), site, frame));
            frame.tell(
                    site.agent(),
                    AgentEvent.runTask(
                            frame.epoch(),
                            new AgentEvent.RunTask(site.framework().info(), task, launchExecutor)));
        }
        return left;
    }

    /** All tasks of a group are launched, or none. */
    private static Resources launchGroup(
            Operation operation, Operation.LaunchGroup asked, Site site, Resources left, Frame frame) {
        ExecutorInfo executor =
                Launches.complete(asked.executor(), site.framework().id(), site.role());
        List<TaskInfo> tasks = asked.taskGroup().tasks().stream()
                .map(task -> Launches.complete(task, site.framework().id(), site.role()))
                .toList();
        Optional<String> unauthorized = tasks.stream()
                .flatMap(task -> Launches.unauthorized(task, site.framework(), site.caller()).stream())
                .findFirst();
        if (unauthorized.isPresent()) {
            tasks.forEach(task -> error(site, task, Reason.REASON_TASK_GROUP_UNAUTHORIZED, unauthorized.get(), frame));
            return left;
        }
        Optional<String> refusal = operation.id() != null
                ? Optional.of("The `id` field cannot be set on a LAUNCH_GROUP operation")
                : TaskGroupRules.refusal(
                        new TaskGroupRules.Group(executor, tasks), site.framework(), site.agent(), left, frame.state());
        if (refusal.isPresent()) {
            tasks.forEach(task -> error(site, task, Reason.REASON_TASK_GROUP_INVALID, refusal.get(), frame));
            return left;
        }
        boolean launchExecutor = !runs(executor, site, frame);
        List<Resources> taken = new ArrayList<>();
        for (TaskInfo task : tasks) {
            taken.add(start(task, executor, site, frame));
        }
        frame.tell(
                site.agent(),
                AgentEvent.runTaskGroup(
                        frame.epoch(),
                        new AgentEvent.RunTaskGroup(site.framework().info(), executor, tasks, launchExecutor)));
        return less(left, Resources.sum(taken));
    }

    /** A shared volume that one task uses is there for the next. */
    private static Resources less(Resources left, Resources taken) {
        Optional<Resources> rest = left.besides(taken);
        Invariant.check(rest.isPresent(), "launched what was not left", taken);
        return rest.get();
    }

    /** @return what the task takes, with its executor if that is new on the agent */
    private static Resources start(TaskInfo task, @Nullable ExecutorInfo executor, Site site, Frame frame) {
        frame.record(new Change.TaskAdded(
                Launches.task(task, executor, site.framework().id())));
        Resources taken = Resources.of(task.resources());
        if (executor == null) {
            return taken;
        }
        if (runs(executor, site, frame)) {
            return taken;
        }
        frame.record(
                new Change.ExecutorAdded(site.agent().id(), site.framework().id(), executor));
        return taken.plus(Resources.of(executor.resources()));
    }

    /** Whether the executor is on the agent already and its resources are accounted for, as far as is known here. */
    private static boolean runs(ExecutorInfo executor, Site site, Frame frame) {
        ExecutorKey key = new ExecutorKey(site.framework().id(), executor.executorId());
        return frame.state().agents().executors(site.agent().id()).containsKey(key);
    }

    private static List<TaskInfo> tasksOf(Operation operation) {
        Operation.Launch launch = operation.launch();
        Operation.LaunchGroup group = operation.launchGroup();
        if (operation.type() == Operation.Type.LAUNCH && launch != null) {
            return launch.taskInfos();
        }
        TaskGroupInfo tasks =
                operation.type() == Operation.Type.LAUNCH_GROUP && group != null ? group.taskGroup() : null;
        return tasks == null ? List.of() : tasks.tasks();
    }

    private static void error(Site site, TaskInfo task, Reason reason, String message, Frame frame) {
        tell(site.framework(), task, TaskState.TASK_ERROR, reason, message, frame);
    }

    private static void tell(
            Framework framework, TaskInfo task, TaskState state, Reason reason, String message, Frame frame) {
        frame.tell(
                framework,
                Statuses.update(Statuses.of(task.taskId(), task.agentId(), state, frame.now())
                        .reason(reason)
                        .message(message)
                        .build()));
    }
}
