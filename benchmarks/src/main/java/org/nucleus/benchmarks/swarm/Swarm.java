package org.nucleus.benchmarks.swarm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.ResourceParser;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.AgentInfo.Capability;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskInfo;

/**
 * Many simulated agents. Each has a stream of its own; the calls of very many share a few
 * connections to each master. Thread-safe.
 */
public final class Swarm implements AutoCloseable {
    private static final int CALL_LINKS = 8;
    private static final List<Capability> CAPABILITIES = List.of(
            new Capability(Capability.Type.MULTI_ROLE),
            new Capability(Capability.Type.HIERARCHICAL_ROLE),
            new Capability(Capability.Type.RESERVATION_REFINEMENT));

    private final List<Resource> resources;
    private final ToLongFunction<TaskInfo> workMillis;
    private final List<SimulatedAgent> agents = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, CallLink> links = new ConcurrentHashMap<>();
    private final ScheduledExecutorService work = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().name("work").daemon().factory());
    private final Set<SimulatedAgent> present = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicLong ended = new AtomicLong();
    private volatile InetSocketAddress leader;
    private volatile boolean closed;

    /**
     * @param resources of each agent, as a flag would say them
     * @param workMillis how long a task works; nothing is done meanwhile
     */
    public Swarm(InetSocketAddress leader, String resources, ToLongFunction<TaskInfo> workMillis) {
        this.leader = leader;
        this.resources = ResourceParser.parse(resources, "*").toList();
        this.workMillis = workMillis;
    }

    /** Starts {@code count} more agents, all at once. */
    public void start(int count) {
        List<SimulatedAgent> more = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            more.add(new SimulatedAgent(this, agents.size() + i));
        }
        agents.addAll(more);
        more.forEach(agent -> Thread.ofVirtual().name("agent-" + agent.index()).start(agent::run));
    }

    public int size() {
        return agents.size();
    }

    /** How many are subscribed now. */
    public int connected() {
        return connected.get();
    }

    /** How many tasks have ended with their last update acknowledged. */
    public long ended() {
        return ended.get();
    }

    /** Waits until all are subscribed; false if that takes longer than {@code most}. */
    public boolean awaitAll(Duration most) {
        return Waiting.until(() -> connected.get() == agents.size(), most);
    }

    /** Whom agents subscribe to from now on. */
    public void follow(InetSocketAddress master) {
        leader = master;
    }

    /** Lets every agent come back with tasks that {@code framework}, known to the master, is to have on it. */
    public void adopt(FrameworkInfo framework, Function<SimulatedTasks.Place, List<Task>> tasks) throws IOException {
        for (SimulatedAgent agent : agents) {
            var id = agent.id();
            if (id != null) {
                agent.adopt(framework, tasks.apply(new SimulatedTasks.Place(agent.index(), id)));
            }
        }
        for (SimulatedAgent agent : agents) {
            agent.reconnect();
        }
    }

    /** What a call of an agent was refused with; null if none was. */
    public @Nullable String refusal() {
        for (CallLink link : links.values()) {
            if (link.refusal() != null) {
                return link.refusal();
            }
        }
        return null;
    }

    InetSocketAddress leader() {
        return leader;
    }

    boolean isClosed() {
        return closed;
    }

    AgentInfo describe(int index) {
        return new AgentInfo("host-" + index, 5051, resources, List.of(), null, null);
    }

    List<Capability> capabilities() {
        return CAPABILITIES;
    }

    /** Agents keep to one link each, so that their calls stay in order. */
    CallLink callLink(SimulatedAgent agent, InetSocketAddress master) {
        return links.computeIfAbsent(master + "/" + agent.index() % CALL_LINKS, _ -> {
            try {
                return new CallLink(master, "/agentlink/v1");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void subscribed(SimulatedAgent agent) {
        if (present.add(agent)) {
            connected.incrementAndGet();
        }
    }

    void disconnected(SimulatedAgent agent) {
        if (present.remove(agent)) {
            connected.decrementAndGet();
        }
    }

    void launched(SimulatedAgent agent, TaskInfo task) {
        long millis = workMillis.applyAsLong(task);
        if (millis <= 0) {
            agent.finish(task.taskId());
        } else {
            work.schedule(() -> agent.finish(task.taskId()), millis, TimeUnit.MILLISECONDS);
        }
    }

    void countEnded() {
        ended.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        work.shutdownNow();
        for (SimulatedAgent agent : agents) {
            agent.reconnect();
        }
        for (CallLink link : links.values()) {
            link.close();
        }
    }
}
