package org.nucleus.chronos.core.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.scheduler.Call;

/** Something that must leave the core. */
public sealed interface Effect {
    /** A call to the master; lost if it does not hear us, which the next subscription makes good. */
    record SendCall(Call call) implements Effect {}

    /** Give {@link ChronosInput.TimerFired} at {@code due}, instead of any earlier wish for this alarm. */
    record Wake(Alarm alarm, Instant due) implements Effect {}

    record Reply(long request, Answer answer) implements Effect {}

    /**
     * End the subscription and begin another, as this framework or as a new one: calls still on their way become
     * void.
     */
    record Resubscribe(@Nullable FrameworkId framework) implements Effect {}
}
