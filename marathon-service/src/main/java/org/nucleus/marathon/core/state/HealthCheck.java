package org.nucleus.marathon.core.state;

import org.jspecify.annotations.Nullable;

/**
 * How it is found out whether a running instance is well. Source: section "Health Checks" of Marathon's documentation.
 *
 * @param portIndex of the app's port definitions; absent if {@code port} is given, or for commands
 * @param ipProtocol {@code IPv4} or {@code IPv6}; absent: IPv4
 * @param maxConsecutiveFailures after how many failures the instance is killed; 0 by Marathon's own checks: never
 */
public record HealthCheck(
        Protocol protocol,
        @Nullable String path,
        @Nullable Integer portIndex,
        @Nullable Integer port,
        @Nullable String command,
        int gracePeriodSeconds,
        int intervalSeconds,
        int timeoutSeconds,
        int maxConsecutiveFailures,
        double delaySeconds,
        boolean ignoreHttp1xx,
        @Nullable String ipProtocol) {
    /** Who asks, and how: those named MESOS_ and COMMAND are run beside the task, the others by Marathon. */
    public enum Protocol {
        HTTP,
        HTTPS,
        TCP,
        COMMAND,
        MESOS_HTTP,
        MESOS_HTTPS,
        MESOS_TCP;

        public boolean isByMarathon() {
            return this == HTTP || this == HTTPS || this == TCP;
        }

        public boolean isHttp() {
            return this == HTTP || this == HTTPS || this == MESOS_HTTP || this == MESOS_HTTPS;
        }
    }
}
