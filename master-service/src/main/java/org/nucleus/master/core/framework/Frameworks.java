package org.nucleus.master.core.framework;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;
import org.nucleus.master.core.offer.Offers;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.AgentConstraints;
import org.nucleus.master.core.state.Answers;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.master.core.state.TaskTable;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.master.core.task.Statuses;
import org.nucleus.master.core.task.Tasks;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import org.nucleus.wire.scheduler.OfferConstraints;

/** How frameworks come, go, come back, and say what they want to be offered. */
public final class Frameworks {
    private final Offers offers;

    public Frameworks(Offers offers) {
        this.offers = offers;
    }

    /**
     * A new framework gets an id; a known one continues on its new stream, and whoever had the old one is told so. A
     * refusal is an ERROR event. Source: master.cpp, Master::subscribe.
     */
    public void subscribe(MasterInput.Subscribe in, Frame frame) {
        Call.Subscribe subscribe = Objects.requireNonNull(in.call().subscribe(), "checked by the edge");
        FrameworkInfo info = withPrincipal(subscribe.frameworkInfo(), in.caller());
        Optional<String> refusal = FrameworkRules.refusal(info, subscribe.suppressedRoles(), frame.settings())
                .or(() -> ofConstraints(info, subscribe.offerConstraints(), frame))
                .or(() -> ofCompletedOrForeign(info, frame))
                .or(() -> FrameworkRules.unauthorized(info, in.caller()));
        if (refusal.isPresent()) {
            refuse(in.stream(), refusal.get(), frame);
            return;
        }
        FrameworkId id = hasId(info) ? Objects.requireNonNull(info.id()) : nextId(frame);
        FrameworkInfo identified = info.toBuilder().id(id).build();
        Framework before = frame.state().frameworks().get(id);
        if (before == null) {
            store(identified, subscribe.suppressedRoles(), null, frame);
        } else {
            leaveOldStream(before, frame);
            offers.discardAllOf(id, frame);
            replace(before, keepFixed(before.info(), identified), subscribe.suppressedRoles(), frame);
        }
        constrain(id, subscribe.offerConstraints(), frame);
        frame.record(new Change.FrameworkConnected(id, in.stream(), frame.now()));
        frame.emit(new Effect.SendEvent(in.stream(), subscribed(id, frame)));
        frame.emit(new Effect.SendEvent(
                in.stream(), Event.builder().type(Event.Type.HEARTBEAT).build()));
        if (before != null) {
            tellAgents(existing(id, frame), frame);
        }
        frame.allocate(null);
    }

    /** The framework's stream ended: its offers are taken back, and it has its failover timeout to return. */
    public void disconnected(StreamId stream, Frame frame) {
        Framework framework = frame.state().frameworks().of(stream);
        if (framework == null) {
            return;
        }
        Instant deadline = frame.now().plus(failoverTimeout(framework.info()));
        frame.record(new Change.FrameworkDisconnected(framework.id(), frame.now(), deadline));
        offers.discardAllOf(framework.id(), frame);
        frame.wake(new WakeKey.FailoverTimeout(framework.id()), deadline);
    }

    /** The failover timeout's alarm: the framework ends unless it has returned. */
    public void failoverTimeout(FrameworkId id, Frame frame) {
        Framework framework = frame.state().frameworks().get(id);
        Instant deadline = framework == null ? null : framework.known().failoverDeadline();
        if (framework == null || deadline == null || framework.isConnected()) {
            return;
        }
        if (deadline.isAfter(frame.now())) {
            frame.wake(new WakeKey.FailoverTimeout(id), deadline);
            return;
        }
        end(framework, frame);
    }

    /** The framework ends for good, with all it runs. Source: master.cpp, Master::removeFramework. */
    public void end(Framework framework, Frame frame) {
        FrameworkId id = framework.id();
        offers.discardAllOf(id, frame);
        tellShutdown(framework, frame);
        List<Task> all = tasks(id, frame);
        all.addAll(frame.state().frameworks().unreachableTasks(id).values());
        for (Task task : all) {
            Tasks.complete(killed(task, framework, frame), frame);
        }
        removeExecutors(id, frame);
        if (framework.link() instanceof Framework.Link.Connected connected) {
            frame.emit(new Effect.CloseStream(connected.stream()));
        }
        frame.record(new Change.FrameworkCompleted(id, frame.now()));
        forgetOldest(frame);
    }

