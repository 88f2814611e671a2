package org.nucleus.wire.agent;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.Image;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/** {@code agent.Call}. Source: v1/agent/agent.proto. */
public record Call(
        Call.@Nullable Type type,
        Call.@Nullable GetMetrics getMetrics,
        Call.@Nullable SetLoggingLevel setLoggingLevel,
        Call.@Nullable ListFiles listFiles,
        Call.@Nullable ReadFile readFile,
        Call.@Nullable GetContainers getContainers,
        Call.@Nullable LaunchNestedContainer launchNestedContainer,
        Call.@Nullable WaitNestedContainer waitNestedContainer,
        Call.@Nullable KillNestedContainer killNestedContainer,
        Call.@Nullable RemoveNestedContainer removeNestedContainer,
        Call.@Nullable LaunchNestedContainerSession launchNestedContainerSession,
        Call.@Nullable AttachContainerInput attachContainerInput,
        Call.@Nullable AttachContainerOutput attachContainerOutput,
        Call.@Nullable LaunchContainer launchContainer,
        Call.@Nullable WaitContainer waitContainer,
        Call.@Nullable KillContainer killContainer,
        Call.@Nullable RemoveContainer removeContainer,
        Call.@Nullable PruneImages pruneImages) {

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the fields of a {@link Call}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private Call.@Nullable Type type;
        private Call.@Nullable GetMetrics getMetrics;
        private Call.@Nullable SetLoggingLevel setLoggingLevel;
        private Call.@Nullable ListFiles listFiles;
        private Call.@Nullable ReadFile readFile;
        private Call.@Nullable GetContainers getContainers;
        private Call.@Nullable LaunchNestedContainer launchNestedContainer;
        private Call.@Nullable WaitNestedContainer waitNestedContainer;
        private Call.@Nullable KillNestedContainer killNestedContainer;
        private Call.@Nullable RemoveNestedContainer removeNestedContainer;
        private Call.@Nullable LaunchNestedContainerSession launchNestedContainerSession;
        private Call.@Nullable AttachContainerInput attachContainerInput;
        private Call.@Nullable AttachContainerOutput attachContainerOutput;
        private Call.@Nullable LaunchContainer launchContainer;
        private Call.@Nullable WaitContainer waitContainer;
        private Call.@Nullable KillContainer killContainer;
        private Call.@Nullable RemoveContainer removeContainer;
        private Call.@Nullable PruneImages pruneImages;

        private Builder() {}

        public Builder type(Call.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder getMetrics(Call.@Nullable GetMetrics value) {
            this.getMetrics = value;
            return this;
        }

        public Builder setLoggingLevel(Call.@Nullable SetLoggingLevel value) {
            this.setLoggingLevel = value;
            return this;
        }

        public Builder listFiles(Call.@Nullable ListFiles value) {
            this.listFiles = value;
            return this;
        }

        public Builder readFile(Call.@Nullable ReadFile value) {
            this.readFile = value;
            return this;
        }

        public Builder getContainers(Call.@Nullable GetContainers value) {
            this.getContainers = value;
            return this;
        }

        public Builder launchNestedContainer(Call.@Nullable LaunchNestedContainer value) {
            this.launchNestedContainer = value;
            return this;
        }

        public Builder waitNestedContainer(Call.@Nullable WaitNestedContainer value) {
            this.waitNestedContainer = value;
            return this;
        }

        public Builder killNestedContainer(Call.@Nullable KillNestedContainer value) {
            this.killNestedContainer = value;
            return this;
        }

        public Builder removeNestedContainer(Call.@Nullable RemoveNestedContainer value) {
            this.removeNestedContainer = value;
            return this;
        }

        public Builder launchNestedContainerSession(Call.@Nullable LaunchNestedContainerSession value) {
            this.launchNestedContainerSession = value;
            return this;
        }

        public Builder attachContainerInput(Call.@Nullable AttachContainerInput value) {
            this.attachContainerInput = value;
            return this;
        }

        public Builder attachContainerOutput(Call.@Nullable AttachContainerOutput value) {
            this.attachContainerOutput = value;
            return this;
        }

        public Builder launchContainer(Call.@Nullable LaunchContainer value) {
            this.launchContainer = value;
            return this;
        }

        public Builder waitContainer(Call.@Nullable WaitContainer value) {
            this.waitContainer = value;
            return this;
        }

        public Builder killContainer(Call.@Nullable KillContainer value) {
            this.killContainer = value;
            return this;
        }

        public Builder removeContainer(Call.@Nullable RemoveContainer value) {
            this.removeContainer = value;
            return this;
        }

        public Builder pruneImages(Call.@Nullable PruneImages value) {
            this.pruneImages = value;
            return this;
        }

        public Call build() {
            return new Call(
                    type,
                    getMetrics,
                    setLoggingLevel,
                    listFiles,
                    readFile,
                    getContainers,
                    launchNestedContainer,
                    waitNestedContainer,
                    killNestedContainer,
                    removeNestedContainer,
                    launchNestedContainerSession,
                    attachContainerInput,
                    attachContainerOutput,
                    launchContainer,
                    waitContainer,
                    killContainer,
                    removeContainer,
                    pruneImages);
        }
    }

    /** {@code agent.Call.GetMetrics}. Source: v1/agent/agent.proto. */
    public record GetMetrics(@Nullable DurationInfo timeout) {}

    /** {@code agent.Call.SetLoggingLevel}. Source: v1/agent/agent.proto. */
    public record SetLoggingLevel(int level, DurationInfo duration) {}

    /** {@code agent.Call.ListFiles}. Source: v1/agent/agent.proto. */
    public record ListFiles(String path) {}

    /** {@code agent.Call.ReadFile}. Source: v1/agent/agent.proto. */
    public record ReadFile(
            String path, long offset, @Nullable Long length) {}

    /** {@code agent.Call.GetContainers}. Source: v1/agent/agent.proto. */
    public record GetContainers(
            @Nullable Boolean showNested, @Nullable Boolean showStandalone) {}

    /** {@code agent.Call.LaunchNestedContainer}. Source: v1/agent/agent.proto. */
    public record LaunchNestedContainer(
            ContainerId containerId,
            @Nullable CommandInfo command,
            @Nullable ContainerInfo container) {}

    /** {@code agent.Call.WaitNestedContainer}. Source: v1/agent/agent.proto. */
    public record WaitNestedContainer(ContainerId containerId) {}

    /** {@code agent.Call.KillNestedContainer}. Source: v1/agent/agent.proto. */
    public record KillNestedContainer(
            ContainerId containerId, @Nullable Integer signal) {}

    /** {@code agent.Call.RemoveNestedContainer}. Source: v1/agent/agent.proto. */
    public record RemoveNestedContainer(ContainerId containerId) {}

    /** {@code agent.Call.LaunchNestedContainerSession}. Source: v1/agent/agent.proto. */
    public record LaunchNestedContainerSession(
            ContainerId containerId,
            @Nullable CommandInfo command,
            @Nullable ContainerInfo container) {}

    /** {@code agent.Call.AttachContainerInput}. Source: v1/agent/agent.proto. */
    public record AttachContainerInput(
            Call.AttachContainerInput.@Nullable Type type,
            @Nullable ContainerId containerId,
            @Nullable ProcessIo processIo) {

        /** {@code agent.Call.AttachContainerInput.Type}. Source: v1/agent/agent.proto. */
        public enum Type {
            UNKNOWN,
            CONTAINER_ID,
            PROCESS_IO
        }
    }

    /** {@code agent.Call.AttachContainerOutput}. Source: v1/agent/agent.proto. */
    public record AttachContainerOutput(ContainerId containerId) {}

    /** {@code agent.Call.LaunchContainer}. Source: v1/agent/agent.proto. */
    public record LaunchContainer(
            ContainerId containerId,
            @Nullable CommandInfo command,
            List<Resource> resources,
            @Nullable ContainerInfo container,
            Map<String, Value.Scalar> limits) {
        public LaunchContainer {
            resources = List.copyOf(resources);
            limits = Ordered.copyOf(limits);
        }
    }

    /** {@code agent.Call.WaitContainer}. Source: v1/agent/agent.proto. */
    public record WaitContainer(ContainerId containerId) {}

    /** {@code agent.Call.KillContainer}. Source: v1/agent/agent.proto. */
    public record KillContainer(
            ContainerId containerId, @Nullable Integer signal) {}

    /** {@code agent.Call.RemoveContainer}. Source: v1/agent/agent.proto. */
    public record RemoveContainer(ContainerId containerId) {}

    /** {@code agent.Call.PruneImages}. Source: v1/agent/agent.proto. */
    public record PruneImages(List<Image> excludedImages) {
        public PruneImages {
            excludedImages = List.copyOf(excludedImages);
        }
    }

    /** {@code agent.Call.Type}. Source: v1/agent/agent.proto. */
    public enum Type {
        UNKNOWN,
        GET_HEALTH,
        GET_FLAGS,
        GET_VERSION,
        GET_METRICS,
        GET_LOGGING_LEVEL,
        SET_LOGGING_LEVEL,
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
        LAUNCH_NESTED_CONTAINER,
        WAIT_NESTED_CONTAINER,
        KILL_NESTED_CONTAINER,
        REMOVE_NESTED_CONTAINER,
        LAUNCH_NESTED_CONTAINER_SESSION,
        ATTACH_CONTAINER_INPUT,
        ATTACH_CONTAINER_OUTPUT,
        LAUNCH_CONTAINER,
        WAIT_CONTAINER,
        KILL_CONTAINER,
        REMOVE_CONTAINER,
        ADD_RESOURCE_PROVIDER_CONFIG,
        UPDATE_RESOURCE_PROVIDER_CONFIG,
        REMOVE_RESOURCE_PROVIDER_CONFIG,
        MARK_RESOURCE_PROVIDER_GONE,
        PRUNE_IMAGES
    }
}
