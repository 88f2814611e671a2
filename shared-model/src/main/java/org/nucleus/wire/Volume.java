package org.nucleus.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/** {@code Volume}. Source: v1/mesos.proto. */
public record Volume(
        Volume.Mode mode,
        String containerPath,
        @Nullable String hostPath,
        @Nullable Image image,
        Volume.@Nullable Source source) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.mode = mode;
        b.containerPath = containerPath;
        b.hostPath = hostPath;
        b.image = image;
        b.source = source;
        return b;
    }

    /** Collects the fields of a {@link Volume}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private Volume.@Nullable Mode mode;
        private @Nullable String containerPath;
        private @Nullable String hostPath;
        private @Nullable Image image;
        private Volume.@Nullable Source source;

        private Builder() {}

        public Builder mode(Volume.Mode value) {
            this.mode = value;
            return this;
        }

        public Builder containerPath(String value) {
            this.containerPath = value;
            return this;
        }

        public Builder hostPath(@Nullable String value) {
            this.hostPath = value;
            return this;
        }

        public Builder image(@Nullable Image value) {
            this.image = value;
            return this;
        }

        public Builder source(Volume.@Nullable Source value) {
            this.source = value;
            return this;
        }

        public Volume build() {
            return new Volume(
                    Objects.requireNonNull(mode, "mode"),
                    Objects.requireNonNull(containerPath, "container_path"),
                    hostPath,
                    image,
                    source);
        }
    }

    /** {@code Volume.Source}. Source: v1/mesos.proto. */
    public record Source(
            Volume.Source.@Nullable Type type,
            Volume.Source.@Nullable DockerVolume dockerVolume,
            Volume.Source.@Nullable HostPath hostPath,
            Volume.Source.@Nullable SandboxPath sandboxPath,
            @Nullable Secret secret,
            Volume.Source.@Nullable CsiVolume csiVolume) {

        public static Builder builder() {
            return new Builder();
        }

        public Builder toBuilder() {
            Builder b = new Builder();
            b.type = type;
            b.dockerVolume = dockerVolume;
            b.hostPath = hostPath;
            b.sandboxPath = sandboxPath;
            b.secret = secret;
            b.csiVolume = csiVolume;
            return b;
        }

        /** Collects the fields of a {@link Source}; unset ones keep the protocol's defaults. */
        public static final class Builder {
            private Volume.Source.@Nullable Type type;
            private Volume.Source.@Nullable DockerVolume dockerVolume;
            private Volume.Source.@Nullable HostPath hostPath;
            private Volume.Source.@Nullable SandboxPath sandboxPath;
            private @Nullable Secret secret;
            private Volume.Source.@Nullable CsiVolume csiVolume;

            private Builder() {}

            public Builder type(Volume.Source.@Nullable Type value) {
                this.type = value;
                return this;
            }

            public Builder dockerVolume(Volume.Source.@Nullable DockerVolume value) {
                this.dockerVolume = value;
                return this;
            }

            public Builder hostPath(Volume.Source.@Nullable HostPath value) {
                this.hostPath = value;
                return this;
            }

            public Builder sandboxPath(Volume.Source.@Nullable SandboxPath value) {
                this.sandboxPath = value;
                return this;
            }

            public Builder secret(@Nullable Secret value) {
                this.secret = value;
                return this;
            }

            public Builder csiVolume(Volume.Source.@Nullable CsiVolume value) {
                this.csiVolume = value;
                return this;
            }

            public Source build() {
                return new Source(type, dockerVolume, hostPath, sandboxPath, secret, csiVolume);
            }
        }

        /** {@code Volume.Source.DockerVolume}. Source: v1/mesos.proto. */
        public record DockerVolume(
                @Nullable String driver,
                String name,
                @Nullable Parameters driverOptions) {}

        /** {@code Volume.Source.HostPath}. Source: v1/mesos.proto. */
        public record HostPath(String path, @Nullable MountPropagation mountPropagation) {}

        /** {@code Volume.Source.SandboxPath}. Source: v1/mesos.proto. */
        public record SandboxPath(Volume.Source.SandboxPath.@Nullable Type type, String path) {

            /** {@code Volume.Source.SandboxPath.Type}. Source: v1/mesos.proto. */
            public enum Type {
                UNKNOWN,
                SELF,
                PARENT
            }
        }

        /** {@code Volume.Source.CSIVolume}. Source: v1/mesos.proto. */
        public record CsiVolume(
                String pluginName, Volume.Source.CsiVolume.@Nullable StaticProvisioning staticProvisioning) {

            /** {@code Volume.Source.CSIVolume.VolumeCapability}. Source: v1/mesos.proto. */
            public record VolumeCapability(
                    Volume.Source.CsiVolume.VolumeCapability.@Nullable BlockVolume block,
                    Volume.Source.CsiVolume.VolumeCapability.@Nullable MountVolume mount,
                    Volume.Source.CsiVolume.VolumeCapability.AccessMode accessMode) {

                /** {@code Volume.Source.CSIVolume.VolumeCapability.BlockVolume}. Source: v1/mesos.proto. */
                public record BlockVolume() {}

                /** {@code Volume.Source.CSIVolume.VolumeCapability.MountVolume}. Source: v1/mesos.proto. */
                public record MountVolume(@Nullable String fsType, List<String> mountFlags) {
                    public MountVolume {
                        mountFlags = List.copyOf(mountFlags);
                    }
                }

                /** {@code Volume.Source.CSIVolume.VolumeCapability.AccessMode}. Source: v1/mesos.proto. */
                public record AccessMode(Volume.Source.CsiVolume.VolumeCapability.AccessMode.Mode mode) {

                    /** {@code Volume.Source.CSIVolume.VolumeCapability.AccessMode.Mode}. Source: v1/mesos.proto. */
                    public enum Mode {
                        UNKNOWN,
                        SINGLE_NODE_WRITER,
                        SINGLE_NODE_READER_ONLY,
                        MULTI_NODE_READER_ONLY,
                        MULTI_NODE_SINGLE_WRITER,
                        MULTI_NODE_MULTI_WRITER
                    }
                }
            }

            /** {@code Volume.Source.CSIVolume.StaticProvisioning}. Source: v1/mesos.proto. */
            public record StaticProvisioning(
                    String volumeId,
                    Volume.Source.CsiVolume.VolumeCapability volumeCapability,
                    Map<String, Secret> nodeStageSecrets,
                    Map<String, Secret> nodePublishSecrets,
                    Map<String, String> volumeContext) {
                public StaticProvisioning {
                    nodeStageSecrets = Ordered.copyOf(nodeStageSecrets);
                    nodePublishSecrets = Ordered.copyOf(nodePublishSecrets);
                    volumeContext = Ordered.copyOf(volumeContext);
                }

                public static Builder builder() {
                    return new Builder();
                }

                public Builder toBuilder() {
                    Builder b = new Builder();
                    b.volumeId = volumeId;
                    b.volumeCapability = volumeCapability;
                    b.nodeStageSecrets = nodeStageSecrets;
                    b.nodePublishSecrets = nodePublishSecrets;
                    b.volumeContext = volumeContext;
                    return b;
                }

                /** Collects the fields of a {@link StaticProvisioning}; unset ones keep the protocol's defaults. */
                public static final class Builder {
                    private @Nullable String volumeId;
                    private Volume.Source.CsiVolume.@Nullable VolumeCapability volumeCapability;
                    private Map<String, Secret> nodeStageSecrets = Map.of();
                    private Map<String, Secret> nodePublishSecrets = Map.of();
                    private Map<String, String> volumeContext = Map.of();

                    private Builder() {}

                    public Builder volumeId(String value) {
                        this.volumeId = value;
                        return this;
                    }

                    public Builder volumeCapability(Volume.Source.CsiVolume.VolumeCapability value) {
                        this.volumeCapability = value;
                        return this;
                    }

                    public Builder nodeStageSecrets(Map<String, Secret> value) {
                        this.nodeStageSecrets = value;
                        return this;
                    }

                    public Builder nodePublishSecrets(Map<String, Secret> value) {
                        this.nodePublishSecrets = value;
                        return this;
                    }

                    public Builder volumeContext(Map<String, String> value) {
                        this.volumeContext = value;
                        return this;
                    }

                    public StaticProvisioning build() {
                        return new StaticProvisioning(
                                Objects.requireNonNull(volumeId, "volume_id"),
                                Objects.requireNonNull(volumeCapability, "volume_capability"),
                                nodeStageSecrets,
                                nodePublishSecrets,
                                volumeContext);
                    }
                }
            }
        }

        /** {@code Volume.Source.Type}. Source: v1/mesos.proto. */
        public enum Type {
            UNKNOWN,
            DOCKER_VOLUME,
            HOST_PATH,
            SANDBOX_PATH,
            SECRET,
            CSI_VOLUME
        }
    }

    /** {@code Volume.Mode}. Source: v1/mesos.proto. */
    public enum Mode {
        RW,
        RO
    }
}
