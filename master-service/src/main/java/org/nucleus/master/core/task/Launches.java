package org.nucleus.master.core.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Framework;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;

/** From what a framework wrote to what is launched. */
public final class Launches {
    private Launches() {}

    /** {@code task} with what frameworks may leave out: allocation info, the executor's framework, the check's type. */
    public static TaskInfo complete(TaskInfo task, FrameworkId framework, String role) {
        var healthCheck = task.healthCheck();
        ExecutorInfo executor = task.executor();
        return task.toBuilder()
                .resources(allocated(task.resources(), role))
                .executor(executor == null ? null : complete(executor, framework, role))
                .healthCheck(healthCheck == null ? null : CheckRules.withType(healthCheck))
                .build();
    }

    public static ExecutorInfo complete(ExecutorInfo executor, FrameworkId framework, String role) {
        return executor.toBuilder()
                .frameworkId(executor.frameworkId() == null ? framework : executor.frameworkId())
                .resources(allocated(executor.resources(), role))
                .build();
    }

    /** Resources that don't say for which role they are allocated are so for {@code role}. */
    public static List<Resource> allocated(List<Resource> resources, String role) {
        List<Resource> allocated = new ArrayList<>(resources.size());
        for (Resource resource : resources) {
            allocated.add(
                    resource.allocationInfo() == null
                            ? resource.toBuilder()
                                    .allocationInfo(new Resource.AllocationInfo(role))
                                    .build()
                            : resource);
        }
        return allocated;
    }

    /** Why the framework's caller may not run {@code task} as the user it names; empty if it may. */
    public static Optional<String> unauthorized(TaskInfo task, Framework framework, Caller caller) {
        String user = user(task, framework);
        return caller.grants().mayRunAs(user)
                ? Optional.empty()
                : Optional.of("Task '" + task.taskId() + "' is not authorized to launch as user '" + user + "'");
    }

    private static String user(TaskInfo task, Framework framework) {
        CommandInfo command = task.command();
        ExecutorInfo executor = task.executor();
        if (command == null && executor != null) {
            command = executor.command();
        }
        String user = command == null ? null : command.user();
        return user == null ? framework.info().user() : user;
    }

    /** The task as the master tracks it from now on. */
    public static Task task(TaskInfo info, @Nullable ExecutorInfo executor, FrameworkId framework) {
        CommandInfo command = info.command() == null && executor != null ? executor.command() : info.command();
        return Task.builder()
                .name(info.name())
                .taskId(info.taskId())
                .frameworkId(framework)
                .executorId(executor == null ? null : executor.executorId())
                .agentId(info.agentId())
                .state(TaskState.TASK_STAGING)
                .resources(info.resources())
                .limits(info.limits())
                .labels(info.labels())
                .discovery(info.discovery())
                .container(info.container())
                .healthCheck(info.healthCheck())
                .killPolicy(info.killPolicy())
                .user(command == null ? null : command.user())
                .build();
    }
}
