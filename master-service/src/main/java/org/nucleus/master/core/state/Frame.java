package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Step;
import org.nucleus.wire.AgentId;

/**
 * One step in the making: rules read the state here, record what they decide and emit what must leave. A recorded change
 * is applied at once, so that the next line sees it.
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
