package org.nucleus.wire.executor;

import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.TaskGroupInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;

/** {@code executor.Event}. Source: v1/executor/executor.proto. */
public record Event(
        Event.@Nullable Type type,
        Event.@Nullable Subscribed subscribed,
        Event.@Nullable Acknowledged acknowledged,
        Event.@Nullable Launch launch,
        Event.@Nullable LaunchGroup launchGroup,
        Event.@Nullable Kill kill,
        Event.@Nullable Message message,
        Event.@Nullable Error error) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.type = type;
        b.subscribed = subscribed;
        b.acknowledged = acknowledged;
        b.launch = launch;
        b.launchGroup = launchGroup;
        b.kill = kill;
        b.message = message;
        b.error = error;
        return b;
    }

    /** Collects the fields of a {@link Event}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private Event.@Nullable Type type;
        private Event.@Nullable Subscribed subscribed;
        private Event.@Nullable Acknowledged acknowledged;
        private Event.@Nullable Launch launch;
        private Event.@Nullable LaunchGroup launchGroup;
        private Event.@Nullable Kill kill;
        private Event.@Nullable Message message;
        private Event.@Nullable Error error;

        private Builder() {}

        public Builder type(Event.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder subscribed(Event.@Nullable Subscribed value) {
            this.subscribed = value;
            return this;
        }

        public Builder acknowledged(Event.@Nullable Acknowledged value) {
            this.acknowledged = value;
            return this;
        }

        public Builder launch(Event.@Nullable Launch value) {
            this.launch = value;
            return this;
        }

        public Builder launchGroup(Event.@Nullable LaunchGroup value) {
            this.launchGroup = value;
            return this;
        }

        public Builder kill(Event.@Nullable Kill value) {
            this.kill = value;
            return this;
        }

        public Builder message(Event.@Nullable Message value) {
            this.message = value;
            return this;
        }

        public Builder error(Event.@Nullable Error value) {
            this.error = value;
            return this;
        }

        public Event build() {
            return new Event(type, subscribed, acknowledged, launch, launchGroup, kill, message, error);
        }
    }

    /** {@code executor.Event.Subscribed}. Source: v1/executor/executor.proto. */
    public record Subscribed(
            ExecutorInfo executorInfo,
            FrameworkInfo frameworkInfo,
            AgentInfo agentInfo,
            @Nullable ContainerId containerId) {}

    /** {@code executor.Event.Launch}. Source: v1/executor/executor.proto. */
    public record Launch(TaskInfo task) {}

    /** {@code executor.Event.LaunchGroup}. Source: v1/executor/executor.proto. */
    public record LaunchGroup(TaskGroupInfo taskGroup) {}

    /** {@code executor.Event.Kill}. Source: v1/executor/executor.proto. */
    public record Kill(TaskId taskId, @Nullable KillPolicy killPolicy) {}

    /** {@code executor.Event.Acknowledged}. Source: v1/executor/executor.proto. */
    public record Acknowledged(TaskId taskId, Bytes uuid) {}

    /** {@code executor.Event.Message}. Source: v1/executor/executor.proto. */
    public record Message(Bytes data) {}

    /** {@code executor.Event.Error}. Source: v1/executor/executor.proto. */
    public record Error(String message) {}

    /** {@code executor.Event.Type}. Source: v1/executor/executor.proto. */
    public enum Type {
        UNKNOWN,
        SUBSCRIBED,
        LAUNCH,
        LAUNCH_GROUP,
        KILL,
        ACKNOWLEDGED,
        MESSAGE,
        ERROR,
        SHUTDOWN,
        HEARTBEAT
    }
}
