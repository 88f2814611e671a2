package org.nucleus.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/** {@code TaskInfo}. Source: v1/mesos.proto. */
public record TaskInfo(
        String name,
        TaskId taskId,
        AgentId agentId,
        List<Resource> resources,
        @Nullable ExecutorInfo executor,
        @Nullable CommandInfo command,
        @Nullable ContainerInfo container,
        @Nullable HealthCheck healthCheck,
        @Nullable CheckInfo check,
        @Nullable KillPolicy killPolicy,
        @Nullable Bytes data,
        @Nullable Labels labels,
        @Nullable DiscoveryInfo discovery,
        @Nullable DurationInfo maxCompletionTime,
        Map<String, Value.Scalar> limits) {
    public TaskInfo {
        resources = List.copyOf(resources);
        limits = Ordered.copyOf(limits);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.name = name;
        b.taskId = taskId;
        b.agentId = agentId;
        b.resources = resources;
        b.executor = executor;
        b.command = command;
        b.container = container;
        b.healthCheck = healthCheck;
        b.check = check;
        b.killPolicy = killPolicy;
        b.data = data;
        b.labels = labels;
        b.discovery = discovery;
        b.maxCompletionTime = maxCompletionTime;
        b.limits = limits;
        return b;
    }

    /** Collects the fields of a {@link TaskInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable TaskId taskId;
        private @Nullable AgentId agentId;
        private List<Resource> resources = List.of();
        private @Nullable ExecutorInfo executor;
        private @Nullable CommandInfo command;
        private @Nullable ContainerInfo container;
        private @Nullable HealthCheck healthCheck;
        private @Nullable CheckInfo check;
        private @Nullable KillPolicy killPolicy;
        private @Nullable Bytes data;
        private @Nullable Labels labels;
        private @Nullable DiscoveryInfo discovery;
        private @Nullable DurationInfo maxCompletionTime;
        private Map<String, Value.Scalar> limits = Map.of();

        private Builder() {}

        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder taskId(TaskId value) {
            this.taskId = value;
            return this;
        }

        public Builder agentId(AgentId value) {
            this.agentId = value;
            return this;
        }

        public Builder resources(List<Resource> value) {
            this.resources = value;
            return this;
        }

        public Builder executor(@Nullable ExecutorInfo value) {
            this.executor = value;
            return this;
        }

        public Builder command(@Nullable CommandInfo value) {
            this.command = value;
            return this;
        }

        public Builder container(@Nullable ContainerInfo value) {
            this.container = value;
            return this;
        }

        public Builder healthCheck(@Nullable HealthCheck value) {
            this.healthCheck = value;
            return this;
        }

        public Builder check(@Nullable CheckInfo value) {
            this.check = value;
            return this;
        }

        public Builder killPolicy(@Nullable KillPolicy value) {
            this.killPolicy = value;
            return this;
        }

        public Builder data(@Nullable Bytes value) {
            this.data = value;
            return this;
        }

        public Builder labels(@Nullable Labels value) {
            this.labels = value;
            return this;
        }

        public Builder discovery(@Nullable DiscoveryInfo value) {
            this.discovery = value;
            return this;
        }

        public Builder maxCompletionTime(@Nullable DurationInfo value) {
            this.maxCompletionTime = value;
            return this;
        }

        public Builder limits(Map<String, Value.Scalar> value) {
            this.limits = value;
            return this;
        }

        public TaskInfo build() {
            return new TaskInfo(
                    Objects.requireNonNull(name, "name"),
                    Objects.requireNonNull(taskId, "task_id"),
                    Objects.requireNonNull(agentId, "agent_id"),
                    resources,
                    executor,
                    command,
                    container,
                    healthCheck,
                    check,
                    killPolicy,
                    data,
                    labels,
                    discovery,
                    maxCompletionTime,
                    limits);
        }
    }
}
