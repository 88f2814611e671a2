package org.nucleus.wire.master;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.ProtobufDuration;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;
import org.nucleus.wire.WeightInfo;

/** {@code master.Call}. Source: v1/master/master.proto. */
public record Call(
        Call.@Nullable Type type,
        Call.@Nullable GetMetrics getMetrics,
        Call.@Nullable SetLoggingLevel setLoggingLevel,
        Call.@Nullable ListFiles listFiles,
        Call.@Nullable ReadFile readFile,
        Call.@Nullable UpdateWeights updateWeights,
        Call.@Nullable ReserveResources reserveResources,
        Call.@Nullable UnreserveResources unreserveResources,
        Call.@Nullable CreateVolumes createVolumes,
        Call.@Nullable DestroyVolumes destroyVolumes,
        Call.@Nullable GrowVolume growVolume,
        Call.@Nullable ShrinkVolume shrinkVolume,
        Call.@Nullable UpdateMaintenanceSchedule updateMaintenanceSchedule,
        Call.@Nullable StartMaintenance startMaintenance,
        Call.@Nullable StopMaintenance stopMaintenance,
        Call.@Nullable DrainAgent drainAgent,
        Call.@Nullable DeactivateAgent deactivateAgent,
        Call.@Nullable ReactivateAgent reactivateAgent,
        Call.@Nullable UpdateQuota updateQuota,
        Call.@Nullable Teardown teardown,
        Call.@Nullable MarkAgentGone markAgentGone,
        Call.@Nullable SetQuota setQuota,
        Call.@Nullable RemoveQuota removeQuota) {

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
        private Call.@Nullable UpdateWeights updateWeights;
        private Call.@Nullable ReserveResources reserveResources;
        private Call.@Nullable UnreserveResources unreserveResources;
        private Call.@Nullable CreateVolumes createVolumes;
        private Call.@Nullable DestroyVolumes destroyVolumes;
        private Call.@Nullable GrowVolume growVolume;
        private Call.@Nullable ShrinkVolume shrinkVolume;
        private Call.@Nullable UpdateMaintenanceSchedule updateMaintenanceSchedule;
        private Call.@Nullable StartMaintenance startMaintenance;
        private Call.@Nullable StopMaintenance stopMaintenance;
        private Call.@Nullable DrainAgent drainAgent;
        private Call.@Nullable DeactivateAgent deactivateAgent;
        private Call.@Nullable ReactivateAgent reactivateAgent;
        private Call.@Nullable UpdateQuota updateQuota;
        private Call.@Nullable Teardown teardown;
        private Call.@Nullable MarkAgentGone markAgentGone;
        private Call.@Nullable SetQuota setQuota;
        private Call.@Nullable RemoveQuota removeQuota;

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

        public Builder updateWeights(Call.@Nullable UpdateWeights value) {
            this.updateWeights = value;
            return this;
        }

        public Builder reserveResources(Call.@Nullable ReserveResources value) {
            this.reserveResources = value;
            return this;
        }

        public Builder unreserveResources(Call.@Nullable UnreserveResources value) {
            this.unreserveResources = value;
            return this;
        }

        public Builder createVolumes(Call.@Nullable CreateVolumes value) {
            this.createVolumes = value;
            return this;
        }

        public Builder destroyVolumes(Call.@Nullable DestroyVolumes value) {
            this.destroyVolumes = value;
            return this;
        }

        public Builder growVolume(Call.@Nullable GrowVolume value) {
            this.growVolume = value;
            return this;
        }

        public Builder shrinkVolume(Call.@Nullable ShrinkVolume value) {
            this.shrinkVolume = value;
            return this;
        }

        public Builder updateMaintenanceSchedule(Call.@Nullable UpdateMaintenanceSchedule value) {
            this.updateMaintenanceSchedule = value;
            return this;
        }

        public Builder startMaintenance(Call.@Nullable StartMaintenance value) {
            this.startMaintenance = value;
            return this;
        }

        public Builder stopMaintenance(Call.@Nullable StopMaintenance value) {
            this.stopMaintenance = value;
            return this;
        }

        public Builder drainAgent(Call.@Nullable DrainAgent value) {
            this.drainAgent = value;
            return this;
        }

        public Builder deactivateAgent(Call.@Nullable DeactivateAgent value) {
            this.deactivateAgent = value;
            return this;
        }

        public Builder reactivateAgent(Call.@Nullable ReactivateAgent value) {
            this.reactivateAgent = value;
            return this;
        }

        public Builder updateQuota(Call.@Nullable UpdateQuota value) {
            this.updateQuota = value;
            return this;
        }

        public Builder teardown(Call.@Nullable Teardown value) {
            this.teardown = value;
            return this;
        }

        public Builder markAgentGone(Call.@Nullable MarkAgentGone value) {
            this.markAgentGone = value;
            return this;
        }

        public Builder setQuota(Call.@Nullable SetQuota value) {
            this.setQuota = value;
            return this;
        }

        public Builder removeQuota(Call.@Nullable RemoveQuota value) {
            this.removeQuota = value;
            return this;
        }

        public Call build() {
            return new Call(
                    type,
                    getMetrics,
                    setLoggingLevel,
                    listFiles,
                    readFile,
                    updateWeights,
                    reserveResources,
                    unreserveResources,
                    createVolumes,
                    destroyVolumes,
                    growVolume,
                    shrinkVolume,
                    updateMaintenanceSchedule,
                    startMaintenance,
                    stopMaintenance,
                    drainAgent,
                    deactivateAgent,
                    reactivateAgent,
                    updateQuota,
                    teardown,
                    markAgentGone,
                    setQuota,
                    removeQuota);
        }
    }

    /** {@code master.Call.GetMetrics}. Source: v1/master/master.proto. */
    public record GetMetrics(@Nullable DurationInfo timeout) {}

    /** {@code master.Call.SetLoggingLevel}. Source: v1/master/master.proto. */
    public record SetLoggingLevel(int level, DurationInfo duration) {}

    /** {@code master.Call.ListFiles}. Source: v1/master/master.proto. */
    public record ListFiles(String path) {}

    /** {@code master.Call.ReadFile}. Source: v1/master/master.proto. */
    public record ReadFile(
            String path, long offset, @Nullable Long length) {}

    /** {@code master.Call.UpdateWeights}. Source: v1/master/master.proto. */
    public record UpdateWeights(List<WeightInfo> weightInfos) {
        public UpdateWeights {
            weightInfos = List.copyOf(weightInfos);
        }
    }

    /** {@code master.Call.ReserveResources}. Source: v1/master/master.proto. */
    public record ReserveResources(AgentId agentId, List<Resource> source, List<Resource> resources) {
        public ReserveResources {
            source = List.copyOf(source);
            resources = List.copyOf(resources);
        }
    }

    /** {@code master.Call.UnreserveResources}. Source: v1/master/master.proto. */
    public record UnreserveResources(AgentId agentId, List<Resource> resources) {
        public UnreserveResources {
            resources = List.copyOf(resources);
        }
    }

    /** {@code master.Call.CreateVolumes}. Source: v1/master/master.proto. */
    public record CreateVolumes(AgentId agentId, List<Resource> volumes) {
        public CreateVolumes {
            volumes = List.copyOf(volumes);
        }
    }

    /** {@code master.Call.DestroyVolumes}. Source: v1/master/master.proto. */
    public record DestroyVolumes(AgentId agentId, List<Resource> volumes) {
        public DestroyVolumes {
            volumes = List.copyOf(volumes);
        }
    }

    /** {@code master.Call.GrowVolume}. Source: v1/master/master.proto. */
    public record GrowVolume(@Nullable AgentId agentId, Resource volume, Resource addition) {}

    /** {@code master.Call.ShrinkVolume}. Source: v1/master/master.proto. */
    public record ShrinkVolume(@Nullable AgentId agentId, Resource volume, Value.Scalar subtract) {}

    /** {@code master.Call.UpdateMaintenanceSchedule}. Source: v1/master/master.proto. */
    public record UpdateMaintenanceSchedule(Schedule schedule) {}

    /** {@code master.Call.StartMaintenance}. Source: v1/master/master.proto. */
    public record StartMaintenance(List<MachineId> machines) {
        public StartMaintenance {
            machines = List.copyOf(machines);
        }
    }

    /** {@code master.Call.StopMaintenance}. Source: v1/master/master.proto. */
    public record StopMaintenance(List<MachineId> machines) {
        public StopMaintenance {
            machines = List.copyOf(machines);
        }
    }

    /** {@code master.Call.DrainAgent}. Source: v1/master/master.proto. */
    public record DrainAgent(AgentId agentId, @Nullable ProtobufDuration maxGracePeriod, boolean markGone) {}

    /** {@code master.Call.DeactivateAgent}. Source: v1/master/master.proto. */
    public record DeactivateAgent(AgentId agentId) {}

    /** {@code master.Call.ReactivateAgent}. Source: v1/master/master.proto. */
    public record ReactivateAgent(AgentId agentId) {}

    /** {@code master.Call.UpdateQuota}. Source: v1/master/master.proto. */
    public record UpdateQuota(@Nullable Boolean force, List<QuotaConfig> quotaConfigs) {
        public UpdateQuota {
            quotaConfigs = List.copyOf(quotaConfigs);
        }
    }

    /** {@code master.Call.SetQuota}. Source: v1/master/master.proto. */
    public record SetQuota(QuotaRequest quotaRequest) {}

    /** {@code master.Call.RemoveQuota}. Source: v1/master/master.proto. */
    public record RemoveQuota(String role) {}

    /** {@code master.Call.Teardown}. Source: v1/master/master.proto. */
    public record Teardown(FrameworkId frameworkId) {}

    /** {@code master.Call.MarkAgentGone}. Source: v1/master/master.proto. */
    public record MarkAgentGone(AgentId agentId) {}

    /** {@code master.Call.Type}. Source: v1/master/master.proto. */
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
        GET_AGENTS,
        GET_FRAMEWORKS,
        GET_EXECUTORS,
        GET_OPERATIONS,
        GET_TASKS,
        GET_ROLES,
        GET_WEIGHTS,
        UPDATE_WEIGHTS,
        GET_MASTER,
        SUBSCRIBE,
        RESERVE_RESOURCES,
        UNRESERVE_RESOURCES,
        CREATE_VOLUMES,
        DESTROY_VOLUMES,
        GROW_VOLUME,
        SHRINK_VOLUME,
        GET_MAINTENANCE_STATUS,
        GET_MAINTENANCE_SCHEDULE,
        UPDATE_MAINTENANCE_SCHEDULE,
        START_MAINTENANCE,
        STOP_MAINTENANCE,
        DRAIN_AGENT,
        DEACTIVATE_AGENT,
        REACTIVATE_AGENT,
        GET_QUOTA,
        UPDATE_QUOTA,
        SET_QUOTA,
        REMOVE_QUOTA,
        TEARDOWN,
        MARK_AGENT_GONE
    }
}
