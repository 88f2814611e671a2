package org.nucleus.agent.view;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentSettings;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Framework;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.UpdateStream;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.Operation;
import org.nucleus.wire.Task;

/**
 * What the agent knew at one moment.
 *
 * @param identity empty before it was first admitted
 * @param total what the agent has, with its reservations and volumes
 * @param operations whose end is not acknowledged
 * @param completed tasks that are over and acknowledged, newest last
 * @param drain how the agent is to be emptied; absent if it isn't
 */
public record AgentPicture(
        AgentSettings settings,
        List<AgentId> identity,
        boolean registered,
        Resources total,
        List<Framework> frameworks,
        List<ExecutorRun> executors,
        List<TaskRun> runs,
        List<UpdateStream> streams,
        List<Operation> operations,
        List<Task> completed,
        @Nullable DrainConfig drain) {
    public AgentPicture {
        identity = List.copyOf(identity);
        frameworks = List.copyOf(frameworks);
        executors = List.copyOf(executors);
        runs = List.copyOf(runs);
        streams = List.copyOf(streams);
        operations = List.copyOf(operations);
        completed = List.copyOf(completed);
    }

    static AgentPicture of(AgentState state) {
        return new AgentPicture(
                state.settings(),
                state.agentId().stream().toList(),
                state.link() instanceof Link.Registered,
                state.total().orElse(Resources.none()),
                List.copyOf(state.frameworks().values()),
                List.copyOf(state.executors().values()),
                List.copyOf(state.runs().values()),
                List.copyOf(state.streams().values()),
                List.copyOf(state.operations().values()),
                state.completed(),
                state.draining().orElse(null));
    }

    public Optional<AgentId> agentId() {
        return identity.stream().findFirst();
    }
}
