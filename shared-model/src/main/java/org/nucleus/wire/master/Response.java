package org.nucleus.wire.master;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.DrainInfo;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FileInfo;
import org.nucleus.wire.Flag;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.InverseOffer;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.Metric;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Operation;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Role;
import org.nucleus.wire.Task;
import org.nucleus.wire.TimeInfo;
import org.nucleus.wire.VersionInfo;
import org.nucleus.wire.WeightInfo;
import org.nucleus.wire.scheduler.OfferConstraints;

/** {@code master.Response}. Source: v1/master/master.proto. */
public record Response(
        Response.@Nullable Type type,
        Response.@Nullable GetHealth getHealth,
        Response.@Nullable GetFlags getFlags,
        Response.@Nullable GetVersion getVersion,
        Response.@Nullable GetMetrics getMetrics,
        Response.@Nullable GetLoggingLevel getLoggingLevel,
        Response.@Nullable ListFiles listFiles,
        Response.@Nullable ReadFile readFile,
        Response.@Nullable GetState getState,
        Response.@Nullable GetAgents getAgents,
        Response.@Nullable GetFrameworks getFrameworks,
        Response.@Nullable GetExecutors getExecutors,
        Response.@Nullable GetOperations getOperations,
        Response.@Nullable GetTasks getTasks,
        Response.@Nullable GetRoles getRoles,
        Response.@Nullable GetWeights getWeights,
        Response.@Nullable GetMaster getMaster,
        Response.@Nullable GetMaintenanceStatus getMaintenanceStatus,
        Response.@Nullable GetMaintenanceSchedule getMaintenanceSchedule,
        Response.@Nullable GetQuota getQuota) {

    /** The response that carries {@code answer}. */
    public static Response of(Answer answer) {
        return new Response(
                answer.answers(),
                as(GetHealth.class, answer),
                as(GetFlags.class, answer),
                as(GetVersion.class, answer),
                as(GetMetrics.class, answer),
                as(GetLoggingLevel.class, answer),
                as(ListFiles.class, answer),
                as(ReadFile.class, answer),
                as(GetState.class, answer),
                as(GetAgents.class, answer),
                as(GetFrameworks.class, answer),
                as(GetExecutors.class, answer),
                as(GetOperations.class, answer),
                as(GetTasks.class, answer),
                as(GetRoles.class, answer),
                as(GetWeights.class, answer),
                as(GetMaster.class, answer),
                as(GetMaintenanceStatus.class, answer),
                as(GetMaintenanceSchedule.class, answer),
                as(GetQuota.class, answer));
    }

    private static <T extends Answer> @Nullable T as(Class<T> kind, Answer answer) {
        return kind.isInstance(answer) ? kind.cast(answer) : null;
    }

    /** {@code master.Response.GetHealth}. Source: v1/master/master.proto. */
    public record GetHealth(boolean healthy) implements Answer {}

    /** {@code master.Response.GetFlags}. Source: v1/master/master.proto. */
    public record GetFlags(List<Flag> flags) implements Answer {
        public GetFlags {
            flags = List.copyOf(flags);
        }
    }

    /** {@code master.Response.GetVersion}. Source: v1/master/master.proto. */
    public record GetVersion(VersionInfo versionInfo) implements Answer {}

    /** {@code master.Response.GetMetrics}. Source: v1/master/master.proto. */
    public record GetMetrics(List<Metric> metrics) implements Answer {
        public GetMetrics {
            metrics = List.copyOf(metrics);
        }
    }

    /** {@code master.Response.GetLoggingLevel}. Source: v1/master/master.proto. */
    public record GetLoggingLevel(int level) implements Answer {}

    /** {@code master.Response.GetState}. Source: v1/master/master.proto. */
    public record GetState(
            Response.@Nullable GetTasks getTasks,
            Response.@Nullable GetExecutors getExecutors,
            Response.@Nullable GetFrameworks getFrameworks,
            Response.@Nullable GetAgents getAgents)
            implements Answer {}

    /** {@code master.Response.GetAgents}. Source: v1/master/master.proto. */
    public record GetAgents(List<Response.GetAgents.Agent> agents, List<AgentInfo> recoveredAgents) implements Answer {
        public GetAgents {
            agents = List.copyOf(agents);
            recoveredAgents = List.copyOf(recoveredAgents);
        }

        /** {@code master.Response.GetAgents.Agent}. Source: v1/master/master.proto. */
        public record Agent(
                AgentInfo agentInfo,
                boolean active,
                @Nullable Boolean deactivated,
                String version,
                @Nullable String pid,
                @Nullable TimeInfo registeredTime,
                @Nullable TimeInfo reregisteredTime,
                List<Resource> totalResources,
                List<Resource> allocatedResources,
                List<Resource> offeredResources,
                List<AgentInfo.Capability> capabilities,
                @Nullable DrainInfo drainInfo,
                @Nullable TimeInfo estimatedDrainStartTime) {
            public Agent {
                totalResources = List.copyOf(totalResources);
                allocatedResources = List.copyOf(allocatedResources);
                offeredResources = List.copyOf(offeredResources);
                capabilities = List.copyOf(capabilities);
            }

            public static Builder builder() {
                return new Builder();
            }

            /** Collects the fields of a {@link Agent}; unset ones keep the protocol's defaults. */
            public static final class Builder {
                private @Nullable AgentInfo agentInfo;
                private boolean active;
                private @Nullable Boolean deactivated;
                private @Nullable String version;
                private @Nullable String pid;
                private @Nullable TimeInfo registeredTime;
                private @Nullable TimeInfo reregisteredTime;
                private List<Resource> totalResources = List.of();
                private List<Resource> allocatedResources = List.of();
                private List<Resource> offeredResources = List.of();
                private List<AgentInfo.Capability> capabilities = List.of();
                private @Nullable DrainInfo drainInfo;
                private @Nullable TimeInfo estimatedDrainStartTime;

                private Builder() {}

                public Builder agentInfo(AgentInfo value) {
                    this.agentInfo = value;
                    return this;
                }

                public Builder active(boolean value) {
                    this.active = value;
                    return this;
                }

                public Builder deactivated(@Nullable Boolean value) {
                    this.deactivated = value;
                    return this;
                }

                public Builder version(String value) {
                    this.version = value;
                    return this;
                }

                public Builder pid(@Nullable String value) {
                    this.pid = value;
                    return this;
                }

                public Builder registeredTime(@Nullable TimeInfo value) {
                    this.registeredTime = value;
                    return this;
                }

                public Builder reregisteredTime(@Nullable TimeInfo value) {
                    this.reregisteredTime = value;
                    return this;
                }

                public Builder totalResources(List<Resource> value) {
                    this.totalResources = value;
                    return this;
                }

                public Builder allocatedResources(List<Resource> value) {
                    this.allocatedResources = value;
                    return this;
                }

                public Builder offeredResources(List<Resource> value) {
                    this.offeredResources = value;
                    return this;
                }

                public Builder capabilities(List<AgentInfo.Capability> value) {
                    this.capabilities = value;
                    return this;
                }

                public Builder drainInfo(@Nullable DrainInfo value) {
                    this.drainInfo = value;
                    return this;
                }

                public Builder estimatedDrainStartTime(@Nullable TimeInfo value) {
                    this.estimatedDrainStartTime = value;
                    return this;
                }

                public Agent build() {
                    return new Agent(
                            Objects.requireNonNull(agentInfo, "agent_info"),
                            active,
                            deactivated,
                            Objects.requireNonNull(version, "version"),
                            pid,
                            registeredTime,
                            reregisteredTime,
                            totalResources,
                            allocatedResources,
                            offeredResources,
                            capabilities,
                            drainInfo,
                            estimatedDrainStartTime);
                }
            }
        }
    }

    /** {@code master.Response.GetFrameworks}. Source: v1/master/master.proto. */
    public record GetFrameworks(
            List<Response.GetFrameworks.Framework> frameworks,
            List<Response.GetFrameworks.Framework> completedFrameworks,
            List<FrameworkInfo> recoveredFrameworks)
            implements Answer {
        public GetFrameworks {
            frameworks = List.copyOf(frameworks);
            completedFrameworks = List.copyOf(completedFrameworks);
            recoveredFrameworks = List.copyOf(recoveredFrameworks);
        }

        /** {@code master.Response.GetFrameworks.Framework}. Source: v1/master/master.proto. */
        public record Framework(
                FrameworkInfo frameworkInfo,
                boolean active,
                boolean connected,
                boolean recovered,
                @Nullable TimeInfo registeredTime,
                @Nullable TimeInfo reregisteredTime,
                @Nullable TimeInfo unregisteredTime,
                List<Offer> offers,
                List<InverseOffer> inverseOffers,
                List<Resource> allocatedResources,
                List<Resource> offeredResources,
                @Nullable OfferConstraints offerConstraints) {
            public Framework {
                offers = List.copyOf(offers);
                inverseOffers = List.copyOf(inverseOffers);
                allocatedResources = List.copyOf(allocatedResources);
                offeredResources = List.copyOf(offeredResources);
            }

            public static Builder builder() {
                return new Builder();
            }

            /** Collects the fields of a {@link Framework}; unset ones keep the protocol's defaults. */
            public static final class Builder {
                private @Nullable FrameworkInfo frameworkInfo;
                private boolean active;
                private boolean connected;
                private boolean recovered;
                private @Nullable TimeInfo registeredTime;
                private @Nullable TimeInfo reregisteredTime;
                private @Nullable TimeInfo unregisteredTime;
                private List<Offer> offers = List.of();
                private List<InverseOffer> inverseOffers = List.of();
                private List<Resource> allocatedResources = List.of();
                private List<Resource> offeredResources = List.of();
                private @Nullable OfferConstraints offerConstraints;

                private Builder() {}

                public Builder frameworkInfo(FrameworkInfo value) {
                    this.frameworkInfo = value;
                    return this;
                }

                public Builder active(boolean value) {
                    this.active = value;
                    return this;
                }

                public Builder connected(boolean value) {
                    this.connected = value;
                    return this;
                }

                public Builder recovered(boolean value) {
                    this.recovered = value;
                    return this;
                }

                public Builder registeredTime(@Nullable TimeInfo value) {
                    this.registeredTime = value;
                    return this;
                }

                public Builder reregisteredTime(@Nullable TimeInfo value) {
                    this.reregisteredTime = value;
                    return this;
                }

                public Builder unregisteredTime(@Nullable TimeInfo value) {
                    this.unregisteredTime = value;
                    return this;
                }

                public Builder offers(List<Offer> value) {
                    this.offers = value;
                    return this;
                }

                public Builder inverseOffers(List<InverseOffer> value) {
                    this.inverseOffers = value;
                    return this;
                }

                public Builder allocatedResources(List<Resource> value) {
                    this.allocatedResources = value;
                    return this;
                }

                public Builder offeredResources(List<Resource> value) {
                    this.offeredResources = value;
                    return this;
                }

                public Builder offerConstraints(@Nullable OfferConstraints value) {
                    this.offerConstraints = value;
                    return this;
                }

                public Framework build() {
                    return new Framework(
                            Objects.requireNonNull(frameworkInfo, "framework_info"),
                            active,
                            connected,
                            recovered,
                            registeredTime,
                            reregisteredTime,
                            unregisteredTime,
                            offers,
                            inverseOffers,
                            allocatedResources,
                            offeredResources,
                            offerConstraints);
                }
            }
        }
    }

    /** {@code master.Response.GetExecutors}. Source: v1/master/master.proto. */
    public record GetExecutors(
            List<Response.GetExecutors.Executor> executors, List<Response.GetExecutors.Executor> orphanExecutors)
            implements Answer {
        public GetExecutors {
            executors = List.copyOf(executors);
            orphanExecutors = List.copyOf(orphanExecutors);
        }

        /** {@code master.Response.GetExecutors.Executor}. Source: v1/master/master.proto. */
        public record Executor(ExecutorInfo executorInfo, AgentId agentId) {}
    }

    /** {@code master.Response.GetTasks}. Source: v1/master/master.proto. */
    public record GetTasks(
            List<Task> pendingTasks,
            List<Task> tasks,
            List<Task> unreachableTasks,
            List<Task> completedTasks,
            List<Task> orphanTasks)
            implements Answer {
        public GetTasks {
            pendingTasks = List.copyOf(pendingTasks);
            tasks = List.copyOf(tasks);
            unreachableTasks = List.copyOf(unreachableTasks);
            completedTasks = List.copyOf(completedTasks);
            orphanTasks = List.copyOf(orphanTasks);
        }
    }

    /** {@code master.Response.GetRoles}. Source: v1/master/master.proto. */
    public record GetRoles(List<Role> roles) implements Answer {
        public GetRoles {
            roles = List.copyOf(roles);
        }
    }

    /** {@code master.Response.GetWeights}. Source: v1/master/master.proto. */
    public record GetWeights(List<WeightInfo> weightInfos) implements Answer {
        public GetWeights {
            weightInfos = List.copyOf(weightInfos);
        }
    }

    /** {@code master.Response.GetMaster}. Source: v1/master/master.proto. */
    public record GetMaster(
            @Nullable MasterInfo masterInfo,
            @Nullable Double startTime,
            @Nullable Double electedTime) implements Answer {}

    /** {@code master.Response.ListFiles}. Source: v1/master/master.proto. */
    public record ListFiles(List<FileInfo> fileInfos) implements Answer {
        public ListFiles {
            fileInfos = List.copyOf(fileInfos);
        }
    }

    /** {@code master.Response.ReadFile}. Source: v1/master/master.proto. */
    public record ReadFile(long size, Bytes data) implements Answer {}

    /** {@code master.Response.GetOperations}. Source: v1/master/master.proto. */
    public record GetOperations(List<Operation> operations) implements Answer {
        public GetOperations {
            operations = List.copyOf(operations);
        }
    }

    /** {@code master.Response.GetMaintenanceStatus}. Source: v1/master/master.proto. */
    public record GetMaintenanceStatus(ClusterStatus status) implements Answer {}

    /** {@code master.Response.GetMaintenanceSchedule}. Source: v1/master/master.proto. */
    public record GetMaintenanceSchedule(Schedule schedule) implements Answer {}

    /** {@code master.Response.GetQuota}. Source: v1/master/master.proto. */
    public record GetQuota(QuotaStatus status) implements Answer {}

    /** {@code master.Response.Type}. Source: v1/master/master.proto. */
    public enum Type {
        UNKNOWN,
        GET_HEALTH,
        GET_FLAGS,
        GET_VERSION,
        GET_METRICS,
        GET_LOGGING_LEVEL,
        LIST_FILES,
        READ_FILE,
        GET_STATE,
        GET_AGENTS,
        GET_FRAMEWORKS,
        GET_EXECUTORS,
        GET_OPERATIONS,
        GET_TASKS,
        GET_ROLES,
        GET_WEIGHTS,
        GET_MASTER,
        GET_MAINTENANCE_STATUS,
        GET_MAINTENANCE_SCHEDULE,
        GET_QUOTA
    }
}
