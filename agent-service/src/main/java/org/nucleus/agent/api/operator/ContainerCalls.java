package org.nucleus.agent.api.operator;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Action;
import org.nucleus.agent.access.Viewer;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.nested.NestedContainer;
import org.nucleus.agent.nested.NestedContainers;
import org.nucleus.agent.nested.NestedContainers.Surrounding;
import org.nucleus.agent.nested.Refused;
import org.nucleus.agent.outbound.Sandboxes;
import org.nucleus.agent.outbound.TaskLimits;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.agent.view.AgentView;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Value;
import org.nucleus.wire.agent.Response;

/**
 * The calls that start, await, end and remove containers. Source: slave/http.cpp, Http::launchContainer,
 * _waitContainer, _killContainer and _removeContainer.
 */
final class ContainerCalls {
    private final AgentView view;
    private final Sandboxes sandboxes;
    private final NestedContainers nested;

    ContainerCalls(AgentView view, Sandboxes sandboxes, NestedContainers nested) {
        this.view = view;
        this.sandboxes = sandboxes;
        this.nested = nested;
    }

    /** What a launch asks for, whichever call it comes with. */
    record Wanted(
            ContainerId id,
            @Nullable CommandInfo command,
            @Nullable ContainerInfo container,
            List<Resource> resources,
            Map<String, Value.Scalar> limits,
            boolean session) {
        Wanted as(ContainerId other) {
            return new Wanted(other, command, container, resources, limits, session);
        }

        static Wanted nested(ContainerId id, @Nullable CommandInfo command, @Nullable ContainerInfo container) {
            return new Wanted(id, command, container, List.of(), Map.of(), false);
        }

        static Wanted session(ContainerId id, @Nullable CommandInfo command, @Nullable ContainerInfo container) {
            return new Wanted(id, command, container, List.of(), Map.of(), true);
        }
    }

    /** Starts it. Returns once its command is about to run. */
    NestedContainer launch(Wanted asked, Viewer viewer) throws Refused, IOException, InterruptedException {
        Wanted wanted = asked.as(actual(asked.id()));
        CommandInfo command = wanted.command();
        if (command == null) {
            throw new Refused(400, "The container has no command, and images are not supported by this agent");
        }
        refuseUnsupported(wanted.container());
        Optional<Surrounding> around = around(wanted.id());
        authorize(wanted, around, viewer);
        String user = command.user();
        Limits limits = wanted.resources().isEmpty() && wanted.limits().isEmpty()
                ? Limits.none()
                : TaskLimits.of(wanted.resources(), wanted.limits(), wanted.container());
        CompletableFuture<Started> started =
                nested.launch(new NestedContainers.Order(wanted.id(), command, around, user, limits, wanted.session()));
        try {
            started.get();
        } catch (ExecutionException e) {
            String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new Refused(500, "Failed to launch container: " + why);
        }
        return nested.find(wanted.id()).orElseThrow(() -> notFound(wanted.id()));
    }

    private static void refuseUnsupported(@Nullable ContainerInfo container) throws Refused {
        if (container == null) {
            return;
        }
        if (container.type() == ContainerInfo.Type.DOCKER
                || container.mesos() != null && container.mesos().image() != null) {
            throw new Refused(501, "Images are not supported in containers that are started through the API");
        }
        if (container.ttyInfo() != null) {
            throw new Refused(501, "Terminals are not supported by this agent: attach without 'tty_info'");
        }
        if (!container.volumes().isEmpty()) {
            throw new Refused(501, "Volumes are not supported in containers that are started through the API");
        }
    }

    private Optional<Surrounding> around(ContainerId id) throws Refused, InterruptedException {
        ContainerId parent = id.parent();
        if (parent == null) {
            return Optional.empty();
        }
        Optional<Surrounding> around = new Owners(picture(), sandboxes, nested).of(parent);
        if (around.isEmpty()) {
            throw notFound(parent);
        }
        return around;
    }

