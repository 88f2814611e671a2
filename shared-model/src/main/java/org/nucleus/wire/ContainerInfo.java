package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code ContainerInfo}. Source: v1/mesos.proto. */
public record ContainerInfo(
        ContainerInfo.Type type,
        List<Volume> volumes,
        @Nullable String hostname,
        ContainerInfo.@Nullable DockerInfo docker,
        ContainerInfo.@Nullable MesosInfo mesos,
        List<NetworkInfo> networkInfos,
        @Nullable LinuxInfo linuxInfo,
        @Nullable RLimitInfo rlimitInfo,
        @Nullable TtyInfo ttyInfo) {
    public ContainerInfo {
        volumes = List.copyOf(volumes);
        networkInfos = List.copyOf(networkInfos);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.type = type;
        b.volumes = volumes;
        b.hostname = hostname;
        b.docker = docker;
        b.mesos = mesos;
        b.networkInfos = networkInfos;
        b.linuxInfo = linuxInfo;
        b.rlimitInfo = rlimitInfo;
        b.ttyInfo = ttyInfo;
        return b;
    }

    /** Collects the fields of a {@link ContainerInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private ContainerInfo.@Nullable Type type;
        private List<Volume> volumes = List.of();
        private @Nullable String hostname;
        private ContainerInfo.@Nullable DockerInfo docker;
        private ContainerInfo.@Nullable MesosInfo mesos;
        private List<NetworkInfo> networkInfos = List.of();
        private @Nullable LinuxInfo linuxInfo;
        private @Nullable RLimitInfo rlimitInfo;
        private @Nullable TtyInfo ttyInfo;

        private Builder() {}

        public Builder type(ContainerInfo.Type value) {
            this.type = value;
            return this;
        }

        public Builder volumes(List<Volume> value) {
            this.volumes = value;
            return this;
        }

        public Builder hostname(@Nullable String value) {
            this.hostname = value;
            return this;
        }

        public Builder docker(ContainerInfo.@Nullable DockerInfo value) {
            this.docker = value;
            return this;
        }

        public Builder mesos(ContainerInfo.@Nullable MesosInfo value) {
            this.mesos = value;
            return this;
        }

        public Builder networkInfos(List<NetworkInfo> value) {
            this.networkInfos = value;
            return this;
        }

        public Builder linuxInfo(@Nullable LinuxInfo value) {
            this.linuxInfo = value;
            return this;
        }

        public Builder rlimitInfo(@Nullable RLimitInfo value) {
            this.rlimitInfo = value;
            return this;
        }

        public Builder ttyInfo(@Nullable TtyInfo value) {
            this.ttyInfo = value;
            return this;
        }

        public ContainerInfo build() {
            return new ContainerInfo(
                    Objects.requireNonNull(type, "type"),
                    volumes,
                    hostname,
                    docker,
                    mesos,
                    networkInfos,
                    linuxInfo,
                    rlimitInfo,
                    ttyInfo);
        }
    }

    /** {@code ContainerInfo.DockerInfo}. Source: v1/mesos.proto. */
    public record DockerInfo(
            String image,
            ContainerInfo.DockerInfo.Network network,
            List<ContainerInfo.DockerInfo.PortMapping> portMappings,
            boolean privileged,
            List<Parameter> parameters,
            @Nullable Boolean forcePullImage,
            @Nullable String volumeDriver) {
        public DockerInfo {
            portMappings = List.copyOf(portMappings);
            parameters = List.copyOf(parameters);
        }

        public static Builder builder() {
            return new Builder();
        }

        public Builder toBuilder() {
            Builder b = new Builder();
            b.image = image;
            b.network = network;
            b.portMappings = portMappings;
            b.privileged = privileged;
            b.parameters = parameters;
            b.forcePullImage = forcePullImage;
            b.volumeDriver = volumeDriver;
            return b;
        }

        /** Collects the fields of a {@link DockerInfo}; unset ones keep the protocol's defaults. */
        public static final class Builder {
            private @Nullable String image;
            private ContainerInfo.DockerInfo.Network network = ContainerInfo.DockerInfo.Network.HOST;
            private List<ContainerInfo.DockerInfo.PortMapping> portMappings = List.of();
            private boolean privileged = false;
            private List<Parameter> parameters = List.of();
            private @Nullable Boolean forcePullImage;
            private @Nullable String volumeDriver;

            private Builder() {}

            public Builder image(String value) {
                this.image = value;
                return this;
            }

            public Builder network(ContainerInfo.DockerInfo.Network value) {
                this.network = value;
                return this;
            }

            public Builder portMappings(List<ContainerInfo.DockerInfo.PortMapping> value) {
                this.portMappings = value;
                return this;
            }

            public Builder privileged(boolean value) {
                this.privileged = value;
                return this;
            }

            public Builder parameters(List<Parameter> value) {
                this.parameters = value;
                return this;
            }

            public Builder forcePullImage(@Nullable Boolean value) {
                this.forcePullImage = value;
                return this;
            }

            public Builder volumeDriver(@Nullable String value) {
                this.volumeDriver = value;
                return this;
            }

            public DockerInfo build() {
                return new DockerInfo(
                        Objects.requireNonNull(image, "image"),
                        network,
                        portMappings,
                        privileged,
                        parameters,
                        forcePullImage,
                        volumeDriver);
            }
        }

        /** {@code ContainerInfo.DockerInfo.PortMapping}. Source: v1/mesos.proto. */
        public record PortMapping(
                int hostPort, int containerPort, @Nullable String protocol) {}

        /** {@code ContainerInfo.DockerInfo.Network}. Source: v1/mesos.proto. */
        public enum Network {
            HOST,
            BRIDGE,
            NONE,
            USER
        }
    }

    /** {@code ContainerInfo.MesosInfo}. Source: v1/mesos.proto. */
    public record MesosInfo(@Nullable Image image) {}

    /** {@code ContainerInfo.Type}. Source: v1/mesos.proto. */
    public enum Type {
        DOCKER,
        MESOS
    }
}
