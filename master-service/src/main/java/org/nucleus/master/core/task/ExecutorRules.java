package org.nucleus.master.core.task;

import java.util.Optional;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.resources.Resources;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.ExecutorInfo;

/** What an executor must look like. Source: master/validation.cpp, executor. */
final class ExecutorRules {
    private ExecutorRules() {}

    static Optional<String> refusal(ExecutorInfo executor, Framework framework, Agent agent, MasterState state) {
        return ofType(executor)
                .or(() -> Ids.refusal(executor.executorId().value()))
                .or(() -> ofGracePeriod(executor))
                .or(() -> ofCommandAndContainer(executor))
                .or(() -> ofFramework(executor, framework))
                .or(() -> ResourceUse.refusal(executor.resources(), "Executor"))
                .or(() -> ofSameId(executor, framework, agent, state));
    }

    /** What holds for executors of single tasks alone. */
    static Optional<String> refusalInLaunch(ExecutorInfo executor) {
        ExecutorInfo.Type type = executor.type();
        if (type != null && type != ExecutorInfo.Type.CUSTOM) {
            return Optional.of("'ExecutorInfo.type' must be 'CUSTOM'");
        }
        if (executor.command() == null) {
            return Optional.of("'ExecutorInfo.command' must be set");
        }
        Resources resources = Resources.of(executor.resources());
        return resources.shared().isEmpty()
                ? Optional.empty()
                : Optional.of("Executor resources " + resources + " should not contain any shared resources");
    }

    private static Optional<String> ofType(ExecutorInfo executor) {
        ExecutorInfo.Type type = executor.type();
        if (type == ExecutorInfo.Type.CUSTOM && executor.command() == null) {
            return Optional.of("'ExecutorInfo.command' must be set for 'CUSTOM' executor");
        }
        if (type != ExecutorInfo.Type.DEFAULT) {
            return Optional.empty();
        }
        if (executor.command() != null) {
            return Optional.of("'ExecutorInfo.command' must not be set for 'DEFAULT' executor");
        }
        ContainerInfo container = executor.container();
        if (container == null) {
            return Optional.empty();
        }
        if (container.type() != ContainerInfo.Type.MESOS) {
            return Optional.of("'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor");
        }
        ContainerInfo.MesosInfo mesos = container.mesos();
        return mesos != null && mesos.image() != null
                ? Optional.of("'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT' executor")
                : Optional.empty();
    }

    private static Optional<String> ofFramework(ExecutorInfo executor, Framework framework) {
        var named = executor.frameworkId();
        if (named == null) {
            return Optional.of("'ExecutorInfo.framework_id' must be set");
        }
        return named.equals(framework.id())
                ? Optional.empty()
                : Optional.of("ExecutorInfo has an invalid FrameworkID (Actual: " + named + " vs Expected: "
                        + framework.id() + ")");
    }

    private static Optional<String> ofGracePeriod(ExecutorInfo executor) {
        DurationInfo grace = executor.shutdownGracePeriod();
        return grace != null && grace.nanoseconds() < 0
                ? Optional.of("ExecutorInfo's 'shutdown_grace_period' must be non-negative")
                : Optional.empty();
    }

    private static Optional<String> ofSameId(
            ExecutorInfo executor, Framework framework, Agent agent, MasterState state) {
        ExecutorInfo running =
                state.agents().executors(agent.id()).get(new ExecutorKey(framework.id(), executor.executorId()));
        String line = "\n------------------------------------------------------------\n";
        return running == null || running.equals(executor)
                ? Optional.empty()
                : Optional.of("ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID." + line
                        + "Existing ExecutorInfo:\n" + running + line + "ExecutorInfo:\n" + executor + line);
    }

    private static Optional<String> ofCommandAndContainer(ExecutorInfo executor) {
        var command = executor.command();
        Optional<String> refusal = command == null
                ? Optional.empty()
                : CommandRules.refusal(command).map(why -> "Executor's `CommandInfo` is invalid: " + why);
        var container = executor.container();
        return refusal.isPresent() || container == null
                ? refusal
                : ContainerRules.refusal(container).map(why -> "Executor's `ContainerInfo` is invalid: " + why);
    }
}
