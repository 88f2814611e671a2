package org.nucleus.wire.agent;

import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.TtyInfo;

/** {@code agent.ProcessIO}. Source: v1/agent/agent.proto. */
public record ProcessIo(
        ProcessIo.@Nullable Type type, ProcessIo.@Nullable Data data, ProcessIo.@Nullable Control control) {

    /** {@code agent.ProcessIO.Data}. Source: v1/agent/agent.proto. */
    public record Data(
            ProcessIo.Data.@Nullable Type type, @Nullable Bytes data) {

        /** {@code agent.ProcessIO.Data.Type}. Source: v1/agent/agent.proto. */
        public enum Type {
            UNKNOWN,
            STDIN,
            STDOUT,
            STDERR
        }
    }

    /** {@code agent.ProcessIO.Control}. Source: v1/agent/agent.proto. */
    public record Control(
            ProcessIo.Control.@Nullable Type type,
            @Nullable TtyInfo ttyInfo,
            ProcessIo.Control.@Nullable Heartbeat heartbeat) {

        /** {@code agent.ProcessIO.Control.Heartbeat}. Source: v1/agent/agent.proto. */
        public record Heartbeat(@Nullable DurationInfo interval) {}

        /** {@code agent.ProcessIO.Control.Type}. Source: v1/agent/agent.proto. */
        public enum Type {
            UNKNOWN,
            TTY_INFO,
            HEARTBEAT
        }
    }

    /** {@code agent.ProcessIO.Type}. Source: v1/agent/agent.proto. */
    public enum Type {
        UNKNOWN,
        DATA,
        CONTROL
    }
}
