package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Agent.Link;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.RegistrySnapshot.Standing;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.OfferId;

/** The agents, by standing, and what is on each. Read by all rules; changed by {@link MasterState} alone. */
public final class AgentTable {
    private final SequencedMap<AgentId, Agent> admitted = new LinkedHashMap<>();
    private final SequencedMap<AgentId, KnownAgent> unreachable = new LinkedHashMap<>();
    private final SequencedMap<AgentId, KnownAgent> gone = new LinkedHashMap<>();
    private final SequencedMap<AgentId, Room> rooms = new LinkedHashMap<>();
    private final SequencedMap<StreamId, AgentId> streams = new LinkedHashMap<>();
    private final SequencedMap<String, AgentId> addresses = new LinkedHashMap<>();
    private final Shares shares;
    private long numbered;

    AgentTable(Shares shares) {
        this.shares = shares;
    }

    /** What is on one agent. */
    static final class Room {
        final SequencedSet<TaskKey> tasks = new LinkedHashSet<>();
        final SequencedSet<OfferId> offers = new LinkedHashSet<>();
        final SequencedMap<ExecutorKey, ExecutorInfo> executors = new LinkedHashMap<>();
        final SequencedMap<TaskKey, RememberedKill> kills = new LinkedHashMap<>();
        final Usage usage = new Usage();
        private Resources taken = Resources.none();
        private @Nullable Resources free;

        void use(Resources more) {
            usage.use(more);
            take(more);
        }

        void release(Resources less) {
            usage.release(less);
            giveBack(less);
        }

        void offer(Resources more) {
            usage.offer(more);
            take(more);
        }

        void takeBack(Resources less) {
            usage.takeBack(less);
            giveBack(less);
        }

        private void take(Resources more) {
            taken = taken.plus(more.unallocated());
            free = null;
        }

        private void giveBack(Resources less) {
            taken = taken.minus(less.unallocated());
            free = null;
        }

        private Resources freeOf(Resources total) {
            Resources known = free;
            if (known == null) {
                known = total.besides(taken).orElse(Resources.none());
                free = known;
            }
            return known;
        }
    }

    /** A kill to be sent when the agent is back. */
    public record RememberedKill(@Nullable KillPolicy policy) {}

    public @Nullable Agent get(AgentId id) {
        return admitted.get(id);
    }

    public @Nullable KnownAgent unreachable(AgentId id) {
        return unreachable.get(id);
    }

    public @Nullable KnownAgent gone(AgentId id) {
        return gone.get(id);
    }

    /** The agent whose current stream this is. */
    public @Nullable Agent of(StreamId stream) {
        AgentId id = streams.get(stream);
        return id == null ? null : admitted.get(id);
    }

    /** The admitted agent that is known under this host name and port. */
    public @Nullable Agent at(String hostname, int port) {
        AgentId id = addresses.get(address(hostname, port));
        return id == null ? null : admitted.get(id);
    }

    private static String address(String hostname, int port) {
        return hostname + ":" + port;
    }

    public SequencedCollection<Agent> all() {
        return Collections.unmodifiableSequencedCollection(admitted.sequencedValues());
    }

    public SequencedCollection<KnownAgent> allUnreachable() {
        return Collections.unmodifiableSequencedCollection(unreachable.sequencedValues());
    }

    public SequencedCollection<KnownAgent> allGone() {
        return Collections.unmodifiableSequencedCollection(gone.sequencedValues());
    }

    /** Whether any agent of the registry has not come back since the election. */
    public boolean anyRecovered() {
        for (Agent agent : admitted.values()) {
            if (agent.isRecovered()) {
                return true;
            }
        }
        return false;
    }

    /** What nobody uses and nobody is offered, and all shared volumes; unallocated. */
    public Resources free(AgentId id) {
        Agent agent = admitted.get(id);
        return agent == null ? Resources.none() : room(id).freeOf(agent.total());
    }

    public Resources used(AgentId id) {
        return room(id).usage.used();
    }

    public Resources offered(AgentId id) {
        return room(id).usage.offered();
    }

    public Map<ExecutorKey, ExecutorInfo> executors(AgentId id) {
        return Collections.unmodifiableSequencedMap(room(id).executors);
    }

    public Map<TaskKey, RememberedKill> kills(AgentId id) {
        return Collections.unmodifiableSequencedMap(room(id).kills);
    }

    public Collection<OfferId> offers(AgentId id) {
        return Collections.unmodifiableSequencedSet(room(id).offers);
    }

    /** The tasks on an agent that the master tracks, ended but unacknowledged ones too. */
    public Collection<TaskKey> tasks(AgentId id) {
        return Collections.unmodifiableSequencedSet(room(id).tasks);
    }

