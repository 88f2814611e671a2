package org.nucleus.simulation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.Agent;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.resources.Resources;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.codec.JsonCodec;

/** One run of an agent's process: a real core, and around it what a real process has at its edge. */
final class AgentProcess {
    private final AgentHost host;
    private final Weather weather;
    private final UpdateBook updates;
    private final Agent machine = new Agent();
    private final Alarms<TimerKey> alarms;
    private final SimulatedWriter<AgentInput, Change.Durable, Effect> writer;
    private @Nullable Connection link;
    private long linkNumber;
    private boolean alive = true;

    AgentProcess(AgentHost host, Weather weather, UpdateBook updates) {
        this.host = host;
        this.weather = weather;
        this.updates = updates;
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
    }

    AgentState state() {
        return machine.state();
    }

    private void commit(List<Change.Durable> changes) {
        host.journal().addAll(changes);
        changes.forEach(change -> updates.committed(host, change));
    }

    private Observer<AgentInput, Change.Durable, Effect> observer() {
        return new Observer<>() {
            @Override
            public void stepped(Instant now, AgentInput input, Step<Change.Durable, Effect> step) {
                checkRoom();
                step.effects().forEach(AgentProcess.this::checkUpdate);
            }
        };
    }

    private void checkUpdate(Effect effect) {
        AgentCall.Update update = effect instanceof Effect.SendCall(var _, var call) ? call.update() : null;
        if (update != null) {
            TaskKey key = new TaskKey(update.frameworkId(), update.status().taskId());
            TaskStatus head = state().stream(key)
                    .map(stream -> stream.pending().getFirst())
                    .orElse(null);
            updates.sending(host, update.status(), head);
        }
    }

    /** What lives here never exceeds what there is, but for tasks whose framework is gone and which are being ended. */
    private void checkRoom() {
        Resources taken = Resources.none();
        for (TaskRun run : state().runs().values()) {
            boolean leaving = state().framework(run.key().framework())
                    .map(framework -> framework.shuttingDown())
                    .orElse(false);
            if (!run.ended() && !leaving) {
                taken = taken.plus(Resources.of(run.info().resources()).unallocated());
            }
        }
        Broken.unless(host.total().contains(taken), "live tasks exceed what the agent has", host, taken);
    }

    private void release(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.OpenLink(long number, var subscribe) -> open(number, subscribe);
                case Effect.CloseLink(long number, var _) -> close(number);
                case Effect.SendCall(long number, var call) -> send(number, call);
                case Effect.LaunchContainer(var _, var _, var run, var _) -> launch(run);
                case Effect.SignalContainer(var container, var signal) ->
                    host.containers().signal(container, signal);
                case Effect.ForgetContainer(var container) -> host.containers().forget(container);
                case Effect.RetireSandbox _ -> {
                    // sandboxes are not simulated
                }
                case Effect.StartProbe _, Effect.StopProbe _ -> {
                    // no simulated task asks for checks
                }
                case Effect.LaunchExecutor _,
                        Effect.AnswerExecutor _,
                        Effect.TellExecutor _,
                        Effect.CloseExecutorStream _ -> {
                    // no simulated framework has an executor of its own
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

    private void launch(TaskRun run) {
        CommandInfo command = run.info().command();
        boolean service = command != null && "serve".equals(command.value());
        host.containers().launch(run.container(), run.key(), service);
    }

    private void open(long number, AgentCall subscribe) {
        linkNumber = number;
        link = host.connect(new Connection.End() {
            @Override
            public void received(byte[] message) {
                if (alive) {
                    weather.trace().add(host + " <- link " + number, message);
                    AgentEvent event = JsonCodec.v1().decode(message, AgentEvent.class);
                    tell(new AgentInput.EventReceived(number, event));
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
        link.call(call);
        if (call.update() != null && weather.fault(0.05)) {
            link.call(call);
        }
    }
}