    private static void authorize(Wanted wanted, Optional<Surrounding> around, Viewer viewer) throws Refused {
        CommandInfo command = wanted.command();
        String user = command == null || command.user() == null
                ? around.map(Surrounding::user).orElse("")
                : command.user();
        boolean may = around.map(parent -> wanted.session()
                        ? viewer.may(Action.LAUNCH_NESTED_CONTAINER_SESSIONS_AS_USER, user)
                                && viewer.may(
                                        Action.LAUNCH_NESTED_CONTAINER_SESSIONS_UNDER_PARENT_WITH_USER, parent.user())
                        : viewer.may(Action.LAUNCH_NESTED_CONTAINERS_AS_USER, user)
                                && viewer.may(Action.LAUNCH_NESTED_CONTAINERS_UNDER_PARENT_WITH_USER, parent.user()))
                .orElseGet(() -> viewer.may(Action.LAUNCH_STANDALONE_CONTAINERS, user));
        if (!may) {
            throw new Refused(403, "");
        }
    }

    /** Waits for its end. */
    Response.WaitContainer await(ContainerId id, Viewer viewer) throws Refused, InterruptedException {
        NestedContainer container = known(id);
        check(viewer, container, Action.WAIT_NESTED_CONTAINERS, Action.WAIT_STANDALONE_CONTAINERS);
        try {
            return answer(nested.termination(container).get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a termination is never an exception", e);
        }
    }

    private static Response.WaitContainer answer(Termination end) {
        Integer status = end.waitStatus() < 0 ? null : end.waitStatus();
        TaskStatus.Reason reason = switch (end) {
            case Termination.Limited limited ->
                switch (limited.what()) {
                    case MEMORY -> TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY;
                    case DISK -> TaskStatus.Reason.REASON_CONTAINER_LIMITATION_DISK;
                };
            case Termination.Exited _, Termination.Signaled _, Termination.Lost _ -> null;
        };
        return new Response.WaitContainer(status, null, reason, null, end.message());
    }

    void kill(ContainerId id, @Nullable Integer signal, Viewer viewer) throws Refused, InterruptedException {
        NestedContainer container = known(id);
        check(viewer, container, Action.KILL_NESTED_CONTAINERS, Action.KILL_STANDALONE_CONTAINERS);
        nested.kill(container, signal(signal));
    }

    private static Signal signal(@Nullable Integer number) throws Refused {
        for (Signal signal : Signal.values()) {
            if (signal.number() == (number == null ? Signal.KILL.number() : number)) {
                return signal;
            }
        }
        throw new Refused(501, "Containers can be sent SIGTERM (15) and SIGKILL (9) only");
    }

    void remove(ContainerId id, Viewer viewer) throws Refused, IOException, InterruptedException {
        Optional<NestedContainer> container = nested.find(actual(id));
        if (container.isPresent()) {
            check(viewer, container.get(), Action.REMOVE_NESTED_CONTAINERS, Action.REMOVE_STANDALONE_CONTAINERS);
            nested.remove(container.get().id());
        }
    }

    /** One whose streams can be attached to. */
    NestedContainer attachable(ContainerId id, Action action, Viewer viewer) throws Refused, InterruptedException {
        NestedContainer container = known(id);
        check(viewer, container, action, action);
        if (container.attachable().isEmpty()) {
            throw new Refused(400, "Container " + id.value() + " was not launched as a session: its streams are files");
        }
        return container;
    }

    /** The container of a pod's task is shown inside its executor's, which is none. */
    ContainerId actual(ContainerId id) throws Refused, InterruptedException {
        ContainerId parent = id.parent();
        if (parent == null) {
            return id;
        }
        boolean isTasks = picture().runs().stream()
                .anyMatch(run -> run.runner() instanceof Runner.Pod
                        && run.container().value().equals(id.value()));
        return isTasks ? new ContainerId(id.value(), null) : new ContainerId(id.value(), actual(parent));
    }

    private static void check(Viewer viewer, NestedContainer container, Action nested, Action standalone)
            throws Refused {
        if (!viewer.may(container.isStandalone() ? standalone : nested, container.user())) {
            throw new Refused(403, "");
        }
    }

    private NestedContainer known(ContainerId id) throws Refused, InterruptedException {
        return nested.find(actual(id)).orElseThrow(() -> notFound(id));
    }

    private AgentPicture picture() throws Refused, InterruptedException {
        return view.picture().orElseThrow(() -> new Refused(503, "Agent has not finished recovery"));
    }

    private static Refused notFound(ContainerId id) {
        return new Refused(404, "Container " + id.value() + " cannot be found");
    }
}
