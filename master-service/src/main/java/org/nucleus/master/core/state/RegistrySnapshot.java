package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;

/**
 * All that earlier terms stored, as a new leader reads it: the sum of all {@link Change.Durable}s.
 *
 * @param agents by time of admission
 * @param frameworks by time of registration, the completed ones too
 * @param tasks not completed, as last written; behind the truth by what was not yet written when the last term ended
 * @param completedTasks oldest first
 * @param policy what operators have set
 */
public record RegistrySnapshot(
        List<KnownAgent> agents,
        List<KnownFramework> frameworks,
        List<Task> tasks,
        List<Task> completedTasks,
        Policy policy) {
    public RegistrySnapshot {
        agents = List.copyOf(agents);
        frameworks = List.copyOf(frameworks);
        tasks = List.copyOf(tasks);
        completedTasks = List.copyOf(completedTasks);
    }

    public static RegistrySnapshot empty() {
        return new RegistrySnapshot(List.of(), List.of(), List.of(), List.of(), Policy.none());
    }

    /** What the registry says of an agent's place in the cluster. */
    public enum Standing {
        /** May run tasks. */
        ADMITTED,
        /** Was not heard of in time; may come back. */
        UNREACHABLE,
        /** Declared lost for good; may never come back under this id. */
        GONE
    }

    /**
     * An agent that was admitted and not removed.
     *
     * @param info with the agent's id
     * @param standingSince when {@code standing} was decided
     */
    public record KnownAgent(
            AgentInfo info,
            String version,
            List<AgentInfo.Capability> capabilities,
            Instant registeredAt,
            Standing standing,
            Instant standingSince) {
        public KnownAgent {
            capabilities = List.copyOf(capabilities);
        }
    }

    /**
     * A framework that subscribed at least once.
     *
     * @param info with the framework's id
     * @param failoverDeadline when it is torn down unless it subscribes; absent while it is subscribed
     * @param completedAt when it ended; absent while it may come back
     */
    public record KnownFramework(
            FrameworkInfo info,
            List<String> suppressedRoles,
            Instant registeredAt,
            Instant reregisteredAt,
            @Nullable Instant failoverDeadline,
            @Nullable Instant completedAt) {
        public KnownFramework {
            suppressedRoles = List.copyOf(suppressedRoles);
        }
    }
}
