package org.nucleus.wire.executor;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskStatus;

/** {@code executor.Call}. Source: v1/executor/executor.proto. */
public record Call(
        ExecutorId executorId,
        FrameworkId frameworkId,
        Call.@Nullable Type type,
        Call.@Nullable Subscribe subscribe,
        Call.@Nullable Update update,
        Call.@Nullable Message message) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.executorId = executorId;
        b.frameworkId = frameworkId;
        b.type = type;
        b.subscribe = subscribe;
        b.update = update;
        b.message = message;
        return b;
    }

    /** Collects the fields of a {@link Call}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable ExecutorId executorId;
        private @Nullable FrameworkId frameworkId;
        private Call.@Nullable Type type;
        private Call.@Nullable Subscribe subscribe;
        private Call.@Nullable Update update;
        private Call.@Nullable Message message;

        private Builder() {}

        public Builder executorId(ExecutorId value) {
            this.executorId = value;
            return this;
        }

        public Builder frameworkId(FrameworkId value) {
            this.frameworkId = value;
            return this;
        }

        public Builder type(Call.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder subscribe(Call.@Nullable Subscribe value) {
            this.subscribe = value;
            return this;
        }

        public Builder update(Call.@Nullable Update value) {
            this.update = value;
            return this;
        }

        public Builder message(Call.@Nullable Message value) {
            this.message = value;
            return this;
        }

        public Call build() {
            return new Call(
                    Objects.requireNonNull(executorId, "executor_id"),
                    Objects.requireNonNull(frameworkId, "framework_id"),
                    type,
                    subscribe,
                    update,
                    message);
        }
    }

    /** {@code executor.Call.Subscribe}. Source: v1/executor/executor.proto. */
    public record Subscribe(List<TaskInfo> unacknowledgedTasks, List<Call.Update> unacknowledgedUpdates) {
        public Subscribe {
            unacknowledgedTasks = List.copyOf(unacknowledgedTasks);
            unacknowledgedUpdates = List.copyOf(unacknowledgedUpdates);
        }
    }

    /** {@code executor.Call.Update}. Source: v1/executor/executor.proto. */
    public record Update(TaskStatus status) {}

    /** {@code executor.Call.Message}. Source: v1/executor/executor.proto. */
    public record Message(Bytes data) {}

    /** {@code executor.Call.Type}. Source: v1/executor/executor.proto. */
    public enum Type {
        UNKNOWN,
        SUBSCRIBE,
        UPDATE,
        MESSAGE,
        HEARTBEAT
    }
}