    /** An operator ends a framework. */
    public void teardown(MasterInput.TeardownFramework in, Frame frame) {
        Framework framework = frame.state().frameworks().get(in.framework());
        if (framework == null) {
            frame.emit(Answers.invalid(in.ticket(), "No framework found with specified ID"));
            return;
        }
        String owner = framework.info().principal();
        if (!in.caller().grants().mayTeardown(owner == null ? "" : owner)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to tear down framework " + in.framework()));
            return;
        }
        end(framework, frame);
        frame.emit(Answers.ok(in.ticket()));
    }

    /**
     * Its filters go, for all its roles or the named ones, and these get offers again. One role that it doesn't have
     * makes the call void. Source: master.cpp, Master::revive.
     */
    public void revive(Framework framework, List<String> named, Frame frame) {
        if (!framework.roles().containsAll(named)) {
            return;
        }
        List<String> roles = named.isEmpty() ? List.copyOf(framework.roles()) : named;
        frame.record(new Change.FiltersCleared(framework.id(), roles));
        frame.record(new Change.InverseFiltersCleared(framework.id()));
        SequencedSet<String> suppressed = new LinkedHashSet<>(framework.suppressed());
        if (suppressed.removeAll(roles)) {
            frame.record(new Change.RolesSuppressed(framework.id(), Ordered.setOf(suppressed)));
        }
        frame.allocate(null);
    }

    /** No new offers for all its roles or the named ones; outstanding ones stay. */
    public void suppress(Framework framework, List<String> named, Frame frame) {
        if (!framework.roles().containsAll(named)) {
            return;
        }
        SequencedSet<String> suppressed = new LinkedHashSet<>(framework.suppressed());
        if (suppressed.addAll(named.isEmpty() ? framework.roles() : named)) {
            frame.record(new Change.RolesSuppressed(framework.id(), Ordered.setOf(suppressed)));
        }
    }

    /** The framework describes itself anew, as a whole. Source: master.cpp, Master::updateFramework. */
    public void update(Ticket ticket, Framework framework, Call.UpdateFramework update, Caller caller, Frame frame) {
        FrameworkInfo info = withPrincipal(update.frameworkInfo(), caller);
        Optional<String> refusal = FrameworkRules.refusal(info, update.suppressedRoles(), frame.settings())
                .or(() -> ofConstraints(info, update.offerConstraints(), frame))
                .or(() -> ofFixedFields(framework.info(), info));
        if (refusal.isPresent()) {
            frame.emit(Answers.invalid(ticket, "FrameworkInfo update is not valid: " + refusal.get()));
            return;
        }
        Optional<String> unauthorized = FrameworkRules.unauthorized(info, caller);
        if (unauthorized.isPresent()) {
            frame.emit(Answers.forbidden(ticket, unauthorized.get()));
            return;
        }
        replace(framework, info, update.suppressedRoles(), frame);
        constrain(framework.id(), update.offerConstraints(), frame);
        tellAgents(existing(framework.id(), frame), frame);
        frame.allocate(null);
        frame.emit(Answers.ok(ticket));
    }

