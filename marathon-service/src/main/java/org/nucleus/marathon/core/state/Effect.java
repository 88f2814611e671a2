package org.nucleus.marathon.core.state;

import java.time.Instant;
import java.util.List;
import org.nucleus.wire.scheduler.Call;

/** Something that must leave Marathon's core, once the changes of its step are stored. */
public sealed interface Effect {
    record Reply(long token, Answer answer) implements Effect {}

    record SendCall(Call call) implements Effect {}

    record Publish(long id, MarathonEvent event) implements Effect {}

    record Wake(TimerKey key, Instant due) implements Effect {}

    /** Runs a health check once; its outcome returns as {@link MarathonInput.Probed}. */
    record RunProbe(InstanceId instance, int incarnation, int check, HealthCheck definition, String host, int port)
            implements Effect {}

    /** Asks once whether an instance is ready; the outcome returns as {@link MarathonInput.ReadinessProbed}. */
    record RunReadiness(InstanceId instance, int incarnation, ReadinessCheck definition, String host, int port)
            implements Effect {}

    /** Resources are wanted under these roles from now on. */
    record TakeRoles(List<String> roles) implements Effect {
        public TakeRoles {
            roles = List.copyOf(roles);
        }
    }

    /** Lets readers see a finding. */
    record Show(Change.Seen seen) implements Effect {}

    /** Nothing more can be done in this process. */
    record Stop(int code, String reason) implements Effect {}
}
