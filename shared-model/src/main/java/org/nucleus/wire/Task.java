package org.nucleus.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/** {@code Task}. Source: v1/mesos.proto. */
public record Task(
        String name,
        TaskId taskId,
        FrameworkId frameworkId,
        @Nullable ExecutorId executorId,
        AgentId agentId,
        TaskState state,
        List<Resource> resources,
        List<TaskStatus> statuses,
        @Nullable TaskState statusUpdateState,
        @Nullable Bytes statusUpdateUuid,
        @Nullable Labels labels,
        @Nullable DiscoveryInfo discovery,
        @Nullable ContainerInfo container,
        @Nullable HealthCheck healthCheck,
        @Nullable KillPolicy killPolicy,
        @Nullable String user,
        Map<String, Value.Scalar> limits) {
    public Task {
        resources = List.copyOf(resources);
        statuses = List.copyOf(statuses);
        limits = Ordered.copyOf(limits);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.name = name;
        b.taskId = taskId;
        b.frameworkId = frameworkId;
        b.executorId = executorId;
        b.agentId = agentId;
        b.state = state;
        b.resources = resources;
        b.statuses = statuses;
        b.statusUpdateState = statusUpdateState;
        b.statusUpdateUuid = statusUpdateUuid;
        b.labels = labels;
        b.discovery = discovery;
        b.container = container;
        b.healthCheck = healthCheck;
        b.killPolicy = killPolicy;
        b.user = user;
        b.limits = limits;
        return b;
    }

    /** Collects the fields of a {@link Task}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable TaskId taskId;
        private @Nullable FrameworkId frameworkId;
        private @Nullable ExecutorId executorId;
        private @Nullable AgentId agentId;
        private @Nullable TaskState state;
        private List<Resource> resources = List.of();
        private List<TaskStatus> statuses = List.of();
        private @Nullable TaskState statusUpdateState;
        private @Nullable Bytes statusUpdateUuid;
        private @Nullable Labels labels;
        private @Nullable DiscoveryInfo discovery;
        private @Nullable ContainerInfo container;
        private @Nullable HealthCheck healthCheck;
        private @Nullable KillPolicy killPolicy;
        private @Nullable String user;
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

        public Builder frameworkId(FrameworkId value) {
            this.frameworkId = value;
            return this;
        }

        public Builder executorId(@Nullable ExecutorId value) {
            this.executorId = value;
            return this;
        }

        public Builder agentId(AgentId value) {
            this.agentId = value;
            return this;
        }

        public Builder state(TaskState value) {
            this.state = value;
            return this;
        }

        public Builder resources(List<Resource> value) {
            this.resources = value;
            return this;
        }

        public Builder statuses(List<TaskStatus> value) {
            this.statuses = value;
            return this;
        }

        public Builder statusUpdateState(@Nullable TaskState value) {
            this.statusUpdateState = value;
            return this;
        }

        public Builder statusUpdateUuid(@Nullable Bytes value) {
            this.statusUpdateUuid = value;
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

        public Builder container(@Nullable ContainerInfo value) {
            this.container = value;
            return this;
        }

        public Builder healthCheck(@Nullable HealthCheck value) {
            this.healthCheck = value;
            return this;
        }

        public Builder killPolicy(@Nullable KillPolicy value) {
            this.killPolicy = value;
            return this;
        }

        public Builder user(@Nullable String value) {
            this.user = value;
            return this;
        }

        public Builder limits(Map<String, Value.Scalar> value) {
            this.limits = value;
            return this;
        }

        public Task build() {
            return new Task(
                    Objects.requireNonNull(name, "name"),
                    Objects.requireNonNull(taskId, "task_id"),
                    Objects.requireNonNull(frameworkId, "framework_id"),
                    executorId,
                    Objects.requireNonNull(agentId, "agent_id"),
                    Objects.requireNonNull(state, "state"),
                    resources,
                    statuses,
                    statusUpdateState,
                    statusUpdateUuid,
                    labels,
                    discovery,
                    container,
                    healthCheck,
                    killPolicy,
                    user,
                    limits);
        }
    }
}
