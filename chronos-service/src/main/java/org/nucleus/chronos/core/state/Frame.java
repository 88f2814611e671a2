package org.nucleus.chronos.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nucleus.machine.Step;
import org.nucleus.wire.scheduler.Call;

/** What one step has decided so far. A change is applied as it is recorded, so that later lines of a rule see it. */
public final class Frame {
    private final ChronosState state;
    private final Instant now;
    private final List<Change.Durable> durable = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    public Frame(ChronosState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    public ChronosState state() {
        return state;
    }

    public Instant now() {
        return now;
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

    public void send(Call call) {
        emit(new Effect.SendCall(call));
    }

    public void reply(long request, Answer answer) {
        emit(new Effect.Reply(request, answer));
    }

    public Step<Change.Durable, Effect> step() {
        return new Step<>(durable, effects);
    }
}
