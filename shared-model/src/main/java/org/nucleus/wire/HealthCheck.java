package org.nucleus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code HealthCheck}. Source: v1/mesos.proto. */
public record HealthCheck(
        double delaySeconds,
        double intervalSeconds,
        double timeoutSeconds,
        int consecutiveFailures,
        double gracePeriodSeconds,
        HealthCheck.@Nullable Type type,
        @Nullable CommandInfo command,
        HealthCheck.@Nullable HttpCheckInfo http,
        HealthCheck.@Nullable TcpCheckInfo tcp) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.delaySeconds = delaySeconds;
        b.intervalSeconds = intervalSeconds;
        b.timeoutSeconds = timeoutSeconds;
        b.consecutiveFailures = consecutiveFailures;
        b.gracePeriodSeconds = gracePeriodSeconds;
        b.type = type;
        b.command = command;
        b.http = http;
        b.tcp = tcp;
        return b;
    }

    /** Collects the fields of a {@link HealthCheck}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private double delaySeconds = 15.0;
        private double intervalSeconds = 10.0;
        private double timeoutSeconds = 20.0;
        private int consecutiveFailures = 3;
        private double gracePeriodSeconds = 10.0;
        private HealthCheck.@Nullable Type type;
        private @Nullable CommandInfo command;
        private HealthCheck.@Nullable HttpCheckInfo http;
        private HealthCheck.@Nullable TcpCheckInfo tcp;

        private Builder() {}

        public Builder delaySeconds(double value) {
            this.delaySeconds = value;
            return this;
        }

        public Builder intervalSeconds(double value) {
            this.intervalSeconds = value;
            return this;
        }

        public Builder timeoutSeconds(double value) {
            this.timeoutSeconds = value;
            return this;
        }

        public Builder consecutiveFailures(int value) {
            this.consecutiveFailures = value;
            return this;
        }

        public Builder gracePeriodSeconds(double value) {
            this.gracePeriodSeconds = value;
            return this;
        }

        public Builder type(HealthCheck.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder command(@Nullable CommandInfo value) {
            this.command = value;
            return this;
        }

        public Builder http(HealthCheck.@Nullable HttpCheckInfo value) {
            this.http = value;
            return this;
        }

        public Builder tcp(HealthCheck.@Nullable TcpCheckInfo value) {
            this.tcp = value;
            return this;
        }

        public HealthCheck build() {
            return new HealthCheck(
                    delaySeconds,
                    intervalSeconds,
                    timeoutSeconds,
                    consecutiveFailures,
                    gracePeriodSeconds,
                    type,
                    command,
                    http,
                    tcp);
        }
    }

    /** {@code HealthCheck.HTTPCheckInfo}. Source: v1/mesos.proto. */
    public record HttpCheckInfo(
            NetworkInfo.Protocol protocol,
            @Nullable String scheme,
            int port,
            @Nullable String path,
            List<Integer> statuses) {
        public HttpCheckInfo {
            statuses = List.copyOf(statuses);
        }

        public static Builder builder() {
            return new Builder();
        }

        public Builder toBuilder() {
            Builder b = new Builder();
            b.protocol = protocol;
            b.scheme = scheme;
            b.port = port;
            b.path = path;
            b.statuses = statuses;
            return b;
        }

        /** Collects the fields of a {@link HttpCheckInfo}; unset ones keep the protocol's defaults. */
        public static final class Builder {
            private NetworkInfo.Protocol protocol = NetworkInfo.Protocol.IPv4;
            private @Nullable String scheme;
            private int port;
            private @Nullable String path;
            private List<Integer> statuses = List.of();

            private Builder() {}

            public Builder protocol(NetworkInfo.Protocol value) {
                this.protocol = value;
                return this;
            }

            public Builder scheme(@Nullable String value) {
                this.scheme = value;
                return this;
            }

            public Builder port(int value) {
                this.port = value;
                return this;
            }

            public Builder path(@Nullable String value) {
                this.path = value;
                return this;
            }

            public Builder statuses(List<Integer> value) {
                this.statuses = value;
                return this;
            }

            public HttpCheckInfo build() {
                return new HttpCheckInfo(protocol, scheme, port, path, statuses);
            }
        }
    }

    /** {@code HealthCheck.TCPCheckInfo}. Source: v1/mesos.proto. */
    public record TcpCheckInfo(NetworkInfo.Protocol protocol, int port) {}

    /** {@code HealthCheck.Type}. Source: v1/mesos.proto. */
    public enum Type {
        UNKNOWN,
        COMMAND,
        HTTP,
        TCP
    }
}
