package org.nucleus.simulation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.Agent;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.executor.Call;

/** One run of an agent's process: a real core, and around it what a real process has at its edge. */
final class AgentProcess {
    private static final int BAD = 400;

    private final AgentHost host;
    private final Weather weather;
    private final UpdateBook updates;
    private final Agent machine = new Agent();
    private final Alarms<TimerKey> alarms;
    private final SimulatedWriter<AgentInput, Change.Durable, Effect> writer;
    private final AgentChecks checks;
    private final Probes probes;
    private final SequencedMap<Long, Connection> executorStreams = new LinkedHashMap<>();
    private final SequencedMap<Long, Connection> tickets = new LinkedHashMap<>();
    private @Nullable Connection link;
    private long linkNumber;
    private long ticketNumber;
    private boolean alive = true;

    AgentProcess(AgentHost host, Weather weather, UpdateBook updates) {
        this.host = host;
        this.weather = weather;
        this.updates = updates;
        this.checks = new AgentChecks(host, machine, updates);
        this.probes = new Probes(weather, this::tell);
        this.alarms = new Alarms<>(weather.agenda(), host.clock(), key -> tell(new AgentInput.TimerFired(key)));
        this.writer = new SimulatedWriter<>(
                weather,
                new SimulatedWriter.Parts<>(
                        machine, host.clock(), this::commit, this::release, observer(), host::crash));
    }

    void begin(List<Change.Durable> history, List<FoundContainer> found) {
        tell(new AgentInput.Started(host.settings(), weather.lot().number(), history, found));
    }

    void tell(AgentInput input) {
        writer.offer(input);
    }

    void leader(boolean known) {
        tell(known ? new AgentInput.LeaderDetected() : new AgentInput.LeaderLost());
    }

    void breakLink() {
        if (link != null) {
            weather.trace().add(host + " has its link broken");
            link.breakDown();
        }
    }

    void die() {
        alive = false;
        writer.end();
        alarms.stop();
        if (link != null && link.isOpenAtClient()) {
            link.clientDied();
        }
        executorStreams.values().forEach(Connection::serverDied);
        executorStreams.clear();
    }

    AgentState state() {
        return machine.state();
    }

    Probes probes() {
        return probes;
    }

    private void commit(List<Change.Durable> changes) {
        host.journal().addAll(changes);
        changes.forEach(change -> updates.committed(host, change));
    }

    private Observer<AgentInput, Change.Durable, Effect> observer() {
        return new Observer<>() {
            @Override
            public void stepped(Instant now, AgentInput input, Step<Change.Durable, Effect> step) {
                weather.coverage().agentStepped(Inputs.kindOf(input), step);
                checks.stepped(step);
                if (input instanceof AgentInput.Started) {
                    host.volumes().restore(machine.state().checkpointed());
                }
            }
        };
    }

    private void release(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.OpenLink(long number, var subscribe) -> open(number, subscribe);
                case Effect.CloseLink(long number, var _) -> close(number);
                case Effect.SendCall(long number, var call) -> send(number, call);
                case Effect.LaunchContainer(var _, var _, var run, var _) -> {
                    host.volumes().checkPresent(run.info().resources(), run.key());
                    host.containers().launch(run);
                }
                case Effect.LaunchExecutor(var _, var _, var run) ->
                    host.containers().launch(run.container(), new ExecutorProcess(run.key(), host, weather));
                case Effect.GrantContainer _ -> {
                    // cgroups are not simulated
                }
                case Effect.SignalContainer(var container, var signal) ->
                    host.containers().signal(container, signal);
                case Effect.ForgetContainer(var container) -> host.containers().forget(container);
                case Effect.RetireSandbox _ -> {
                    // sandboxes are not simulated
                }
                case Effect.CreateVolume(var volume) -> host.volumes().create(volume);
                case Effect.DestroyVolume(var volume) -> host.volumes().destroy(volume);
                case Effect.StartProbe probe -> probes.start(probe);
                case Effect.StopProbe(var check) -> probes.stop(check);
                case Effect.AnswerExecutor(long ticket, int status, var _) -> answer(ticket, status);
                case Effect.TellExecutor(long stream, var event) -> {
                    Connection connection = executorStreams.get(stream);
                    if (connection != null) {
                        connection.event(event);
                    }
                }
                case Effect.CloseExecutorStream(long stream, var _) -> {
                    Connection connection = executorStreams.remove(stream);
                    if (connection != null) {
                        connection.closeByServer();
                    }
                }
                case Effect.Wake(var key, var due) -> alarms.wake(key, due);
                case Effect.CancelWake(var key) -> alarms.cancel(key);
                case Effect.Stop(var reason) -> {
                    host.crash(reason);
                    return;
                }
            }
        }
    }

    // --- the master -------------------------------------------------------------------------------------------------

    private void open(long number, AgentCall subscribe) {
        linkNumber = number;
        link = host.connect(new Connection.End() {
            @Override
            public void received(Object message) {
                if (alive) {
                    weather.trace().add(host + " <- link " + number, message);
                    tell(new AgentInput.EventReceived(number, weather.wire().unpack(message, AgentEvent.class)));
                }
            }

            @Override
            public void closed(String reason) {
                if (alive) {
                    weather.trace().add(host + " lost link " + number + ": " + reason);
                    tell(new AgentInput.LinkClosed(number, reason));
                }
            }
        });
        link.call(subscribe);
    }

    private void close(long number) {
        if (link != null && number == linkNumber && link.isOpenAtClient()) {
            link.closeByClient();
        }
    }

    private void send(long number, AgentCall call) {
        if (link == null || number != linkNumber || !link.isOpenAtClient()) {
            return;
        }
        if (call.type() == AgentCall.Type.UPDATE && weather.fault(0.05)) {
            link.callTwice(call);
        } else {
            link.call(call);
        }
    }

    // --- executors --------------------------------------------------------------------------------------------------

    /** An executor connects. */
    void serveExecutor(Connection connection, long stream) {
        connection.serveBy(new Connection.End() {
            @Override
            public void received(Object message) {
                if (alive) {
                    weather.trace().add(host + " <- executor " + connection.name(), message);
                    hear(connection, stream, weather.wire().unpack(message, Call.class));
                }
            }

            @Override
            public void closed(String reason) {
                if (alive) {
                    executorStreams.remove(stream);
                    tell(new AgentInput.ExecutorStreamClosed(stream));
                }
            }
        });
    }

    private void hear(Connection connection, long stream, Call call) {
        long ticket = ticketNumber++;
        tickets.put(ticket, connection);
        if (call.type() == Call.Type.SUBSCRIBE) {
            executorStreams.put(stream, connection);
            tell(new AgentInput.ExecutorSubscribed(ticket, stream, call));
        } else {
            tell(new AgentInput.ExecutorCalled(ticket, call));
        }
    }

    /** An executor that is refused is cut off, and has to subscribe again. */
    private void answer(long ticket, int status) {
        Connection connection = tickets.remove(ticket);
        Broken.unless(connection != null, "an executor's call was answered twice", host, ticket);
        if (connection != null && status >= BAD && connection.isOpenAtServer()) {
            executorStreams.values().remove(connection);
            connection.closeByServer();
        }
    }
}
