package org.nucleus.master.core.task;

import java.util.Map;
import java.util.Optional;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.LinuxInfo;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Value;

/**
 * What a task must look like to be launched, in the order of the original, the first failure counting. The resources of
 * the task have their allocation info already. Source: master/validation.cpp, task.
 */
public final class TaskRules {
    private TaskRules() {}

    /** Why {@code task} can't be launched on {@code agent} from what is {@code left} of the offers; empty if it can. */
    public static Optional<String> refusal(
            TaskInfo task, Framework framework, Agent agent, Resources left, MasterState state) {
        return ofTask(task, framework, agent, state)
                .or(() -> ofExecutor(task, framework, agent, left, state))
                .or(() -> ofSharedCgroups(task));
    }

    static Optional<String> ofTask(TaskInfo task, Framework framework, Agent agent, MasterState state) {
        return Ids.refusal(task.taskId().value())
                .or(() -> ofUniqueness(task, framework, state))
                .or(() -> ofAgent(task, agent))
                .or(() -> ofDurations(task))
                .or(() -> ofChecks(task))
                .or(() -> ofResources(task))
                .or(() -> ofCommandAndContainer(task))
                .or(() -> ofLimits(task, agent));
    }

    private static Optional<String> ofUniqueness(TaskInfo task, Framework framework, MasterState state) {
        if (state.tasks().get(new TaskKey(framework.id(), task.taskId())) != null) {
            return Optional.of("Task has duplicate ID: " + task.taskId());
        }
        if (state.frameworks().unreachableTasks(framework.id()).containsKey(task.taskId())) {
            return Optional.of("Task reuses the ID of an unreachable task: " + task.taskId());
        }
        return Optional.empty();
    }

    private static Optional<String> ofAgent(TaskInfo task, Agent agent) {
        return task.agentId().equals(agent.id())
                ? Optional.empty()
                : Optional.of(
                        "Task uses invalid agent " + task.agentId() + " while agent " + agent.id() + " is expected");
    }

    private static Optional<String> ofDurations(TaskInfo task) {
        var policy = task.killPolicy();
        DurationInfo grace = policy == null ? null : policy.gracePeriod();
        if (grace != null && grace.nanoseconds() < 0) {
            return Optional.of("Task's 'kill_policy.grace_period' must be non-negative");
        }
        DurationInfo most = task.maxCompletionTime();
        return most != null && most.nanoseconds() < 0
                ? Optional.of("Task's `max_completion_time` must be non-negative")
                : Optional.empty();
    }

    private static Optional<String> ofChecks(TaskInfo task) {
        var check = task.check();
        if (check != null) {
            Optional<String> refusal = CheckRules.refusal(check);
            if (refusal.isPresent()) {
                return Optional.of("Task uses invalid check: " + refusal.get());
            }
        }
        var healthCheck = task.healthCheck();
        return healthCheck == null
                ? Optional.empty()
                : CheckRules.refusal(healthCheck).map(refusal -> "Task uses invalid health check: " + refusal);
    }

    private static Optional<String> ofResources(TaskInfo task) {
        return ResourceUse.refusal(task.resources(), "Task")
                .or(() -> Resources.of(task.resources()).isEmpty()
                        ? Optional.of("Task uses no resources")
                        : Optional.empty());
    }

    private static Optional<String> ofCommandAndContainer(TaskInfo task) {
        CommandInfo command = task.command();
        Optional<String> refusal = command == null
                ? Optional.empty()
                : CommandRules.refusal(command).map(why -> "Task's `CommandInfo` is invalid: " + why);
        ContainerInfo container = task.container();
        return refusal.isPresent() || container == null
                ? refusal
                : ContainerRules.refusal(container).map(why -> "Task's `ContainerInfo` is invalid: " + why);
    }

    private static Optional<String> ofLimits(TaskInfo task, Agent agent) {
        if (task.limits().isEmpty()) {
            return Optional.empty();
        }
        boolean capable = agent.known().capabilities().stream()
                .anyMatch(each -> each.type() == AgentInfo.Capability.Type.TASK_RESOURCE_LIMITS);
        if (!capable) {
            return Optional.of("Agent is not capable of handling task resource limits");
        }
        for (Map.Entry<String, Value.Scalar> limit : task.limits().entrySet()) {
            if (!limit.getKey().equals("cpus") && !limit.getKey().equals("mem")) {
                return Optional.of("Only cpus and mem may be included in a task's resource limits");
            }
        }
        Resources requested = Resources.of(task.resources());
        return ofLimit(task, requested, "cpus", "CPU", "cpu")
                .or(() -> ofLimit(task, requested, "mem", "memory", "memory"));
    }

    private static Optional<String> ofLimit(
            TaskInfo task, Resources requested, String name, String word, String lower) {
        Value.Scalar limit = task.limits().get(name);
        if (limit == null) {
            return Optional.empty();
        }
        long request = requested.thousandths(name);
        if (request == 0) {
            return Optional.of("When a " + word + " limit is specified, a " + word + " request must also be specified");
        }
        boolean enough = limit.value() == Double.POSITIVE_INFINITY || Scalar.thousandthsOf(limit.value()) >= request;
        return enough
                ? Optional.empty()
                : Optional.of("The " + lower + " limit must be greater than or equal to the " + lower + " request");
    }

    private static Optional<String> ofExecutor(
            TaskInfo task, Framework framework, Agent agent, Resources left, MasterState state) {
        ExecutorInfo executor = task.executor();
        if ((executor == null) == (task.command() == null)) {
            return Optional.of("Task should have at least one (but not both) of CommandInfo or ExecutorInfo present");
        }
        Resources total = Resources.of(task.resources());
        if (executor != null) {
            Optional<String> refusal = ExecutorRules.refusal(executor, framework, agent, state)
                    .or(() -> ExecutorRules.refusalInLaunch(executor))
                    .or(() -> ResourceUse.refusalOfBoth(task.resources(), executor.resources()));
            if (refusal.isPresent()) {
                return refusal;
            }
            ExecutorKey key = new ExecutorKey(framework.id(), executor.executorId());
            if (!state.agents().executors(agent.id()).containsKey(key)) {
                total = total.plus(Resources.of(executor.resources()));
            }
        }
        return left.besides(total).isPresent()
                ? Optional.empty()
                : Optional.of("Total resources " + total + " required by task and its executor is more than available "
                        + left);
    }

    private static Optional<String> ofSharedCgroups(TaskInfo task) {
        ContainerInfo container = task.container();
        LinuxInfo linux = container == null ? null : container.linuxInfo();
        return linux != null && !linux.shareCgroups()
                ? Optional.of("Only tasks in a task group may have 'share_cgroups' set to 'false'")
                : Optional.empty();
    }
}
