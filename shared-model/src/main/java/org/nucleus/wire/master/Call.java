package org.nucleus.wire.master;

import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.FrameworkId;

/** {@code master.Call}. Source: v1/master/master.proto. */
public record Call(
        Call.@Nullable Type type,
        Call.@Nullable GetMetrics getMetrics,
        Call.@Nullable SetLoggingLevel setLoggingLevel,
        Call.@Nullable Teardown teardown,
        Call.@Nullable MarkAgentGone markAgentGone) {

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the fields of a {@link Call}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private Call.@Nullable Type type;
        private Call.@Nullable GetMetrics getMetrics;
        private Call.@Nullable SetLoggingLevel setLoggingLevel;
        private Call.@Nullable Teardown teardown;
        private Call.@Nullable MarkAgentGone markAgentGone;

        private Builder() {}

        public Builder type(Call.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder getMetrics(Call.@Nullable GetMetrics value) {
            this.getMetrics = value;
            return this;
        }

        public Builder setLoggingLevel(Call.@Nullable SetLoggingLevel value) {
            this.setLoggingLevel = value;
            return this;
        }

        public Builder teardown(Call.@Nullable Teardown value) {
            this.teardown = value;
            return this;
        }

        public Builder markAgentGone(Call.@Nullable MarkAgentGone value) {
            this.markAgentGone = value;
            return this;
        }

        public Call build() {
            return new Call(type, getMetrics, setLoggingLevel, teardown, markAgentGone);
        }
    }

    /** {@code master.Call.GetMetrics}. Source: v1/master/master.proto. */
    public record GetMetrics(@Nullable DurationInfo timeout) {}

    /** {@code master.Call.SetLoggingLevel}. Source: v1/master/master.proto. */
    public record SetLoggingLevel(int level, DurationInfo duration) {}

    /** {@code master.Call.Teardown}. Source: v1/master/master.proto. */
    public record Teardown(FrameworkId frameworkId) {}

    /** {@code master.Call.MarkAgentGone}. Source: v1/master/master.proto. */
    public record MarkAgentGone(AgentId agentId) {}

    /** {@code master.Call.Type}. Source: v1/master/master.proto. */
    public enum Type {
        UNKNOWN,
        GET_HEALTH,
        GET_FLAGS,
        GET_VERSION,
        GET_METRICS,
        GET_LOGGING_LEVEL,
        SET_LOGGING_LEVEL,
        LIST_FILES,
        READ_FILE,
        GET_STATE,
        GET_AGENTS,
        GET_FRAMEWORKS,
        GET_EXECUTORS,
        GET_OPERATIONS,
        GET_TASKS,
        GET_ROLES,
        GET_WEIGHTS,
        UPDATE_WEIGHTS,
        GET_MASTER,
        SUBSCRIBE,
        RESERVE_RESOURCES,
        UNRESERVE_RESOURCES,
        CREATE_VOLUMES,
        DESTROY_VOLUMES,
        GROW_VOLUME,
        SHRINK_VOLUME,
        GET_MAINTENANCE_STATUS,
        GET_MAINTENANCE_SCHEDULE,
        UPDATE_MAINTENANCE_SCHEDULE,
        START_MAINTENANCE,
        STOP_MAINTENANCE,
        DRAIN_AGENT,
        DEACTIVATE_AGENT,
        REACTIVATE_AGENT,
        GET_QUOTA,
        UPDATE_QUOTA,
        SET_QUOTA,
        REMOVE_QUOTA,
        TEARDOWN,
        MARK_AGENT_GONE
    }
}
