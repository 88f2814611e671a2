package org.nucleus.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentSettings;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.CheckKey;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.Remembered;
import org.nucleus.resources.ResourceParser;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentInfo;

/** A machine with an agent on it: the containers and the committed changes outlive the agent's process. */
final class AgentHost {
    private final String name;
    private final Weather weather;
    private final UpdateBook updates;
    private final AgentSettings settings;
    private final Resources total;
    private final NodeClock clock;
    private final Path path = new Path();
    private final Containers containers;
    private final Volumes volumes = new Volumes();
    private final List<Change.Durable> journal = new ArrayList<>();
    private @Nullable MasterProcess knownLeader;
    private @Nullable AgentProcess process;
    private boolean starting;
    private final Path loopback = new Path();
    private int links;
    private long executorLinks;

    AgentHost(String name, String resources, Weather weather, UpdateBook updates) {
        this.name = name;
        this.weather = weather;
        this.updates = updates;
        this.total = ResourceParser.parse(resources, "*");
        this.clock = new NodeClock(weather.agenda(), weather.lot().millis(0, 3_000));
        this.containers = new Containers(weather, name);
        AgentInfo info =
                AgentInfo.builder().hostname(name).resources(total.toList()).build();
        this.settings = new AgentSettings(
                info,
                "1.11.0",
                List.of(),
                "10.0.0.1",
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                false,
                Duration.ofSeconds(15),
                weather.lot().seconds(2, 10));
    }

    void start() {
        if (process == null) {
            starting = false;
            List<Change.Durable> history = List.copyOf(journal);
            AgentProcess next = new AgentProcess(this, weather, updates);
            process = next;
            weather.trace().add(name + " starts");
            List<FoundContainer> found = containers.recover(next::tell);
            next.begin(history, found);
            if (knownLeader != null) {
                next.leader(true);
            }
        }
    }

    /** The process ends as if killed; it starts again later. */
    void crash(String reason) {
        AgentProcess dying = process;
        if (dying != null) {
            process = null;
            weather.trace().add(name + " ends: " + reason);
            containers.unwatched();
            dying.die();
            if (weather.lot().chance(0.3)) {
                compact();
            }
            ensureStarted();
        }
    }

    void ensureStarted() {
        if (process == null && !starting) {
            starting = true;
            Duration pause = weather.isCalm()
                    ? weather.lot().millis(100, 2_000)
                    : weather.lot().millis(100, 40_000);
            weather.agenda().in(pause, this::start);
        }
    }

    void leaderChanged(Optional<MasterProcess> leader) {
        knownLeader = leader.orElse(null);
        if (process != null) {
            process.leader(leader.isPresent());
        }
    }

    void breakLink() {
        if (process != null) {
            process.breakLink();
        }
    }

    /** Whether all tasks that are being asked are known to {@code state} and have not ended. */
    boolean probesAreOf(AgentState state) {
        List<CheckKey> open = process == null ? List.of() : process.probes().open();
        return open.stream()
                .allMatch(check -> state.runs().values().stream()
                        .anyMatch(run -> run.container().equals(check.container()) && !run.ended()));
    }

    Optional<AgentState> state() {
        return process == null ? Optional.empty() : Optional.of(process.state());
    }

    Connection connect(Connection.End client) {
        Connection connection = new Connection(name + "-" + links++, weather, path, Lane.Manner.IN_ORDER, client);
        MasterProcess leader = knownLeader;
        if (leader == null) {
            connection.refused();
        } else {
            leader.serveAgent(connection, name);
        }
        return connection;
    }

    /** An executor on this machine connects to the agent, if there is one now. */
    Connection connectExecutor(Connection.End client) {
        long number = executorLinks++;
        Connection connection = new Connection(name + "-x" + number, weather, loopback, Lane.Manner.IN_ORDER, client);
        if (process == null) {
            connection.refused();
        } else {
            process.serveExecutor(connection, number);
        }
        return connection;
    }

    /** The machine stops and starts again, and the agent with it. */
    void reboot() {
        weather.trace().add(name + " reboots");
        containers.unwatched();
        containers.reboot();
        crash("rebooted");
    }

    List<Change.Durable> journal() {
        return journal;
    }

    AgentSettings settings() {
        return settings;
    }

    Resources total() {
        return total;
    }

    NodeClock clock() {
        return clock;
    }

    Path path() {
        return path;
    }

    Volumes volumes() {
        return volumes;
    }

    Containers containers() {
        return containers;
    }

    private void compact() {
        Remembered remembered = new Remembered();
        journal.forEach(remembered::apply);
        journal.clear();
        journal.addAll(remembered.asChanges());
    }

    @Override
    public String toString() {
        return name;
    }
}
