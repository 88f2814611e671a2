package org.nucleus.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code VersionInfo}. Source: v1/mesos.proto. */
public record VersionInfo(
        String version,
        @Nullable String buildDate,
        @Nullable Double buildTime,
        @Nullable String buildUser,
        @Nullable String gitSha,
        @Nullable String gitBranch,
        @Nullable String gitTag) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.version = version;
        b.buildDate = buildDate;
        b.buildTime = buildTime;
        b.buildUser = buildUser;
        b.gitSha = gitSha;
        b.gitBranch = gitBranch;
        b.gitTag = gitTag;
        return b;
    }

    /** Collects the fields of a {@link VersionInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable String version;
        private @Nullable String buildDate;
        private @Nullable Double buildTime;
        private @Nullable String buildUser;
        private @Nullable String gitSha;
        private @Nullable String gitBranch;
        private @Nullable String gitTag;

        private Builder() {}

        public Builder version(String value) {
            this.version = value;
            return this;
        }

        public Builder buildDate(@Nullable String value) {
            this.buildDate = value;
            return this;
        }

        public Builder buildTime(@Nullable Double value) {
            this.buildTime = value;
            return this;
        }

        public Builder buildUser(@Nullable String value) {
            this.buildUser = value;
            return this;
        }

        public Builder gitSha(@Nullable String value) {
            this.gitSha = value;
            return this;
        }

        public Builder gitBranch(@Nullable String value) {
            this.gitBranch = value;
            return this;
        }

        public Builder gitTag(@Nullable String value) {
            this.gitTag = value;
            return this;
        }

        public VersionInfo build() {
            return new VersionInfo(
                    Objects.requireNonNull(version, "version"),
                    buildDate,
                    buildTime,
                    buildUser,
                    gitSha,
                    gitBranch,
                    gitTag);
        }
    }
}
