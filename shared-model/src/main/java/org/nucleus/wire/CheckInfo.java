package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code CheckInfo}. Source: v1/mesos.proto. */
public record CheckInfo(
        CheckInfo.@Nullable Type type,
        CheckInfo.@Nullable Command command,
        CheckInfo.@Nullable Http http,
        CheckInfo.@Nullable Tcp tcp,
        double delaySeconds,
        double intervalSeconds,
        double timeoutSeconds) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.type = type;
        b.command = command;
        b.http = http;
        b.tcp = tcp;
        b.delaySeconds = delaySeconds;
        b.intervalSeconds = intervalSeconds;
        b.timeoutSeconds = timeoutSeconds;
        return b;
    }

    /** Collects the fields of a {@link CheckInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private CheckInfo.@Nullable Type type;
        private CheckInfo.@Nullable Command command;
        private CheckInfo.@Nullable Http http;
        private CheckInfo.@Nullable Tcp tcp;
        private double delaySeconds = 15.0;
        private double intervalSeconds = 10.0;
        private double timeoutSeconds = 20.0;

        private Builder() {}

        public Builder type(CheckInfo.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder command(CheckInfo.@Nullable Command value) {
            this.command = value;
            return this;
        }

        public Builder http(CheckInfo.@Nullable Http value) {
            this.http = value;
            return this;
        }

        public Builder tcp(CheckInfo.@Nullable Tcp value) {
            this.tcp = value;
            return this;
        }

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

        public CheckInfo build() {
            return new CheckInfo(type, command, http, tcp, delaySeconds, intervalSeconds, timeoutSeconds);
        }
    }

    /** {@code CheckInfo.Command}. Source: v1/mesos.proto. */
    public record Command(CommandInfo command) {}

    /** {@code CheckInfo.Http}. Source: v1/mesos.proto. */
    public record Http(int port, @Nullable String path) {}

    /** {@code CheckInfo.Tcp}. Source: v1/mesos.proto. */
    public record Tcp(int port) {}

    /** {@code CheckInfo.Type}. Source: v1/mesos.proto. */
    public enum Type {
        UNKNOWN,
        COMMAND,
        HTTP,
        TCP
    }
}
