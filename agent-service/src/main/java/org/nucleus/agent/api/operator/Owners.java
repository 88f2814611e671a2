package org.nucleus.agent.api.operator;

import java.nio.file.Path;
import java.util.Optional;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.nested.NestedContainer;
import org.nucleus.agent.nested.NestedContainers;
import org.nucleus.agent.nested.NestedContainers.Surrounding;
import org.nucleus.agent.outbound.Sandboxes;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ContainerId;

/** Whose a container is: a task's, an executor's, or one that was started through the API. */
final class Owners {
    private final AgentPicture picture;
    private final Sandboxes sandboxes;
    private final NestedContainers nested;

    Owners(AgentPicture picture, Sandboxes sandboxes, NestedContainers nested) {
        this.picture = picture;
        this.sandboxes = sandboxes;
        this.nested = nested;
    }

    /** A container that runs, in which another may be; a built-in executor is none. */
    Optional<Surrounding> of(ContainerId id) {
        Optional<NestedContainer> own = nested.find(id);
        if (own.isPresent()) {
            return own.map(container -> new Surrounding(container.user(), container.sandbox()));
        }
        Optional<AgentId> agent = picture.agentId();
        return picture.runs().stream()
                .filter(run -> run.ownsContainer() && !run.ended())
                .filter(run -> run.container().equals(id))
                .findFirst()
                .flatMap(run -> agent.map(known -> task(known, run)))
                .or(() -> picture.executors().stream()
                        .filter(run -> !run.isBuiltIn() && run.container().equals(id))
                        .findFirst()
                        .flatMap(run -> agent.map(known -> executor(known, run))));
    }

    private Surrounding task(AgentId agent, TaskRun run) {
        Optional<ExecutorRun> pod = picture.executors().stream()
                .filter(executor -> executor.isBuiltIn() && executor.key().equals(run.executorKey()))
                .findFirst();
        return new Surrounding(run.user(), sandboxes.of(agent, run, pod));
    }

    private Surrounding executor(AgentId agent, ExecutorRun run) {
        Path sandbox = sandboxes.of(agent, run.key(), run.container());
        return new Surrounding(run.user(), sandbox);
    }
}
