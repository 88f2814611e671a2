package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code CheckStatusInfo}. Source: v1/mesos.proto. */
public record CheckStatusInfo(
        CheckInfo.@Nullable Type type,
        CheckStatusInfo.@Nullable Command command,
        CheckStatusInfo.@Nullable Http http,
        CheckStatusInfo.@Nullable Tcp tcp) {

    /** {@code CheckStatusInfo.Command}. Source: v1/mesos.proto. */
    public record Command(@Nullable Integer exitCode) {}

    /** {@code CheckStatusInfo.Http}. Source: v1/mesos.proto. */
    public record Http(@Nullable Integer statusCode) {}

    /** {@code CheckStatusInfo.Tcp}. Source: v1/mesos.proto. */
    public record Tcp(@Nullable Boolean succeeded) {}
}
