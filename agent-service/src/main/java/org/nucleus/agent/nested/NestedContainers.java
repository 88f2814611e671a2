package org.nucleus.agent.nested;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.sandbox.SandboxLayout;
import org.nucleus.service.files.SecureTree;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts, watches and removes containers on behalf of the API. A nested one ends with the container it is in, and is
 * then forgotten; a standalone one is kept until it is removed. Thread-safe.
 */
public final class NestedContainers {
    private static final Logger log = LoggerFactory.getLogger(NestedContainers.class);
    private static final int MOST = 10_000;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Containerizer containerizer;
    private final Path standalone;
    private final Path sessions;
    private final Map<ContainerId, NestedContainer> known = new ConcurrentHashMap<>();

    /**
     * Works in {@code workDir}: nothing that a former process left there counts any more.
     *
     * @throws IOException if what was left cannot be removed
     */
    public NestedContainers(Containerizer containerizer, Path workDir) throws IOException {
        this.containerizer = containerizer;
        this.standalone = workDir.resolve("containers-sandboxes");
        this.sessions = workDir.resolve("sessions");
        SecureTree.delete(sessions);
    }

    /** The container in which another is to be: a task's, an executor's, or one of these. */
    public record Surrounding(String user, Path sandbox) {}

    /**
     * What is to run.
     *
     * @param around empty for a standalone container
     * @param user whom it is to run as; that of what is around it if null
     * @param attachable whether its streams are for callers; else they are files in its sandbox
     */
    public record Order(
            ContainerId id,
            CommandInfo command,
            Optional<Surrounding> around,
            @Nullable String user,
            Limits limits,
            boolean attachable) {}

    public Optional<NestedContainer> find(ContainerId id) {
        return Optional.ofNullable(known.get(id));
    }

    public List<NestedContainer> all() {
        return List.copyOf(known.values());
    }

    /**
     * Launches it; completes when its command is about to run.
     *
     * @throws Refused if its id cannot be used, or there are too many
     */
    public CompletableFuture<Started> launch(Order order) throws Refused, IOException {
        check(order.id());
        Path sandbox = order.around()
                .map(around -> around.sandbox().resolve("containers"))
                .orElse(standalone)
                .resolve(order.id().value());
        String user = user(order);
        Session session = order.attachable()
                ? Session.open(sessions.resolve(UUID.randomUUID().toString()))
                : null;
        NestedContainer container = new NestedContainer(order.id(), user, sandbox, session);
        if (known.putIfAbsent(order.id(), container) != null) {
            close(session);
            throw new Refused(202, "");
        }
        return containerizer
                .launch(new Launch(
                        order.id(),
                        order.command(),
                        environment(order, sandbox),
                        sandbox,
                        user.isEmpty() ? null : user,
                        order.limits(),
                        session == null ? null : session.streams()))
                .whenCompleteAsync((_, failure) -> launched(container, failure), Thread::startVirtualThread);
    }

    private static String user(Order order) {
        if (order.user() != null) {
            return order.user();
        }
        return order.around().map(Surrounding::user).orElse("");
    }

    private void check(ContainerId id) throws Refused {
        if (!SandboxLayout.isSegment(id.value())) {
            throw new Refused(400, "'ContainerID.value' '" + id.value() + "' contains invalid characters");
        }
        if (known.size() >= MOST) {
            throw new Refused(503, "There are " + MOST + " containers already. Remove some that have ended.");
        }
    }

    private void launched(NestedContainer container, @Nullable Throwable failure) {
        ContainerId id = container.id();
        if (failure != null) {
            known.remove(id, container);
            close(container.session());
            containerizer.forget(id);
            return;
        }
        container.attachable().ifPresent(NestedContainers::start);
        containerizer
                .termination(id)
                .thenRunAsync(() -> close(container.session()), Thread::startVirtualThread)
                .whenComplete(
                        (_, _) -> log.atDebug().addKeyValue("container", id).log("A nested container ended"));
        ContainerId around = id.parent();
        if (around != null) {
            containerizer
                    .termination(around)
                    .thenCombineAsync(
                            containerizer.termination(id), (_, _) -> forget(container), Thread::startVirtualThread);
        }
    }

    private boolean forget(NestedContainer container) {
        containerizer.forget(container.id());
        return known.remove(container.id(), container);
    }

    private static void start(Session session) {
        try {
            session.started();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("A session's input cannot be written");
        }
    }

    private static void close(@Nullable Session session) {
        if (session != null) {
            session.close();
        }
    }

    /** Its end; the same answer to every call until it is removed or what is around it ends. */
    public CompletableFuture<Termination> termination(NestedContainer container) {
        return containerizer.termination(container.id());
    }

    public void kill(NestedContainer container, Signal signal) {
        containerizer.kill(container.id(), signal);
    }

    /**
     * Removes an ended container and its sandbox. Of an unknown one there is nothing to remove.
     *
     * @throws Refused if it still runs
     */
    public void remove(ContainerId id) throws Refused, IOException {
        NestedContainer container = known.get(id);
        if (container == null) {
            return;
        }
        if (!containerizer.termination(id).isDone()) {
            throw new Refused(400, "Container " + id.value() + " has not terminated yet");
        }
        forget(container);
        SecureTree.delete(container.sandbox());
    }

    private static SequencedMap<String, String> environment(Order order, Path sandbox) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", PATH);
        variables.put("MESOS_SANDBOX", sandbox.toString());
        Environment own = order.command().environment();
        if (own != null) {
            own.variables().stream()
                    .filter(variable -> variable.value() != null)
                    .forEach(variable -> variables.put(variable.name(), String.valueOf(variable.value())));
        }
        return variables;
    }
}
