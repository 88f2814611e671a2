package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code CommandInfo}. Source: v1/mesos.proto. */
public record CommandInfo(
        List<CommandInfo.Uri> uris,
        @Nullable Environment environment,
        boolean shell,
        @Nullable String value,
        List<String> arguments,
        @Nullable String user) {
    public CommandInfo {
        uris = List.copyOf(uris);
        arguments = List.copyOf(arguments);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.uris = uris;
        b.environment = environment;
        b.shell = shell;
        b.value = value;
        b.arguments = arguments;
        b.user = user;
        return b;
    }

    /** Collects the fields of a {@link CommandInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private List<CommandInfo.Uri> uris = List.of();
        private @Nullable Environment environment;
        private boolean shell = true;
        private @Nullable String value;
        private List<String> arguments = List.of();
        private @Nullable String user;

        private Builder() {}

        public Builder uris(List<CommandInfo.Uri> value) {
            this.uris = value;
            return this;
        }

        public Builder environment(@Nullable Environment value) {
            this.environment = value;
            return this;
        }

        public Builder shell(boolean value) {
            this.shell = value;
            return this;
        }

        public Builder value(@Nullable String value) {
            this.value = value;
            return this;
        }

        public Builder arguments(List<String> value) {
            this.arguments = value;
            return this;
        }

        public Builder user(@Nullable String value) {
            this.user = value;
            return this;
        }

        public CommandInfo build() {
            return new CommandInfo(uris, environment, shell, value, arguments, user);
        }
    }

    /** {@code CommandInfo.URI}. Source: v1/mesos.proto. */
    public record Uri(
            String value,
            @Nullable Boolean executable,
            boolean extract,
            @Nullable Boolean cache,
            @Nullable String outputFile) {

        public static Builder builder() {
            return new Builder();
        }

        public Builder toBuilder() {
            Builder b = new Builder();
            b.value = value;
            b.executable = executable;
            b.extract = extract;
            b.cache = cache;
            b.outputFile = outputFile;
            return b;
        }

        /** Collects the fields of a {@link Uri}; unset ones keep the protocol's defaults. */
        public static final class Builder {
            private @Nullable String value;
            private @Nullable Boolean executable;
            private boolean extract = true;
            private @Nullable Boolean cache;
            private @Nullable String outputFile;

            private Builder() {}

            public Builder value(String value) {
                this.value = value;
                return this;
            }

            public Builder executable(@Nullable Boolean value) {
                this.executable = value;
                return this;
            }

            public Builder extract(boolean value) {
                this.extract = value;
                return this;
            }

            public Builder cache(@Nullable Boolean value) {
                this.cache = value;
                return this;
            }

            public Builder outputFile(@Nullable String value) {
                this.outputFile = value;
                return this;
            }

            public Uri build() {
                return new Uri(Objects.requireNonNull(value, "value"), executable, extract, cache, outputFile);
            }
        }
    }
}