    /** Negative timeouts count as none. */
    public static Duration failoverTimeout(FrameworkInfo info) {
        double seconds =
                Math.clamp(info.failoverTimeout(), 0, Duration.ofDays(36_500).toSeconds());
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    // --- subscribing ------------------------------------------------------------------------------------------------

    private static FrameworkInfo withPrincipal(FrameworkInfo info, Caller caller) {
        return info.principal() == null && caller.principal() != null
                ? info.toBuilder().principal(caller.principal()).build()
                : info;
    }

    private static boolean hasId(FrameworkInfo info) {
        var id = info.id();
        return id != null && !id.value().isEmpty();
    }

    private static Optional<String> ofCompletedOrForeign(FrameworkInfo info, Frame frame) {
        FrameworkId id = info.id();
        if (id == null || !hasId(info)) {
            return Optional.empty();
        }
        if (frame.state().frameworks().completed(id) != null) {
            return Optional.of("Framework has been removed");
        }
        Framework known = frame.state().frameworks().get(id);
        return known == null ? Optional.empty() : ofPrincipal(known.info(), info);
    }

    private static Optional<String> ofConstraints(
            FrameworkInfo info, @Nullable OfferConstraints constraints, Frame frame) {
        return ConstraintRules.refusal(
                constraints, Framework.rolesOf(info), frame.settings().constraintSizeMost());
    }

    private static void constrain(FrameworkId id, @Nullable OfferConstraints told, Frame frame) {
        OfferConstraints constraints = told == null ? new OfferConstraints(new LinkedHashMap<>()) : told;
        frame.record(new Change.FrameworkConstrained(
                id, constraints, AgentConstraints.of(told, frame.settings().constraintSizeMost())));
    }

    private static Optional<String> ofPrincipal(FrameworkInfo old, FrameworkInfo next) {
        return Objects.equals(old.principal(), next.principal())
                ? Optional.empty()
                : Optional.of("Changing framework's principal is not allowed.");
    }

    private static Optional<String> ofFixedFields(FrameworkInfo old, FrameworkInfo next) {
        Optional<String> refusal = ofPrincipal(old, next);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!old.user().equals(next.user())) {
            return Optional.of("Updating 'FrameworkInfo.user' is unsupported; attempted to update from '" + old.user()
                    + "' to '" + next.user() + "'");
        }
        return old.checkpoint() == next.checkpoint()
                ? Optional.empty()
                : Optional.of("Updating 'FrameworkInfo.checkpoint' is unsupported; attempted to update from '"
                        + old.checkpoint() + "' to '" + next.checkpoint() + "'");
    }

    /** A subscribing framework can't change its user or whether it checkpoints: the old values stay. */
    private static FrameworkInfo keepFixed(FrameworkInfo old, FrameworkInfo next) {
        return next.toBuilder().user(old.user()).checkpoint(old.checkpoint()).build();
    }

    private static void refuse(StreamId stream, String message, Frame frame) {
        frame.emit(new Effect.SendEvent(stream, error(message)));
        frame.emit(new Effect.CloseStream(stream));
    }

    private static Event error(String message) {
        return Event.builder()
                .type(Event.Type.ERROR)
                .error(new Event.Error(message))
                .build();
    }

    private static FrameworkId nextId(Frame frame) {
        String master = frame.state().term().masterInfo().id();
        var frameworks = frame.state().frameworks();
        for (long number = frameworks.numbered(); ; number++) {
            FrameworkId id = new FrameworkId(String.format(Locale.ROOT, "%s-%04d", master, number));
            if (frameworks.get(id) == null && frameworks.completed(id) == null) {
                return id;
            }
        }
    }

    private static void leaveOldStream(Framework before, Frame frame) {
        if (before.link() instanceof Framework.Link.Connected old) {
            frame.emit(new Effect.SendEvent(old.stream(), error("Framework failed over")));
            frame.emit(new Effect.CloseStream(old.stream()));
        }
    }

    /** The new description is stored; what it gives up is taken back, what it asks for again is unfiltered. */
    private void replace(Framework before, FrameworkInfo info, List<String> suppressed, Frame frame) {
        store(info, suppressed, before, frame);
        SequencedSet<String> roles = Framework.rolesOf(info);
        List<String> left =
                before.roles().stream().filter(role -> !roles.contains(role)).toList();
        List<String> wantedAgain = before.suppressed().stream()
                .filter(role -> roles.contains(role) && !suppressed.contains(role))
                .toList();
        offers.rescindAllOf(before.id(), left, frame);
        List<String> cleared = new ArrayList<>(left);
        cleared.addAll(wantedAgain);
        if (!cleared.isEmpty()) {
            frame.record(new Change.FiltersCleared(before.id(), cleared));
        }
    }

