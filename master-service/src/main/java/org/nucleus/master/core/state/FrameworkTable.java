package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Framework.Link;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.scheduler.OfferConstraints;

/** The frameworks, and what each has. Read by all rules; changed by {@link MasterState} alone. */
public final class FrameworkTable {
    private static final OfferConstraints NO_CONSTRAINTS = new OfferConstraints(new LinkedHashMap<>());

    private final SequencedMap<FrameworkId, Framework> active = new LinkedHashMap<>();
    private final SequencedMap<FrameworkId, KnownFramework> completed = new LinkedHashMap<>();
    private final SequencedMap<FrameworkId, Room> rooms = new LinkedHashMap<>();
    private final SequencedMap<StreamId, FrameworkId> streams = new LinkedHashMap<>();
    private long numbered;

    /** What one framework has. */
    static final class Room {
        final SequencedSet<TaskKey> tasks = new LinkedHashSet<>();
        final SequencedMap<TaskId, Task> unreachable = new LinkedHashMap<>();
        final SequencedMap<TaskId, Task> completed = new LinkedHashMap<>();
        final SequencedSet<OfferId> offers = new LinkedHashSet<>();
        final SequencedMap<AgentId, List<ExecutorInfo>> executors = new LinkedHashMap<>();
        final UsageByAgent usage = new UsageByAgent();
        OfferConstraints constraints = NO_CONSTRAINTS;
        AgentConstraints wanted = AgentConstraints.NONE;

        void addExecutor(AgentId agent, ExecutorInfo executor) {
            executors.computeIfAbsent(agent, _ -> new ArrayList<>()).add(executor);
        }

        void removeExecutor(AgentId agent, ExecutorInfo executor) {
            List<ExecutorInfo> there = executors.get(agent);
            if (there != null && there.remove(executor) && there.isEmpty()) {
                executors.remove(agent);
            }
        }
    }

    public @Nullable Framework get(FrameworkId id) {
        return active.get(id);
    }

    public @Nullable KnownFramework completed(FrameworkId id) {
        return completed.get(id);
    }

    /** The framework whose current stream this is. */
    public @Nullable Framework of(StreamId stream) {
        FrameworkId id = streams.get(stream);
        return id == null ? null : active.get(id);
    }

    public SequencedCollection<Framework> all() {
        return Collections.unmodifiableSequencedCollection(active.sequencedValues());
    }

    public SequencedCollection<KnownFramework> allCompleted() {
        return Collections.unmodifiableSequencedCollection(completed.sequencedValues());
    }

    public Collection<OfferId> offers(FrameworkId id) {
        return Collections.unmodifiableSequencedSet(room(id).offers);
    }

    /** The tasks of a framework that the master tracks, ended but unacknowledged ones too, unreachable ones not. */
    public Collection<TaskKey> tasks(FrameworkId id) {
        return Collections.unmodifiableSequencedSet(room(id).tasks);
    }

    public SequencedMap<TaskId, Task> unreachableTasks(FrameworkId id) {
        return Collections.unmodifiableSequencedMap(room(id).unreachable);
    }

    public SequencedMap<TaskId, Task> completedTasks(FrameworkId id) {
        return Collections.unmodifiableSequencedMap(room(id).completed);
    }

    /** What its tasks and executors use on all agents together; the same port on two agents shows once. */
    public Resources used(FrameworkId id) {
        return room(id).usage.used();
    }

    /** What it is offered on all agents together; the same port on two agents shows once. */
    public Resources offered(FrameworkId id) {
        return room(id).usage.offered();
    }

    /** The agents that a framework wants to be offered. */
    public AgentConstraints constraints(FrameworkId id) {
        return room(id).wanted;
    }

    /** The same, as the framework said it. */
    OfferConstraints constraintsAsTold(FrameworkId id) {
        return room(id).constraints;
    }

    /** How many frameworks were numbered in this term: the next one's number. */
    public long numbered() {
        return numbered;
    }

    Room room(FrameworkId id) {
        Room room = rooms.get(id);
        return room == null ? new Room() : room;
    }

    Room roomFor(FrameworkId id) {
        return rooms.computeIfAbsent(id, _ -> new Room());
    }

    void restore(KnownFramework known) {
        Framework framework = Framework.of(known, new Link.Recovered());
        roomFor(framework.id());
        if (known.completedAt() == null) {
            active.put(framework.id(), framework);
        } else {
            completed.put(framework.id(), known);
        }
    }

    void store(KnownFramework known) {
        Framework framework = Framework.of(known, new Link.Recovered());
        Framework before = active.get(framework.id());
        if (before == null) {
            numbered++;
            roomFor(framework.id());
            active.put(framework.id(), framework);
        } else {
            active.put(framework.id(), before.with(known));
        }
    }

    void connect(FrameworkId id, StreamId stream, Instant at) {
        Framework framework = existing(id);
        dropStream(framework);
        streams.put(stream, id);
        active.put(id, framework.with(new Link.Connected(stream, at)));
    }

    void disconnect(FrameworkId id, Instant at, Instant failoverDeadline) {
        Framework framework = existing(id);
        dropStream(framework);
        KnownFramework known = framework.known();
        KnownFramework waiting = new KnownFramework(
                known.info(),
                known.suppressedRoles(),
                known.registeredAt(),
                known.reregisteredAt(),
                failoverDeadline,
                known.completedAt());
        Link link = framework.isRecovered() ? framework.link() : new Link.Disconnected(at);
        active.put(id, Framework.of(waiting, link));
    }

    void complete(FrameworkId id, Instant at) {
        Framework framework = existing(id);
        dropStream(framework);
        active.remove(id);
        KnownFramework known = framework.known();
        completed.put(
                id,
                new KnownFramework(
                        known.info(), known.suppressedRoles(), known.registeredAt(), known.reregisteredAt(), null, at));
    }

    void constrain(FrameworkId id, OfferConstraints constraints, AgentConstraints wanted) {
        Room room = roomFor(id);
        room.constraints = constraints;
        room.wanted = wanted;
    }

    void forget(FrameworkId id) {
        completed.remove(id);
        rooms.remove(id);
    }

    void suppress(FrameworkId id, SequencedSet<String> roles) {
        KnownFramework known = existing(id).known();
        active.put(
                id,
                existing(id)
                        .with(new KnownFramework(
                                known.info(),
                                List.copyOf(roles),
                                known.registeredAt(),
                                known.reregisteredAt(),
                                known.failoverDeadline(),
                                known.completedAt())));
    }

    private void dropStream(Framework framework) {
        if (framework.link() instanceof Link.Connected connected) {
            streams.remove(connected.stream());
        }
    }

    private Framework existing(FrameworkId id) {
        Framework framework = active.get(id);
        if (framework == null) {
            throw new IllegalStateException("no framework " + id);
        }
        return framework;
    }
}
