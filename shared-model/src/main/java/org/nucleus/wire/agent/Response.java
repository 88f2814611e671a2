package org.nucleus.wire.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerStatus;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FileInfo;
import org.nucleus.wire.Flag;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Metric;
import org.nucleus.wire.Operation;
import org.nucleus.wire.ResourceStatistics;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskResourceLimitation;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TimeInfo;
import org.nucleus.wire.VersionInfo;

/** {@code agent.Response}. Source: v1/agent/agent.proto. */
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
        Response.@Nullable GetContainers getContainers,
        Response.@Nullable GetFrameworks getFrameworks,
        Response.@Nullable GetExecutors getExecutors,
        Response.@Nullable GetOperations getOperations,
        Response.@Nullable GetTasks getTasks,
        Response.@Nullable GetAgent getAgent,
        Response.@Nullable GetResourceProviders getResourceProviders,
        Response.@Nullable WaitNestedContainer waitNestedContainer,
        Response.@Nullable WaitContainer waitContainer) {

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the fields of a {@link Response}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private Response.@Nullable Type type;
        private Response.@Nullable GetHealth getHealth;
        private Response.@Nullable GetFlags getFlags;
        private Response.@Nullable GetVersion getVersion;
        private Response.@Nullable GetMetrics getMetrics;
        private Response.@Nullable GetLoggingLevel getLoggingLevel;
        private Response.@Nullable ListFiles listFiles;
        private Response.@Nullable ReadFile readFile;
        private Response.@Nullable GetState getState;
        private Response.@Nullable GetContainers getContainers;
        private Response.@Nullable GetFrameworks getFrameworks;
        private Response.@Nullable GetExecutors getExecutors;
        private Response.@Nullable GetOperations getOperations;
        private Response.@Nullable GetTasks getTasks;
        private Response.@Nullable GetAgent getAgent;
        private Response.@Nullable GetResourceProviders getResourceProviders;
        private Response.@Nullable WaitNestedContainer waitNestedContainer;
        private Response.@Nullable WaitContainer waitContainer;

        private Builder() {}

        public Builder type(Response.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder getHealth(Response.@Nullable GetHealth value) {
            this.getHealth = value;
            return this;
        }

        public Builder getFlags(Response.@Nullable GetFlags value) {
            this.getFlags = value;
            return this;
        }

        public Builder getVersion(Response.@Nullable GetVersion value) {
            this.getVersion = value;
            return this;
        }

        public Builder getMetrics(Response.@Nullable GetMetrics value) {
            this.getMetrics = value;
            return this;
        }

        public Builder getLoggingLevel(Response.@Nullable GetLoggingLevel value) {
            this.getLoggingLevel = value;
            return this;
        }

        public Builder listFiles(Response.@Nullable ListFiles value) {
            this.listFiles = value;
            return this;
        }

        public Builder readFile(Response.@Nullable ReadFile value) {
            this.readFile = value;
            return this;
        }

        public Builder getState(Response.@Nullable GetState value) {
            this.getState = value;
            return this;
        }

        public Builder getContainers(Response.@Nullable GetContainers value) {
            this.getContainers = value;
            return this;
        }

        public Builder getFrameworks(Response.@Nullable GetFrameworks value) {
            this.getFrameworks = value;
            return this;
        }

        public Builder getExecutors(Response.@Nullable GetExecutors value) {
            this.getExecutors = value;
            return this;
        }

        public Builder getOperations(Response.@Nullable GetOperations value) {
            this.getOperations = value;
            return this;
        }

        public Builder getTasks(Response.@Nullable GetTasks value) {
            this.getTasks = value;
            return this;
        }

        public Builder getAgent(Response.@Nullable GetAgent value) {
            this.getAgent = value;
            return this;
        }

        public Builder getResourceProviders(Response.@Nullable GetResourceProviders value) {
            this.getResourceProviders = value;
            return this;
        }

        public Builder waitNestedContainer(Response.@Nullable WaitNestedContainer value) {
            this.waitNestedContainer = value;
            return this;
        }

        public Builder waitContainer(Response.@Nullable WaitContainer value) {
            this.waitContainer = value;
            return this;
        }

        public Response build() {
            return new Response(
                    type,
                    getHealth,
                    getFlags,
                    getVersion,
                    getMetrics,
                    getLoggingLevel,
                    listFiles,
                    readFile,
                    getState,
                    getContainers,
                    getFrameworks,
                    getExecutors,
                    getOperations,
                    getTasks,
                    getAgent,
                    getResourceProviders,
                    waitNestedContainer,
                    waitContainer);
        }
    }

    /** {@code agent.Response.GetHealth}. Source: v1/agent/agent.proto. */
    public record GetHealth(boolean healthy) {}

    /** {@code agent.Response.GetFlags}. Source: v1/agent/agent.proto. */
    public record GetFlags(List<Flag> flags) {
        public GetFlags {
            flags = List.copyOf(flags);
        }
    }

    /** {@code agent.Response.GetVersion}. Source: v1/agent/agent.proto. */
    public record GetVersion(VersionInfo versionInfo) {}

    /** {@code agent.Response.GetMetrics}. Source: v1/agent/agent.proto. */
    public record GetMetrics(List<Metric> metrics) {
        public GetMetrics {
            metrics = List.copyOf(metrics);
        }
    }

    /** {@code agent.Response.GetLoggingLevel}. Source: v1/agent/agent.proto. */
    public record GetLoggingLevel(int level) {}

    /** {@code agent.Response.ListFiles}. Source: v1/agent/agent.proto. */
    public record ListFiles(List<FileInfo> fileInfos) {
        public ListFiles {
            fileInfos = List.copyOf(fileInfos);
        }
    }

    /** {@code agent.Response.ReadFile}. Source: v1/agent/agent.proto. */
    public record ReadFile(long size, Bytes data) {}

    /** {@code agent.Response.GetState}. Source: v1/agent/agent.proto. */
    public record GetState(
            Response.@Nullable GetTasks getTasks,
            Response.@Nullable GetExecutors getExecutors,
            Response.@Nullable GetFrameworks getFrameworks) {}

    /** {@code agent.Response.GetContainers}. Source: v1/agent/agent.proto. */
    public record GetContainers(List<Response.GetContainers.Container> containers) {
        public GetContainers {
            containers = List.copyOf(containers);
        }

        /** {@code agent.Response.GetContainers.Container}. Source: v1/agent/agent.proto. */
        public record Container(
                @Nullable FrameworkId frameworkId,
                @Nullable ExecutorId executorId,
                @Nullable String executorName,
                ContainerId containerId,
                @Nullable ContainerStatus containerStatus,
                @Nullable ResourceStatistics resourceStatistics) {}
    }

    /** {@code agent.Response.GetFrameworks}. Source: v1/agent/agent.proto. */
    public record GetFrameworks(
            List<Response.GetFrameworks.Framework> frameworks,
            List<Response.GetFrameworks.Framework> completedFrameworks) {
        public GetFrameworks {
            frameworks = List.copyOf(frameworks);
            completedFrameworks = List.copyOf(completedFrameworks);
        }

        /** {@code agent.Response.GetFrameworks.Framework}. Source: v1/agent/agent.proto. */
        public record Framework(FrameworkInfo frameworkInfo) {}
    }

    /** {@code agent.Response.GetExecutors}. Source: v1/agent/agent.proto. */
    public record GetExecutors(
            List<Response.GetExecutors.Executor> executors, List<Response.GetExecutors.Executor> completedExecutors) {
        public GetExecutors {
            executors = List.copyOf(executors);
            completedExecutors = List.copyOf(completedExecutors);
        }

        /** {@code agent.Response.GetExecutors.Executor}. Source: v1/agent/agent.proto. */
        public record Executor(ExecutorInfo executorInfo) {}
    }

    /** {@code agent.Response.GetOperations}. Source: v1/agent/agent.proto. */
    public record GetOperations(List<Operation> operations) {
        public GetOperations {
            operations = List.copyOf(operations);
        }
    }

    /** {@code agent.Response.GetTasks}. Source: v1/agent/agent.proto. */
    public record GetTasks(
            List<Task> pendingTasks,
            List<Task> queuedTasks,
            List<Task> launchedTasks,
            List<Task> terminatedTasks,
            List<Task> completedTasks) {
        public GetTasks {
            pendingTasks = List.copyOf(pendingTasks);
            queuedTasks = List.copyOf(queuedTasks);
            launchedTasks = List.copyOf(launchedTasks);
            terminatedTasks = List.copyOf(terminatedTasks);
            completedTasks = List.copyOf(completedTasks);
        }
    }

    /** {@code agent.Response.GetAgent}. Source: v1/agent/agent.proto. */
    public record GetAgent(
            @Nullable AgentInfo agentInfo,
            @Nullable DrainConfig drainConfig,
            @Nullable TimeInfo estimatedDrainStartTime) {}

    /** {@code agent.Response.GetResourceProviders}. Source: v1/agent/agent.proto. */
    public record GetResourceProviders() {}

    /** {@code agent.Response.WaitNestedContainer}. Source: v1/agent/agent.proto. */
    public record WaitNestedContainer(
            @Nullable Integer exitStatus,
            @Nullable TaskState state,
            TaskStatus.@Nullable Reason reason,
            @Nullable TaskResourceLimitation limitation,
            @Nullable String message) {}

    /** {@code agent.Response.WaitContainer}. Source: v1/agent/agent.proto. */
    public record WaitContainer(
            @Nullable Integer exitStatus,
            @Nullable TaskState state,
            TaskStatus.@Nullable Reason reason,
            @Nullable TaskResourceLimitation limitation,
            @Nullable String message) {}

    /** {@code agent.Response.Type}. Source: v1/agent/agent.proto. */
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
        GET_CONTAINERS,
        GET_FRAMEWORKS,
        GET_EXECUTORS,
        GET_OPERATIONS,
        GET_TASKS,
        GET_AGENT,
        GET_RESOURCE_PROVIDERS,
        WAIT_NESTED_CONTAINER,
        WAIT_CONTAINER
    }
}
