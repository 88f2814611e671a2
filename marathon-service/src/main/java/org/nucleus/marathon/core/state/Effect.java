package org.nucleus.marathon.core.state;

import java.time.Instant;
import org.nucleus.wire.scheduler.Call;

/** Something that must leave Marathon's core, once the changes of its step are stored. */
public sealed interface Effect {
    record Reply(long token, Answer answer) implements Effect {}

    record SendCall(Call call) implements Effect {}

    record Publish(MarathonEvent event) implements Effect {}

    record Wake(TimerKey key, Instant due) implements Effect {}

    /** Runs a health check once; its outcome returns as {@link MarathonInput.Probed}. */
    record RunProbe(InstanceId instance, int incarnation, int check, HealthCheck definition, String host, int port)
            implements Effect {}

    /** Nothing more can be done in this process. */
    record Stop(int code, String reason) implements Effect {}
}
