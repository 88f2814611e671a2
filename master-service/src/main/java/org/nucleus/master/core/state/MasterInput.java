package org.nucleus.master.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.WeightInfo;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.master.QuotaConfig;
import org.nucleus.wire.master.QuotaRequest;
import org.nucleus.wire.master.Schedule;
import org.nucleus.wire.scheduler.Call;

/** Anything that can happen to a leading master. The first input of a machine is {@link Elected}. */
public sealed interface MasterInput {
    /**
     * This process leads: term {@code epoch} begins.
     *
     * @param epoch number of the term, greater than all before; travels in every event to agents
     * @param masterInfo of this master; its {@code id} is new with every term, and ids of offers, agents and frameworks
     *     begin with it
     * @param seed of what the machine decides by lot
     * @param snapshot what earlier terms stored
     */
    record Elected(long epoch, MasterInfo masterInfo, long seed, RegistrySnapshot snapshot) implements MasterInput {}

    /** An alarm set by {@link Effect.Wake} is due. */
    record TimerFired(WakeKey key) implements MasterInput {}

    /**
     * A scheduler's SUBSCRIBE, well formed; its response is open already and {@code stream} names it. A refusal is an
     * ERROR event followed by {@link Effect.CloseStream}.
     */
    record Subscribe(StreamId stream, Call call, Caller caller) implements MasterInput {}

    /**
     * Any other scheduler call, well formed; answered with exactly one {@link Effect.Reply} of its ticket.
     *
     * @param stream as named by the call's {@code Mesos-Stream-Id} header
     */
    record SchedulerCall(Ticket ticket, @Nullable StreamId stream, Call call, Caller caller) implements MasterInput {}

    /** A scheduler's stream ended, by either side. */
    record SchedulerStreamClosed(StreamId stream) implements MasterInput {}

    /**
     * An agent's SUBSCRIBE; its response is open already. A refusal is {@link Effect.CloseAgentStream}, after a
     * SHUTDOWN event where the agent may never come back under its id.
     *
     * @param address the peer's IP address
     */
    record AgentSubscribe(StreamId stream, AgentCall call, Caller caller, String address) implements MasterInput {}

    /** Any other call of an agent; answered with exactly one {@link Effect.Reply} of its ticket. */
    record AgentMessage(Ticket ticket, @Nullable StreamId stream, AgentCall call) implements MasterInput {}

    /** An agent's stream ended, by either side. */
    record AgentStreamClosed(StreamId stream) implements MasterInput {}

    /** An operator ends a framework. */
    record TeardownFramework(Ticket ticket, FrameworkId framework, Caller caller) implements MasterInput {}

    /** An operator declares an agent lost for good. */
    record MarkAgentGone(Ticket ticket, AgentId agent, Caller caller) implements MasterInput {}

    /** An operator sets something that holds until it is set anew; answered with one {@link Effect.Reply}. */
    sealed interface Order extends MasterInput {
        Ticket ticket();

        Caller caller();
    }

    /**
     * Quotas of roles, all of them or none.
     *
     * @param force also beyond what the cluster has, and below what the roles consume
     */
    record UpdateQuota(Ticket ticket, List<QuotaConfig> configs, boolean force, Caller caller) implements Order {
        public UpdateQuota {
            configs = List.copyOf(configs);
        }
    }

    /** A quota in the form of before 1.9, for a role that has none. */
    record SetQuota(Ticket ticket, QuotaRequest request, Caller caller) implements Order {}

    /** A role's quota goes. */
    record RemoveQuota(Ticket ticket, String role, Caller caller) implements Order {}

    /** Weights of roles, all of them or none. */
    record UpdateWeights(Ticket ticket, List<WeightInfo> weights, Caller caller) implements Order {
        public UpdateWeights {
            weights = List.copyOf(weights);
        }
    }

    /** The maintenance schedule, as a whole. */
    record UpdateSchedule(Ticket ticket, Schedule schedule, Caller caller) implements Order {}

    /** Maintenance of scheduled machines begins. */
    record StartMaintenance(Ticket ticket, List<MachineId> machines, Caller caller) implements Order {
        public StartMaintenance {
            machines = List.copyOf(machines);
        }
    }

    /** Maintenance of machines is over. */
    record StopMaintenance(Ticket ticket, List<MachineId> machines, Caller caller) implements Order {
        public StopMaintenance {
            machines = List.copyOf(machines);
        }
    }

    /** An agent is to be emptied and not offered any more. */
    record DrainAgent(Ticket ticket, AgentId agent, DrainConfig config, Caller caller) implements Order {}

    /** An agent is not to be offered any more; what it runs stays. */
    record DeactivateAgent(Ticket ticket, AgentId agent, Caller caller) implements Order {}

    /** An agent may be offered again. */
    record ReactivateAgent(Ticket ticket, AgentId agent, Caller caller) implements Order {}

    /** An operator reserves, unreserves, or makes, destroys or resizes volumes; done when it is answered. */
    record Operate(Ticket ticket, AgentId agent, Offer.Operation operation, Caller caller) implements MasterInput {}

    /** A reader wants a {@link Picture} when nothing else happens: changes nothing. */
    record Look() implements MasterInput {}
}
