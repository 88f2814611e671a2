package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code Offer}. Source: v1/mesos.proto. */
public record Offer(
        OfferId id,
        FrameworkId frameworkId,
        AgentId agentId,
        String hostname,
        @Nullable Url url,
        @Nullable DomainInfo domain,
        List<Resource> resources,
        List<Attribute> attributes,
        List<ExecutorId> executorIds,
        @Nullable Unavailability unavailability,
        Resource.@Nullable AllocationInfo allocationInfo) {
    public Offer {
        resources = List.copyOf(resources);
        attributes = List.copyOf(attributes);
        executorIds = List.copyOf(executorIds);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.id = id;
        b.frameworkId = frameworkId;
        b.agentId = agentId;
        b.hostname = hostname;
        b.url = url;
        b.domain = domain;
        b.resources = resources;
        b.attributes = attributes;
        b.executorIds = executorIds;
        b.unavailability = unavailability;
        b.allocationInfo = allocationInfo;
        return b;
    }

    /** Collects the fields of a {@link Offer}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable OfferId id;
        private @Nullable FrameworkId frameworkId;
        private @Nullable AgentId agentId;
        private @Nullable String hostname;
        private @Nullable Url url;
        private @Nullable DomainInfo domain;
        private List<Resource> resources = List.of();
        private List<Attribute> attributes = List.of();
        private List<ExecutorId> executorIds = List.of();
        private @Nullable Unavailability unavailability;
        private Resource.@Nullable AllocationInfo allocationInfo;

        private Builder() {}

        public Builder id(OfferId value) {
            this.id = value;
            return this;
        }

        public Builder frameworkId(FrameworkId value) {
            this.frameworkId = value;
            return this;
        }

        public Builder agentId(AgentId value) {
            this.agentId = value;
            return this;
        }

        public Builder hostname(String value) {
            this.hostname = value;
            return this;
        }

        public Builder url(@Nullable Url value) {
            this.url = value;
            return this;
        }

        public Builder domain(@Nullable DomainInfo value) {
            this.domain = value;
            return this;
        }

        public Builder resources(List<Resource> value) {
            this.resources = value;
            return this;
        }

        public Builder attributes(List<Attribute> value) {
            this.attributes = value;
            return this;
        }

        public Builder executorIds(List<ExecutorId> value) {
            this.executorIds = value;
            return this;
        }

        public Builder unavailability(@Nullable Unavailability value) {
            this.unavailability = value;
            return this;
        }

        public Builder allocationInfo(Resource.@Nullable AllocationInfo value) {
            this.allocationInfo = value;
            return this;
        }

        public Offer build() {
            return new Offer(
                    Objects.requireNonNull(id, "id"),
                    Objects.requireNonNull(frameworkId, "framework_id"),
                    Objects.requireNonNull(agentId, "agent_id"),
                    Objects.requireNonNull(hostname, "hostname"),
                    url,
                    domain,
                    resources,
                    attributes,
                    executorIds,
                    unavailability,
                    allocationInfo);
        }
    }

    /** {@code Offer.Operation}. Source: v1/mesos.proto. */
    public record Operation(
            Offer.Operation.@Nullable Type type,
            @Nullable OperationId id,
            Offer.Operation.@Nullable Launch launch,
            Offer.Operation.@Nullable LaunchGroup launchGroup,
            Offer.Operation.@Nullable Reserve reserve,
            Offer.Operation.@Nullable Unreserve unreserve,
            Offer.Operation.@Nullable Create create,
            Offer.Operation.@Nullable Destroy destroy,
            Offer.Operation.@Nullable GrowVolume growVolume,
            Offer.Operation.@Nullable ShrinkVolume shrinkVolume,
            Offer.Operation.@Nullable CreateDisk createDisk,
            Offer.Operation.@Nullable DestroyDisk destroyDisk) {

        public static Builder builder() {
            return new Builder();
        }

        public Builder toBuilder() {
            Builder b = new Builder();
            b.type = type;
            b.id = id;
            b.launch = launch;
            b.launchGroup = launchGroup;
            b.reserve = reserve;
            b.unreserve = unreserve;
            b.create = create;
            b.destroy = destroy;
            b.growVolume = growVolume;
            b.shrinkVolume = shrinkVolume;
            b.createDisk = createDisk;
            b.destroyDisk = destroyDisk;
            return b;
        }

        /** Collects the fields of a {@link Operation}; unset ones keep the protocol's defaults. */
        public static final class Builder {
            private Offer.Operation.@Nullable Type type;
            private @Nullable OperationId id;
            private Offer.Operation.@Nullable Launch launch;
            private Offer.Operation.@Nullable LaunchGroup launchGroup;
            private Offer.Operation.@Nullable Reserve reserve;
            private Offer.Operation.@Nullable Unreserve unreserve;
            private Offer.Operation.@Nullable Create create;
            private Offer.Operation.@Nullable Destroy destroy;
            private Offer.Operation.@Nullable GrowVolume growVolume;
            private Offer.Operation.@Nullable ShrinkVolume shrinkVolume;
            private Offer.Operation.@Nullable CreateDisk createDisk;
            private Offer.Operation.@Nullable DestroyDisk destroyDisk;

            private Builder() {}

            public Builder type(Offer.Operation.@Nullable Type value) {
                this.type = value;
                return this;
            }

            public Builder id(@Nullable OperationId value) {
                this.id = value;
                return this;
            }

            public Builder launch(Offer.Operation.@Nullable Launch value) {
                this.launch = value;
                return this;
            }

            public Builder launchGroup(Offer.Operation.@Nullable LaunchGroup value) {
                this.launchGroup = value;
                return this;
            }

            public Builder reserve(Offer.Operation.@Nullable Reserve value) {
                this.reserve = value;
                return this;
            }

            public Builder unreserve(Offer.Operation.@Nullable Unreserve value) {
                this.unreserve = value;
                return this;
            }

            public Builder create(Offer.Operation.@Nullable Create value) {
                this.create = value;
                return this;
            }

            public Builder destroy(Offer.Operation.@Nullable Destroy value) {
                this.destroy = value;
                return this;
            }

            public Builder growVolume(Offer.Operation.@Nullable GrowVolume value) {
                this.growVolume = value;
                return this;
            }

            public Builder shrinkVolume(Offer.Operation.@Nullable ShrinkVolume value) {
                this.shrinkVolume = value;
                return this;
            }

            public Builder createDisk(Offer.Operation.@Nullable CreateDisk value) {
                this.createDisk = value;
                return this;
            }

            public Builder destroyDisk(Offer.Operation.@Nullable DestroyDisk value) {
                this.destroyDisk = value;
                return this;
            }

            public Operation build() {
                return new Operation(
                        type,
                        id,
                        launch,
                        launchGroup,
                        reserve,
                        unreserve,
                        create,
                        destroy,
                        growVolume,
                        shrinkVolume,
                        createDisk,
                        destroyDisk);
            }
        }

        /** {@code Offer.Operation.Launch}. Source: v1/mesos.proto. */
        public record Launch(List<TaskInfo> taskInfos) {
            public Launch {
                taskInfos = List.copyOf(taskInfos);
            }
        }

        /** {@code Offer.Operation.LaunchGroup}. Source: v1/mesos.proto. */
        public record LaunchGroup(ExecutorInfo executor, TaskGroupInfo taskGroup) {}

        /** {@code Offer.Operation.Reserve}. Source: v1/mesos.proto. */
        public record Reserve(List<Resource> source, List<Resource> resources) {
            public Reserve {
                source = List.copyOf(source);
                resources = List.copyOf(resources);
            }
        }

        /** {@code Offer.Operation.Unreserve}. Source: v1/mesos.proto. */
        public record Unreserve(List<Resource> resources) {
            public Unreserve {
                resources = List.copyOf(resources);
            }
        }

        /** {@code Offer.Operation.Create}. Source: v1/mesos.proto. */
        public record Create(List<Resource> volumes) {
            public Create {
                volumes = List.copyOf(volumes);
            }
        }

        /** {@code Offer.Operation.Destroy}. Source: v1/mesos.proto. */
        public record Destroy(List<Resource> volumes) {
            public Destroy {
                volumes = List.copyOf(volumes);
            }
        }

        /** {@code Offer.Operation.GrowVolume}. Source: v1/mesos.proto. */
        public record GrowVolume(Resource volume, Resource addition) {}

        /** {@code Offer.Operation.ShrinkVolume}. Source: v1/mesos.proto. */
        public record ShrinkVolume(Resource volume, Value.Scalar subtract) {}

        /** {@code Offer.Operation.CreateDisk}. Source: v1/mesos.proto. */
        public record CreateDisk(
                Resource source,
                Resource.DiskInfo.Source.Type targetType,
                @Nullable String targetProfile) {}

        /** {@code Offer.Operation.DestroyDisk}. Source: v1/mesos.proto. */
        public record DestroyDisk(Resource source) {}

        /** {@code Offer.Operation.Type}. Source: v1/mesos.proto. */
        public enum Type {
            UNKNOWN,
            LAUNCH,
            LAUNCH_GROUP,
            RESERVE,
            UNRESERVE,
            CREATE,
            DESTROY,
            GROW_VOLUME,
            SHRINK_VOLUME,
            CREATE_DISK,
            DESTROY_DISK
        }
    }
}
