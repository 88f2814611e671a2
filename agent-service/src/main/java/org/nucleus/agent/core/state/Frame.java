package org.nucleus.agent.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nucleus.machine.Step;
import org.nucleus.wire.Bytes;

/** One step in the making: rules read the state, record changes, which count at once, and emit effects. */
public final class Frame {
    private final Instant now;
    private final AgentState state;
    private final List<Change.Durable> durable = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    public Frame(Instant now, AgentState state) {
        this.now = now;
        this.state = state;
    }

    public Instant now() {
        return now;
    }

    public AgentState state() {
        return state;
    }

    public void record(Change change) {
        state.apply(change);
        if (change instanceof Change.Durable lasting) {
            durable.add(lasting);
        }
    }

    /** Applies what is stored already. */
    public void recall(Change.Durable change) {
        state.apply(change);
    }

    /** What this step has stored so far, oldest first. */
    public List<Change.Durable> recorded() {
        return List.copyOf(durable);
    }

    public void emit(Effect effect) {
        effects.add(effect);
    }

    /** A new UUID's 16 bytes. */
    public Bytes uuid() {
        return Generator.uuid(draw().number(), draw().number());
    }

    /** A number in [0, 1). */
    public double fraction() {
        return draw().fraction();
    }

    private Generator draw() {
        Generator next = state.generator().next();
        record(new Change.GeneratorMoved(next));
        return next;
    }

    public Step<Change.Durable, Effect> step() {
        return new Step<>(durable, effects);
    }
}