    /** Whether nothing is left on the agent that anybody waits for. */
    public boolean isIdle(AgentId id) {
        return room(id).tasks.isEmpty();
    }

    /** How many agents were numbered in this term: the next one's number. */
    public long numbered() {
        return numbered;
    }

    Room room(AgentId id) {
        Room room = rooms.get(id);
        return room == null ? new Room() : room;
    }

    Room roomFor(AgentId id) {
        return rooms.computeIfAbsent(id, _ -> new Room());
    }

    void restore(KnownAgent known) {
        switch (known.standing()) {
            case ADMITTED -> admit(known, new Link.Recovered());
            case UNREACHABLE -> unreachable.put(idOf(known), known);
            case GONE -> gone.put(idOf(known), known);
        }
    }

    void admit(KnownAgent known) {
        Agent before = admitted.get(idOf(known));
        if (before == null && !unreachable.containsKey(idOf(known))) {
            numbered++;
        }
        admit(known, before == null ? new Link.Recovered() : before.link());
    }

    private void admit(KnownAgent known, Link link) {
        AgentId id = idOf(known);
        unreachable.remove(id);
        Agent before = admitted.get(id);
        if (before != null) {
            dropAddress(before);
            shares.addTotal(before.total(), -1);
        }
        Agent agent = Agent.of(known, link);
        admitted.put(id, agent);
        addresses.put(address(agent.hostname(), known.info().port()), id);
        roomFor(id).free = null;
        shares.addTotal(agent.total(), 1);
    }

    void reshape(AgentId id, Resources total) {
        Agent agent = existing(id);
        shares.addTotal(agent.total(), -1);
        shares.addTotal(total, 1);
        admitted.put(id, agent.with(total));
        roomFor(id).free = null;
    }

    void connect(AgentId id, StreamId stream, String address, Instant at) {
        Agent agent = existing(id);
        dropStream(agent);
        streams.put(stream, id);
        admitted.put(id, agent.with(new Link.Connected(stream, address, at, 0)));
    }

    void disconnect(AgentId id, Instant at) {
        Agent agent = existing(id);
        dropStream(agent);
        String address = agent.link() instanceof Link.Connected connected ? connected.address() : "";
        admitted.put(id, agent.with(new Link.Disconnected(address, at)));
    }

    void ping(AgentId id) {
        setMissedPings(id, missed -> missed + 1);
    }

    void pong(AgentId id) {
        setMissedPings(id, _ -> 0);
    }

    private void setMissedPings(AgentId id, java.util.function.IntUnaryOperator next) {
        Agent agent = admitted.get(id);
        if (agent != null && agent.link() instanceof Link.Connected(var stream, var address, var since, var missed)) {
            admitted.put(id, agent.with(new Link.Connected(stream, address, since, next.applyAsInt(missed))));
        }
    }

    void markUnreachable(AgentId id, Instant at) {
        KnownAgent known = remove(id);
        unreachable.put(
                id,
                new KnownAgent(
                        known.info(),
                        known.version(),
                        known.capabilities(),
                        known.registeredAt(),
                        Standing.UNREACHABLE,
                        at));
    }

    void markGone(AgentId id, Instant at) {
        KnownAgent known = admitted.containsKey(id) ? remove(id) : unreachable.remove(id);
        if (known == null) {
            throw new IllegalStateException("no agent " + id);
        }
        gone.put(
                id,
                new KnownAgent(
                        known.info(), known.version(), known.capabilities(), known.registeredAt(), Standing.GONE, at));
    }

    KnownAgent remove(AgentId id) {
        Agent agent = existing(id);
        dropStream(agent);
        dropAddress(agent);
        admitted.remove(id);
        rooms.remove(id);
        shares.addTotal(agent.total(), -1);
        return agent.known();
    }

    void forget(AgentId id) {
        unreachable.remove(id);
        gone.remove(id);
    }

    private void dropAddress(Agent agent) {
        addresses.remove(address(agent.hostname(), agent.known().info().port()), agent.id());
    }

    private void dropStream(Agent agent) {
        if (agent.link() instanceof Link.Connected connected) {
            streams.remove(connected.stream());
        }
    }

    private Agent existing(AgentId id) {
        Agent agent = admitted.get(id);
        if (agent == null) {
            throw new IllegalStateException("no admitted agent " + id);
        }
        return agent;
    }

    private static AgentId idOf(KnownAgent known) {
        AgentId id = known.info().id();
        if (id == null) {
            throw new IllegalStateException("a known agent has an id");
        }
        return id;
    }
}
