package org.nucleus.agent.core.executor;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.TaskGroupInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.executor.Event;

/** What executors are told. Source: v1/executor/executor.proto, Event. */
final class ExecutorEvents {
    private ExecutorEvents() {}

    static Event subscribed(ExecutorRun executor, FrameworkInfo framework, AgentState state) {
        AgentInfo info = state.settings().info();
        AgentInfo agent = new AgentInfo(
                info.hostname(),
                info.port(),
                info.resources(),
                info.attributes(),
                state.agentId().orElse(null),
                info.domain());
        return Event.builder()
                .type(Event.Type.SUBSCRIBED)
                .subscribed(new Event.Subscribed(executor.info(), framework, agent, executor.container()))
                .build();
    }

    /** {@code together} is the group of {@code task}, or the task alone. */
    static Event launch(TaskRun task, List<TaskRun> together) {
        if (task.runner() instanceof Runner.Custom(var _, var group) && group.isEmpty()) {
            return Event.builder()
                    .type(Event.Type.LAUNCH)
                    .launch(new Event.Launch(task.info()))
                    .build();
        }
        var tasks = new TaskGroupInfo(together.stream().map(TaskRun::info).toList());
        return Event.builder()
                .type(Event.Type.LAUNCH_GROUP)
                .launchGroup(new Event.LaunchGroup(tasks))
                .build();
    }

    static Event kill(TaskId task, @Nullable KillPolicy policy) {
        return Event.builder()
                .type(Event.Type.KILL)
                .kill(new Event.Kill(task, policy))
                .build();
    }

    static Event acknowledged(TaskId task, Bytes uuid) {
        return Event.builder()
                .type(Event.Type.ACKNOWLEDGED)
                .acknowledged(new Event.Acknowledged(task, uuid))
                .build();
    }

    static Event message(Bytes data) {
        return Event.builder()
                .type(Event.Type.MESSAGE)
                .message(new Event.Message(data))
                .build();
    }

    static Event shutdown() {
        return Event.builder().type(Event.Type.SHUTDOWN).build();
    }
}
