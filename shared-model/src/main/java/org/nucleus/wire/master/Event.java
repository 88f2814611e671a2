package org.nucleus.wire.master;

import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/** {@code master.Event}. Source: v1/master/master.proto. */
public record Event(
        Event.@Nullable Type type,
        Event.@Nullable Subscribed subscribed,
        Event.@Nullable TaskAdded taskAdded,
        Event.@Nullable TaskUpdated taskUpdated,
        Event.@Nullable AgentAdded agentAdded,
        Event.@Nullable AgentRemoved agentRemoved,
        Event.@Nullable FrameworkAdded frameworkAdded,
        Event.@Nullable FrameworkUpdated frameworkUpdated,
        Event.@Nullable FrameworkRemoved frameworkRemoved) {

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the fields of a {@link Event}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private Event.@Nullable Type type;
        private Event.@Nullable Subscribed subscribed;
        private Event.@Nullable TaskAdded taskAdded;
        private Event.@Nullable TaskUpdated taskUpdated;
        private Event.@Nullable AgentAdded agentAdded;
        private Event.@Nullable AgentRemoved agentRemoved;
        private Event.@Nullable FrameworkAdded frameworkAdded;
        private Event.@Nullable FrameworkUpdated frameworkUpdated;
        private Event.@Nullable FrameworkRemoved frameworkRemoved;

        private Builder() {}

        public Builder type(Event.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder subscribed(Event.@Nullable Subscribed value) {
            this.subscribed = value;
            return this;
        }

        public Builder taskAdded(Event.@Nullable TaskAdded value) {
            this.taskAdded = value;
            return this;
        }

        public Builder taskUpdated(Event.@Nullable TaskUpdated value) {
            this.taskUpdated = value;
            return this;
        }

        public Builder agentAdded(Event.@Nullable AgentAdded value) {
            this.agentAdded = value;
            return this;
        }

        public Builder agentRemoved(Event.@Nullable AgentRemoved value) {
            this.agentRemoved = value;
            return this;
        }

        public Builder frameworkAdded(Event.@Nullable FrameworkAdded value) {
            this.frameworkAdded = value;
            return this;
        }

        public Builder frameworkUpdated(Event.@Nullable FrameworkUpdated value) {
            this.frameworkUpdated = value;
            return this;
        }

        public Builder frameworkRemoved(Event.@Nullable FrameworkRemoved value) {
            this.frameworkRemoved = value;
            return this;
        }

        public Event build() {
            return new Event(
                    type,
                    subscribed,
                    taskAdded,
                    taskUpdated,
                    agentAdded,
                    agentRemoved,
                    frameworkAdded,
                    frameworkUpdated,
                    frameworkRemoved);
        }
    }

    /** {@code master.Event.Subscribed}. Source: v1/master/master.proto. */
    public record Subscribed(
            Response.@Nullable GetState getState, @Nullable Double heartbeatIntervalSeconds) {}

    /** {@code master.Event.TaskAdded}. Source: v1/master/master.proto. */
    public record TaskAdded(Task task) {}

    /** {@code master.Event.TaskUpdated}. Source: v1/master/master.proto. */
    public record TaskUpdated(FrameworkId frameworkId, TaskStatus status, TaskState state) {}

    /** {@code master.Event.FrameworkAdded}. Source: v1/master/master.proto. */
    public record FrameworkAdded(Response.GetFrameworks.Framework framework) {}

    /** {@code master.Event.FrameworkUpdated}. Source: v1/master/master.proto. */
    public record FrameworkUpdated(Response.GetFrameworks.Framework framework) {}

    /** {@code master.Event.FrameworkRemoved}. Source: v1/master/master.proto. */
    public record FrameworkRemoved(FrameworkInfo frameworkInfo) {}

    /** {@code master.Event.AgentAdded}. Source: v1/master/master.proto. */
    public record AgentAdded(Response.GetAgents.Agent agent) {}

    /** {@code master.Event.AgentRemoved}. Source: v1/master/master.proto. */
    public record AgentRemoved(AgentId agentId) {}

    /** {@code master.Event.Type}. Source: v1/master/master.proto. */
    public enum Type {
        UNKNOWN,
        SUBSCRIBED,
        TASK_ADDED,
        TASK_UPDATED,
        AGENT_ADDED,
        AGENT_REMOVED,
        FRAMEWORK_ADDED,
        FRAMEWORK_UPDATED,
        FRAMEWORK_REMOVED,
        HEARTBEAT
    }
}
