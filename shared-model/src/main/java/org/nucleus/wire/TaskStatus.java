package org.nucleus.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code TaskStatus}. Source: v1/mesos.proto. */
public record TaskStatus(
        TaskId taskId,
        TaskState state,
        @Nullable String message,
        TaskStatus.@Nullable Source source,
        TaskStatus.@Nullable Reason reason,
        @Nullable Bytes data,
        @Nullable AgentId agentId,
        @Nullable ExecutorId executorId,
        @Nullable Double timestamp,
        @Nullable Bytes uuid,
        @Nullable Boolean healthy,
        @Nullable CheckStatusInfo checkStatus,
        @Nullable Labels labels,
        @Nullable ContainerStatus containerStatus,
        @Nullable TimeInfo unreachableTime,
        @Nullable TaskResourceLimitation limitation) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.taskId = taskId;
        b.state = state;
        b.message = message;
        b.source = source;
        b.reason = reason;
        b.data = data;
        b.agentId = agentId;
        b.executorId = executorId;
        b.timestamp = timestamp;
        b.uuid = uuid;
        b.healthy = healthy;
        b.checkStatus = checkStatus;
        b.labels = labels;
        b.containerStatus = containerStatus;
        b.unreachableTime = unreachableTime;
        b.limitation = limitation;
        return b;
    }

    /** Collects the fields of a {@link TaskStatus}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable TaskId taskId;
        private @Nullable TaskState state;
        private @Nullable String message;
        private TaskStatus.@Nullable Source source;
        private TaskStatus.@Nullable Reason reason;
        private @Nullable Bytes data;
        private @Nullable AgentId agentId;
        private @Nullable ExecutorId executorId;
        private @Nullable Double timestamp;
        private @Nullable Bytes uuid;
        private @Nullable Boolean healthy;
        private @Nullable CheckStatusInfo checkStatus;
        private @Nullable Labels labels;
        private @Nullable ContainerStatus containerStatus;
        private @Nullable TimeInfo unreachableTime;
        private @Nullable TaskResourceLimitation limitation;

        private Builder() {}

        public Builder taskId(TaskId value) {
            this.taskId = value;
            return this;
        }

        public Builder state(TaskState value) {
            this.state = value;
            return this;
        }

        public Builder message(@Nullable String value) {
            this.message = value;
            return this;
        }

        public Builder source(TaskStatus.@Nullable Source value) {
            this.source = value;
            return this;
        }

        public Builder reason(TaskStatus.@Nullable Reason value) {
            this.reason = value;
            return this;
        }

        public Builder data(@Nullable Bytes value) {
            this.data = value;
            return this;
        }

        public Builder agentId(@Nullable AgentId value) {
            this.agentId = value;
            return this;
        }

        public Builder executorId(@Nullable ExecutorId value) {
            this.executorId = value;
            return this;
        }

        public Builder timestamp(@Nullable Double value) {
            this.timestamp = value;
            return this;
        }

        public Builder uuid(@Nullable Bytes value) {
            this.uuid = value;
            return this;
        }

        public Builder healthy(@Nullable Boolean value) {
            this.healthy = value;
            return this;
        }

        public Builder checkStatus(@Nullable CheckStatusInfo value) {
            this.checkStatus = value;
            return this;
        }

        public Builder labels(@Nullable Labels value) {
            this.labels = value;
            return this;
        }

        public Builder containerStatus(@Nullable ContainerStatus value) {
            this.containerStatus = value;
            return this;
        }

        public Builder unreachableTime(@Nullable TimeInfo value) {
            this.unreachableTime = value;
            return this;
        }

        public Builder limitation(@Nullable TaskResourceLimitation value) {
            this.limitation = value;
            return this;
        }

        public TaskStatus build() {
            return new TaskStatus(
                    Objects.requireNonNull(taskId, "task_id"),
                    Objects.requireNonNull(state, "state"),
                    message,
                    source,
                    reason,
                    data,
                    agentId,
                    executorId,
                    timestamp,
                    uuid,
                    healthy,
                    checkStatus,
                    labels,
                    containerStatus,
                    unreachableTime,
                    limitation);
        }
    }

    /** {@code TaskStatus.Source}. Source: v1/mesos.proto. */
    public enum Source {
        SOURCE_MASTER,
        SOURCE_AGENT,
        SOURCE_EXECUTOR
    }

    /** {@code TaskStatus.Reason}. Source: v1/mesos.proto. */
    public enum Reason {
        REASON_COMMAND_EXECUTOR_FAILED,
        REASON_CONTAINER_LAUNCH_FAILED,
        REASON_CONTAINER_LIMITATION,
        REASON_CONTAINER_LIMITATION_DISK,
        REASON_CONTAINER_LIMITATION_MEMORY,
        REASON_CONTAINER_PREEMPTED,
        REASON_CONTAINER_UPDATE_FAILED,
        REASON_MAX_COMPLETION_TIME_REACHED,
        REASON_EXECUTOR_REGISTRATION_TIMEOUT,
        REASON_EXECUTOR_REREGISTRATION_TIMEOUT,
        REASON_EXECUTOR_TERMINATED,
        REASON_EXECUTOR_UNREGISTERED,
        REASON_FRAMEWORK_REMOVED,
        REASON_GC_ERROR,
        REASON_INVALID_FRAMEWORKID,
        REASON_INVALID_OFFERS,
        REASON_IO_SWITCHBOARD_EXITED,
        REASON_MASTER_DISCONNECTED,
        REASON_RECONCILIATION,
        REASON_RESOURCES_UNKNOWN,
        REASON_AGENT_DISCONNECTED,
        REASON_AGENT_DRAINING,
        REASON_AGENT_REMOVED,
        REASON_AGENT_REMOVED_BY_OPERATOR,
        REASON_AGENT_REREGISTERED,
        REASON_AGENT_RESTARTED,
        REASON_AGENT_UNKNOWN,
        REASON_TASK_KILLED_DURING_LAUNCH,
        REASON_TASK_CHECK_STATUS_UPDATED,
        REASON_TASK_HEALTH_CHECK_STATUS_UPDATED,
        REASON_TASK_GROUP_INVALID,
        REASON_TASK_GROUP_UNAUTHORIZED,
        REASON_TASK_INVALID,
        REASON_TASK_UNAUTHORIZED,
        REASON_TASK_UNKNOWN
    }
}