    private static void store(FrameworkInfo info, List<String> suppressed, @Nullable Framework before, Frame frame) {
        Instant registered = before == null ? frame.now() : before.known().registeredAt();
        frame.record(new Change.FrameworkStored(
                new KnownFramework(info, List.copyOf(Ordered.setOf(suppressed)), registered, frame.now(), null, null)));
    }

    private static Event subscribed(FrameworkId id, Frame frame) {
        return Event.builder()
                .type(Event.Type.SUBSCRIBED)
                .subscribed(new Event.Subscribed(
                        id,
                        frame.settings().heartbeatIntervalSeconds(),
                        frame.state().term().masterInfo()))
                .build();
    }

    // --- what agents hear -------------------------------------------------------------------------------------------

    private static void tellAgents(Framework framework, Frame frame) {
        for (Agent agent : agentsOf(framework.id(), frame)) {
            frame.tell(
                    agent, AgentEvent.updateFramework(frame.epoch(), new AgentEvent.UpdateFramework(framework.info())));
        }
    }

    private static void tellShutdown(Framework framework, Frame frame) {
        for (Agent agent : agentsOf(framework.id(), frame)) {
            frame.tell(
                    agent,
                    AgentEvent.shutdownFramework(frame.epoch(), new AgentEvent.ShutdownFramework(framework.id())));
        }
    }

    private static List<Agent> agentsOf(FrameworkId id, Frame frame) {
        SequencedSet<AgentId> ids = new LinkedHashSet<>();
        for (Task task : tasks(id, frame)) {
            ids.add(task.agentId());
        }
        for (Agent agent : frame.state().agents().all()) {
            if (runsExecutorOf(id, agent, frame)) {
                ids.add(agent.id());
            }
        }
        List<Agent> agents = new ArrayList<>();
        for (AgentId each : ids) {
            Agent agent = frame.state().agents().get(each);
            if (agent != null) {
                agents.add(agent);
            }
        }
        return agents;
    }

    private static boolean runsExecutorOf(FrameworkId id, Agent agent, Frame frame) {
        for (ExecutorKey key : frame.state().agents().executors(agent.id()).keySet()) {
            if (key.framework().equals(id)) {
                return true;
            }
        }
        return false;
    }

    // --- ending -----------------------------------------------------------------------------------------------------

    private static List<Task> tasks(FrameworkId id, Frame frame) {
        List<Task> tasks = new ArrayList<>();
        for (TaskKey key : frame.state().frameworks().tasks(id)) {
            Task task = frame.state().tasks().get(key);
            if (task != null) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    private static Task killed(Task task, Framework framework, Frame frame) {
        if (TaskTable.isTerminal(task.state())) {
            return task;
        }
        TaskStatus status = Statuses.of(
                task,
                TaskState.TASK_KILLED,
                TaskStatus.Reason.REASON_FRAMEWORK_REMOVED,
                "Framework " + framework.id() + " removed",
                frame.now());
        return Statuses.applied(task, status, TaskState.TASK_KILLED, false);
    }

    private static void removeExecutors(FrameworkId id, Frame frame) {
        for (Agent agent : frame.state().agents().all()) {
            for (ExecutorKey key :
                    List.copyOf(frame.state().agents().executors(agent.id()).keySet())) {
                if (key.framework().equals(id)) {
                    frame.record(new Change.ExecutorRemoved(agent.id(), id, key.executor()));
                    frame.allocate(agent.id());
                }
            }
        }
    }

    private static void forgetOldest(Frame frame) {
        var completed = frame.state().frameworks().allCompleted();
        if (completed.size() > frame.settings().maxCompletedFrameworks()) {
            FrameworkId oldest = completed.getFirst().info().id();
            if (oldest != null) {
                frame.record(new Change.FrameworkForgotten(oldest));
            }
        }
    }

    private static Framework existing(FrameworkId id, Frame frame) {
        Framework framework = frame.state().frameworks().get(id);
        if (framework == null) {
            throw new IllegalStateException("no framework " + id);
        }
        return framework;
    }
}
