package org.nucleus.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.nucleus.access.Grants;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.master.core.Master;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.RegistrySnapshot;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.scheduler.Call;

/** One master in its term: a real core, and around it what a real process has at its edge. */
final class MasterProcess {
    private static final Caller ANYBODY = new Caller(null, Grants.all());

    private final long epoch;
    private final Weather weather;
    private final SimulatedRegistry registry;
    private final Master machine;
    private final Alarms<WakeKey> alarms;
    private final SimulatedWriter<MasterInput, Change.Durable, Effect> writer;
    private final MasterChecks checks;
    private final Consumer<MasterProcess> onDeath;
    private final SequencedMap<StreamId, Connection> streams = new LinkedHashMap<>();
    private long tickets;
    private boolean alive = true;

    /** What all masters of a world have in common. */
    record Surroundings(
            Weather weather,
            SimulatedRegistry registry,
            MasterSettings settings,
            OfferBook offers,
            Consumer<MasterProcess> onDeath) {}

    MasterProcess(Surroundings around, NodeClock clock, long epoch) {
        this.epoch = epoch;
        this.weather = around.weather();
        this.registry = around.registry();
        this.onDeath = around.onDeath();
        this.machine = new Master(around.settings());
        this.checks = new MasterChecks(machine, around.offers());
        this.alarms = new Alarms<>(weather.agenda(), clock, key -> tell(new MasterInput.TimerFired(key)));
        this.writer = new SimulatedWriter<>(
                weather,
                new SimulatedWriter.Parts<>(
                        machine, clock, registry.inTerm(epoch), this::release, observer(), this::die));
    }

    /** The first input of its machine. */
    void begin(RegistrySnapshot snapshot, long seed) {
        MasterInfo info =
                MasterInfo.builder().id("m" + epoch).hostname("master" + epoch).build();
        tell(new MasterInput.Elected(epoch, info, seed, snapshot));
    }

    long epoch() {
        return epoch;
    }

    boolean isAlive() {
        return alive;
    }

    Picture picture() {
        return machine.picture();
    }

    MasterState state() {
        return machine.state();
    }

    /** Ends the process; all its connections end with it, and their other ends learn of it in their own time. */
    void die(String reason) {
        if (alive) {
            alive = false;
            weather.trace().add(this + " ended: " + reason);
            writer.end();
            alarms.stop();
            streams.values().forEach(Connection::serverDied);
            streams.clear();
            onDeath.accept(this);
        }
    }

    /** An operator's order. */
    void order(Function<Ticket, MasterInput> order) {
        if (alive) {
            tell(order.apply(ticket()));
        }
    }

    /** A scheduler connects. */
    void serveScheduler(Connection connection) {
        serve(
                connection,
                message -> {
                    Call call = weather.wire().unpack(message, Call.class);
                    StreamId stream = new StreamId(connection.name());
                    return call.type() == Call.Type.SUBSCRIBE
                            ? new MasterInput.Subscribe(stream, call, ANYBODY)
                            : new MasterInput.SchedulerCall(ticket(), stream, call, ANYBODY);
                },
                MasterInput.SchedulerStreamClosed::new);
    }

    /** An agent connects. */
    void serveAgent(Connection connection, String address) {
        serve(
                connection,
                message -> {
                    AgentCall call = weather.wire().unpack(message, AgentCall.class);
                    StreamId stream = new StreamId(connection.name());
                    return call.type() == AgentCall.Type.SUBSCRIBE
                            ? new MasterInput.AgentSubscribe(stream, call, ANYBODY, address)
                            : new MasterInput.AgentMessage(ticket(), stream, call);
                },
                MasterInput.AgentStreamClosed::new);
    }

    /** How what travelled becomes an input. */
    private interface Reading {
        MasterInput read(Object message);
    }

    /** What the core hears when a stream is over. */
    private interface Farewell {
        MasterInput of(StreamId stream);
    }

    private void serve(Connection connection, Reading reading, Farewell farewell) {
        if (!alive) {
            connection.refused();
            return;
        }
        StreamId stream = new StreamId(connection.name());
        streams.put(stream, connection);
        connection.serveBy(new Connection.End() {
            @Override
            public void received(Object message) {
                if (alive) {
                    weather.trace().add(MasterProcess.this + " <- " + stream, message);
                    tell(reading.read(message));
                }
            }

            @Override
            public void closed(String reason) {
                if (alive) {
                    weather.trace().add(MasterProcess.this + " lost " + stream + ": " + reason);
                    tell(farewell.of(stream));
                }
            }
        });
    }

    private Ticket ticket() {
        return new Ticket(tickets++);
    }

    private void tell(MasterInput input) {
        writer.offer(input);
    }

    private Observer<MasterInput, Change.Durable, Effect> observer() {
        return new Observer<>() {
            @Override
            public void stepped(Instant now, MasterInput input, Step<Change.Durable, Effect> step) {
                weather.coverage().masterStepped(Inputs.kindOf(input), step);
                checks.stepped(input, step);
            }
        };
    }

    private void release(List<Effect> effects) {
        MasterChecks.releasing(effects, registry);
        List<MasterInput> farewells = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.SendEvent(var stream, var event) -> send(stream, event);
                case Effect.SendToAgent(var stream, var _, var event) -> send(stream, event);
                case Effect.CloseStream(var stream) ->
                    close(stream, new MasterInput.SchedulerStreamClosed(stream), farewells);
                case Effect.CloseAgentStream(var stream) ->
                    close(stream, new MasterInput.AgentStreamClosed(stream), farewells);
                case Effect.Wake(var key, var due) -> alarms.wake(key, due);
                case Effect.Reply(var ticket, var outcome, var message) -> {
                    if (outcome.status() >= 400) {
                        weather.trace().add(this + " answered " + ticket + " " + outcome + " " + message);
                    }
                }
            }
        }
        farewells.forEach(this::tell);
    }

    private void send(StreamId stream, Record event) {
        Connection connection = streams.get(stream);
        if (connection != null) {
            connection.event(event);
        }
    }

    private void close(StreamId stream, MasterInput farewell, List<MasterInput> farewells) {
        Connection connection = streams.get(stream);
        if (connection != null && connection.isOpenAtServer()) {
            connection.closeByServer();
            farewells.add(farewell);
        }
    }

    @Override
    public String toString() {
        return "master" + epoch;
    }
}
