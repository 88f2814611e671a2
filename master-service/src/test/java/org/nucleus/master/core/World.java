package org.nucleus.master.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nucleus.machine.Step;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.RegistrySnapshot;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;

/** A master's machine with a clock that moves when it is told to, and alarms that go off on the way. */
final class World {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<WakeKey, Instant> alarms = new LinkedHashMap<>();
    private final Set<AgentId> silent = new LinkedHashSet<>();
    private final List<Step<Change.Durable, Effect>> steps = new ArrayList<>();
    private final MemoryRegistry registry = new MemoryRegistry();
    private final MasterSettings settings;
    private Master master;
    private Instant now = START;
    private long epoch;

    World() {
        this(MasterSettings.defaults());
    }

    World(MasterSettings settings) {
        this.settings = settings;
        this.master = new Master(settings);
    }

    Instant now() {
        return now;
    }

    long epoch() {
        return epoch;
    }

    /** A new term with what the registry holds. */
    void elect(String masterId) {
        elect(masterId, registry.snapshot());
    }

    void elect(String masterId, RegistrySnapshot snapshot) {
        master = new Master(settings);
        alarms.clear();
        epoch++;
        give(new MasterInput.Elected(epoch, info(masterId), 7, snapshot));
    }

    static MasterInfo info(String id) {
        return MasterInfo.builder().id(id).ip(0).port(5050).hostname("master").build();
    }

    void give(MasterInput input) {
        Step<Change.Durable, Effect> step = master.step(now, input);
        registry.commit(step.durable());
        steps.add(step);
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Wake(var key, var due)) {
                alarms.put(key, due);
            }
            if (effect instanceof Effect.SendToAgent(var stream, var agent, var event)
                    && event.type() == AgentEvent.Type.PING
                    && !silent.contains(agent)) {
                master.step(now, new MasterInput.AgentMessage(new Ticket(-1), stream, AgentCall.pong(agent)));
            }
        }
    }

    /** From now on, {@code agent} answers no pings; others do, at once. */
    void silence(AgentId agent) {
        silent.add(agent);
    }

    /** From now on, {@code agent} answers its pings again. */
    void hear(AgentId agent) {
        silent.remove(agent);
    }

    /** Lets the alarms go off that are due within {@code time}, in order, and ends that much later. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        while (true) {
            Optional<Map.Entry<WakeKey, Instant>> next = alarms.entrySet().stream()
                    .filter(alarm -> !alarm.getValue().isAfter(end))
                    .min(Map.Entry.comparingByValue());
            if (next.isEmpty()) {
                now = end;
                return;
            }
            WakeKey key = next.get().getKey();
            now = next.get().getValue().isBefore(now) ? now : next.get().getValue();
            alarms.remove(key);
            give(new MasterInput.TimerFired(key));
        }
    }

    /** The steps since the last call. */
    List<Step<Change.Durable, Effect>> takeSteps() {
        List<Step<Change.Durable, Effect>> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    Picture picture() {
        return master.picture();
    }
}
