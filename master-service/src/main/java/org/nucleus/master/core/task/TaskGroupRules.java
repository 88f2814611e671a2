package org.nucleus.master.core.task;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.HealthCheck;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;

/** What a task group and its executor must look like to be launched. Source: master/validation.cpp, task::group. */
public final class TaskGroupRules {
    private static final long LEAST_CPUS = 10;
    private static final long LEAST_MEM = 32_000;

    private TaskGroupRules() {}

    /** A group as it would be launched, completed. */
    public record Group(ExecutorInfo executor, List<TaskInfo> tasks) {
        public Group {
            tasks = List.copyOf(tasks);
        }
    }

    /** Why the group can't be launched from what is {@code left} of the offers; empty if it can. */
    public static Optional<String> refusal(
            Group group, Framework framework, Agent agent, Resources left, MasterState state) {
        return ofTasks(group, framework, agent, state)
                .or(() -> ofExecutor(group, framework, agent, state))
                .or(() -> ofTotal(group, framework, agent, left, state))
                .or(() -> ofSharedCgroups(group));
    }

    private static Optional<String> ofTasks(Group group, Framework framework, Agent agent, MasterState state) {
        if (group.tasks().isEmpty()) {
            return Optional.of("Task group cannot be empty");
        }
        SequencedSet<TaskId> seen = new LinkedHashSet<>();
        for (TaskInfo task : group.tasks()) {
            Optional<String> refusal = seen.add(task.taskId())
                    ? ofTask(task, framework, agent, state)
                    : Optional.of("Task has duplicate ID: " + task.taskId());
            if (refusal.isPresent()) {
                return Optional.of("Task '" + task.taskId() + "' is invalid: " + refusal.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofTask(TaskInfo task, Framework framework, Agent agent, MasterState state) {
        Optional<String> refusal = TaskRules.ofTask(task, framework, agent, state);
        if (refusal.isPresent()) {
            return refusal;
        }
        ContainerInfo container = task.container();
        if (container != null && container.type() == ContainerInfo.Type.DOCKER) {
            return Optional.of("Docker ContainerInfo is not supported on the task");
        }
        boolean ownNetwork = container != null && !container.networkInfos().isEmpty();
        return ownNetwork && (isRemote(task.healthCheck()) || isRemote(task.check()))
                ? Optional.of("HTTP and TCP health checks are not supported for nested containers not joining parent's"
                        + " network")
                : Optional.empty();
    }

    private static boolean isRemote(@Nullable HealthCheck check) {
        return check != null && (check.type() == HealthCheck.Type.HTTP || check.type() == HealthCheck.Type.TCP);
    }

    private static boolean isRemote(@Nullable CheckInfo check) {
        return check != null && (check.type() == CheckInfo.Type.HTTP || check.type() == CheckInfo.Type.TCP);
    }

    private static Optional<String> ofExecutor(Group group, Framework framework, Agent agent, MasterState state) {
        ExecutorInfo executor = group.executor();
        Optional<String> refusal = ExecutorRules.refusal(executor, framework, agent, state);
        if (refusal.isPresent()) {
            return refusal;
        }
        ExecutorInfo.Type type = executor.type();
        if (type == null) {
            return Optional.of("'ExecutorInfo.type' must be set");
        }
        if (type == ExecutorInfo.Type.UNKNOWN) {
            return Optional.of("Unknown executor type");
        }
        ContainerInfo container = executor.container();
        if (container != null && container.type() == ContainerInfo.Type.DOCKER) {
            return Optional.of("Docker ContainerInfo is not supported on the executor");
        }
        for (TaskInfo task : group.tasks()) {
            if (task.executor() != null && !executor.equals(task.executor())) {
                return Optional.of("The `ExecutorInfo` of task '" + task.taskId() + "' is different from executor '"
                        + executor.executorId() + "'");
            }
        }
        return ofLeastResources(executor);
    }

    private static Optional<String> ofLeastResources(ExecutorInfo executor) {
        Resources resources = Resources.of(executor.resources());
        String subject = "Executor '" + executor.executorId() + "' uses ";
        if (resources.thousandths("cpus") < LEAST_CPUS) {
            return Optional.of(
                    subject + "less CPUs (" + amount(resources, "cpus") + ") than the minimum required (0.01)");
        }
        if (resources.thousandths("mem") < LEAST_MEM) {
            return Optional.of(
                    subject + "less memory (" + amount(resources, "mem") + ") than the minimum required (32MB)");
        }
        return resources.thousandths("disk") == 0 ? Optional.of(subject + "no disk") : Optional.empty();
    }

    private static String amount(Resources resources, String name) {
        long thousandths = resources.thousandths(name);
        return thousandths == 0 ? "None" : String.valueOf(Scalar.toDouble(thousandths));
    }

    private static Optional<String> ofTotal(
            Group group, Framework framework, Agent agent, Resources left, MasterState state) {
        Resources total = Resources.none();
        for (TaskInfo task : group.tasks()) {
            Resources more = Resources.of(task.resources());
            if (ResourceUse.overlap(total, more)) {
                return Optional.of("There are overlapping resources in the task group's task resources");
            }
            total = total.plus(more);
        }
        ExecutorKey key = new ExecutorKey(framework.id(), group.executor().executorId());
        if (!state.agents().executors(agent.id()).containsKey(key)) {
            Resources more = Resources.of(group.executor().resources());
            if (ResourceUse.overlap(total, more)) {
                return Optional.of("There are overlapping resources in the task group's task and executor resources");
            }
            total = total.plus(more);
        }
        return left.besides(total).isPresent()
                ? Optional.empty()
                : Optional.of("Total resources " + total
                        + " required by task group and its executor are more than available " + left);
    }

    private static Optional<String> ofSharedCgroups(Group group) {
        Boolean shared = null;
        for (TaskInfo task : group.tasks()) {
            ContainerInfo container = task.container();
            var linux = container == null ? null : container.linuxInfo();
            boolean each = linux == null || linux.shareCgroups();
            if (shared != null && shared != each) {
                return Optional.of("If set, the value of 'share_cgroups' must be the same for all tasks in each task"
                        + " group and under a single executor");
            }
            shared = each;
            if (each && !task.limits().isEmpty()) {
                return Optional.of("Resource limits may only be set for tasks within a task group when the"
                        + " 'share_cgroups' field is set to 'false'.");
            }
        }
        return Optional.empty();
    }
}
