package org.nucleus.master.core.allocation;

import java.util.Optional;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.AgentConstraints;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.wire.FrameworkInfo.Capability;

/**
 * Which agents may be offered to a framework for a role, whatever they have free. Agents with gpus are for those who
 * can use them, agents of other regions for those who know of regions.
 */
record AgentFilter(
        String role, AgentConstraints constraints, boolean anyGpus, boolean anyRegion, Optional<String> home) {

    static AgentFilter of(Framework framework, String role, Frame frame) {
        return new AgentFilter(
                role,
                frame.state().frameworks().constraints(framework.id()),
                !frame.settings().filterGpuResources() || framework.has(Capability.Type.GPU_RESOURCES),
                framework.has(Capability.Type.REGION_AWARE),
                AgentConstraints.region(frame.state().term().masterInfo().domain()));
    }

    boolean admits(Agent agent) {
        if (!anyGpus && agent.total().thousandths("gpus") > 0) {
            return false;
        }
        return (anyRegion || isAtHome(agent))
                && constraints.admit(role, agent.known().info());
    }

    private boolean isAtHome(Agent agent) {
        Optional<String> region = AgentConstraints.region(agent.known().info().domain());
        return home.isEmpty() || region.isEmpty() || home.equals(region);
    }
}
