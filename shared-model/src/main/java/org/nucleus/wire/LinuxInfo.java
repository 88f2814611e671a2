package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code LinuxInfo}. Source: v1/mesos.proto. */
public record LinuxInfo(
        @Nullable CapabilityInfo capabilityInfo,
        @Nullable CapabilityInfo boundingCapabilities,
        @Nullable CapabilityInfo effectiveCapabilities,
        @Nullable Boolean sharePidNamespace,
        @Nullable SeccompInfo seccomp,
        LinuxInfo.@Nullable IpcMode ipcMode,
        @Nullable Integer shmSize,
        boolean shareCgroups) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.capabilityInfo = capabilityInfo;
        b.boundingCapabilities = boundingCapabilities;
        b.effectiveCapabilities = effectiveCapabilities;
        b.sharePidNamespace = sharePidNamespace;
        b.seccomp = seccomp;
        b.ipcMode = ipcMode;
        b.shmSize = shmSize;
        b.shareCgroups = shareCgroups;
        return b;
    }

    /** Collects the fields of a {@link LinuxInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable CapabilityInfo capabilityInfo;
        private @Nullable CapabilityInfo boundingCapabilities;
        private @Nullable CapabilityInfo effectiveCapabilities;
        private @Nullable Boolean sharePidNamespace;
        private @Nullable SeccompInfo seccomp;
        private LinuxInfo.@Nullable IpcMode ipcMode;
        private @Nullable Integer shmSize;
        private boolean shareCgroups = true;

        private Builder() {}

        public Builder capabilityInfo(@Nullable CapabilityInfo value) {
            this.capabilityInfo = value;
            return this;
        }

        public Builder boundingCapabilities(@Nullable CapabilityInfo value) {
            this.boundingCapabilities = value;
            return this;
        }

        public Builder effectiveCapabilities(@Nullable CapabilityInfo value) {
            this.effectiveCapabilities = value;
            return this;
        }

        public Builder sharePidNamespace(@Nullable Boolean value) {
            this.sharePidNamespace = value;
            return this;
        }

        public Builder seccomp(@Nullable SeccompInfo value) {
            this.seccomp = value;
            return this;
        }

        public Builder ipcMode(LinuxInfo.@Nullable IpcMode value) {
            this.ipcMode = value;
            return this;
        }

        public Builder shmSize(@Nullable Integer value) {
            this.shmSize = value;
            return this;
        }

        public Builder shareCgroups(boolean value) {
            this.shareCgroups = value;
            return this;
        }

        public LinuxInfo build() {
            return new LinuxInfo(
                    capabilityInfo,
                    boundingCapabilities,
                    effectiveCapabilities,
                    sharePidNamespace,
                    seccomp,
                    ipcMode,
                    shmSize,
                    shareCgroups);
        }
    }

    /** {@code LinuxInfo.IpcMode}. Source: v1/mesos.proto. */
    public enum IpcMode {
        UNKNOWN,
        PRIVATE,
        SHARE_PARENT
    }
}
