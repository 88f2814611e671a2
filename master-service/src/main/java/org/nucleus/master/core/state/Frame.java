package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Step;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Event;

/**
 * One step in the making: rules read the state here, record what they decide and emit what must leave. A recorded
 * change is applied at once, so that the next line sees it.
 */
public final class Frame {
    private final MasterState state;
    private final MasterSettings settings;
    private final Instant now;
    private final List<Change.Durable> durable = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    public Frame(MasterState state, MasterSettings settings, Instant now) {
        this.state = state;
        this.settings = settings;
        this.now = now;
    }

    public MasterState state() {
        return state;
    }

    public MasterSettings settings() {
        return settings;
    }

    public Instant now() {
        return now;
    }

    /** Begins this machine's term with what the registry held. */
    public void begin(MasterInput.Elected elected) {
        state.begin(
                new MasterState.Term(elected.epoch(), elected.masterInfo(), elected.seed(), now), elected.snapshot());
    }

    public void record(Change change) {
        state.apply(change);
        if (change instanceof Change.Durable stored) {
            durable.add(stored);
        }
    }

    public void emit(Effect effect) {
        effects.add(effect);
    }

    /** Sends {@code event} to the framework if it is connected. */
    public void tell(Framework framework, Event event) {
        if (framework.link() instanceof Framework.Link.Connected connected) {
            emit(new Effect.SendEvent(connected.stream(), event));
        }
    }

    /** Sends {@code event} to the agent if it is connected. */
    public void tell(Agent agent, AgentEvent event) {
        if (agent.link() instanceof Agent.Link.Connected connected) {
            emit(new Effect.SendToAgent(connected.stream(), agent.id(), event));
        }
    }

    /** The number of this master's term. */
    public long epoch() {
        return state.term().epoch();
    }

    /** Sets the alarm of {@code key}. */
    public void wake(WakeKey key, Instant due) {
        record(new Change.AlarmSet(key, due));
        emit(new Effect.Wake(key, due));
    }

    /** Lets the next allocation look at this agent, at all of them if none is named. */
    public void allocate(@Nullable AgentId agent) {
        record(new Change.AllocationWanted(agent));
    }

    public Step<Change.Durable, Effect> step() {
        return new Step<>(durable, effects);
    }
}
