package org.nucleus.marathon.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;
import org.nucleus.machine.Step;
import org.nucleus.wire.scheduler.Call;

/**
 * One step in the making. Rules read {@link #state}, record changes, which apply at once, and emit effects. It remembers
 * which apps were touched, so that their targets are looked at once more before the step ends.
 */
public final class Frame {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final MarathonState state;
    private final Instant now;
    private final List<Change.Durable> durable = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final SequencedSet<AppPath> touched = new LinkedHashSet<>();
    private boolean demand;
    private boolean appsChanged;

    public Frame(MarathonState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    public MarathonState state() {
        return state;
    }

    public Instant now() {
        return now;
    }

    public void record(Change change) {
        state.apply(change);
        if (change instanceof Change.Durable fact) {
            durable.add(fact);
        }
        notice(change);
    }

    public void emit(Effect effect) {
        effects.add(effect);
    }

    public void call(Call call) {
        emit(new Effect.SendCall(call));
    }

    public void publish(MarathonEvent event) {
        long id = state.lastEvent() + 1;
        record(new Change.Told(id, event));
        emit(new Effect.Publish(id, event));
    }

    public void wake(TimerKey key, Duration after) {
        emit(new Effect.Wake(key, now.plus(after)));
    }

    public void touch(AppPath app) {
        touched.add(app);
    }

    /** Something may be launched now that could not before. */
    public void demand() {
        demand = true;
    }

    /** Whether an app's definition came, went or changed. */
    public boolean hasChangedApps() {
        return appsChanged;
    }

    public boolean hasNewDemand() {
        return demand;
    }

    /** The next touched app; each is handed out once until it is touched again. */
    public Optional<AppPath> nextTouched() {
        return touched.isEmpty() ? Optional.empty() : Optional.of(touched.removeFirst());
    }

    /** A version later than all before, and not before now. */
    public Version nextVersion() {
        Version next = state.lastVersion().next(now);
        record(new Change.VersionTaken(next));
        return next;
    }

    /** A random UUID out of the state's generator. */
    public String nextUuid() {
        long high = draw() & ~0xF000L | 0x4000L;
        long low = draw() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** A random number at least 0 and below {@code bound}. */
    public int nextInt(int bound) {
        return (int) Math.floorMod(draw(), (long) bound);
    }

    public Step<Change.Durable, Effect> step() {
        return new Step<>(durable, effects);
    }

    /** SplitMix64. */
    private long draw() {
        long next = state.random() + GOLDEN_GAMMA;
        record(new Change.RandomDrawn(next));
        long mixed = (next ^ (next >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private void notice(Change change) {
        switch (change) {
            case Change.InstanceStored(var instance) -> {
                touched.add(instance.app());
                demand |= instance.waits();
            }
            case Change.InstanceForgotten(var app, var ignored) -> touched.add(app);
            case Change.ReadinessSeen seen -> {
                state.instance(seen.instance()).ifPresent(instance -> touched.add(instance.app()));
                emit(new Effect.Show(seen));
            }
            case Change.Seen seen -> emit(new Effect.Show(seen));
            case Change.AppStored(var app) -> {
                touched.add(app.id());
                appsChanged = true;
            }
            case Change.AppRemoved(var app, var ignored) -> {
                touched.add(app);
                appsChanged = true;
            }
            default -> {
                // nothing that an app's target depends on
            }
        }
    }
}
