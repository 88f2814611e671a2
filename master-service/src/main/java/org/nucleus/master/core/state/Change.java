package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.InverseOffer;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Operation;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.Uuid;
import org.nucleus.wire.master.InverseOfferStatus;
import org.nucleus.wire.master.Schedule;
import org.nucleus.wire.scheduler.OfferConstraints;

/** A decided fact. Applying it decides nothing and cannot fail. */
public sealed interface Change {
    /** A change that must be stored before any effect of its step may leave. Storing one again is harmless. */
    sealed interface Durable extends Change {}

    /** A durable change of one task: it says all that is stored of it. */
    sealed interface OfTask extends Durable {
        TaskKey key();
    }

    /**
     * A change that is stored soon, after its effects may have left: losing the newest ones in a crash is allowed, for
     * agents report their tasks. What is stored later of the same task takes its place.
     */
    sealed interface History extends OfTask {}

    /** A change that lives in this machine alone. */
    sealed interface Volatile extends Change {}

    // --- agents -----------------------------------------------------------------------------------------------------

    /** A new agent, or one whose description changed or that came back from being unreachable: the whole row. */
    record AgentAdmitted(KnownAgent agent) implements Durable {}

    /** The agent was not heard of in time. */
    record AgentUnreachable(AgentId agent, Instant at) implements Durable {}

    /** The agent is lost for good. */
    record AgentGone(AgentId agent, Instant at) implements Durable {}

    /** The agent left, or was replaced by a new one at its address: its row goes. */
    record AgentRemoved(AgentId agent, Instant at) implements Durable {}

    /** An unreachable or gone agent is too old to be kept: its row goes. */
    record AgentForgotten(AgentId agent) implements Durable {}

    /** An admitted agent's stream is open. */
    record AgentConnected(AgentId agent, StreamId stream, String address, Instant at) implements Volatile {}

    /** An agent's stream ended. */
    record AgentDisconnected(AgentId agent, Instant at) implements Volatile {}

    /** What an agent has was reserved, made volumes of, or the like; or the agent says that it is so. */
    record AgentReshaped(AgentId agent, Resources total) implements Volatile {}

    /** An operation on an agent's resources went out. */
    record OperationSent() implements Volatile {}

    /** An operation with feedback is followed; {@code operation} is how it is now. */
    record OperationKept(Operation operation) implements Volatile {}

    /** The end of an operation was acknowledged, or was the master's to tell. */
    record OperationForgotten(Uuid operation) implements Volatile {}

    /** A ping went out; it counts as missed until the agent is heard. */
    record AgentPinged(AgentId agent) implements Volatile {}

    /** The agent answered its pings. */
    record AgentPonged(AgentId agent) implements Volatile {}

    /** The time for agents to come back after the election is over. */
    record RecoveryEnded() implements Volatile {}

    // --- frameworks -------------------------------------------------------------------------------------------------

    /** A framework is known, new or changed: the whole row. Says nothing of its connection. */
    record FrameworkStored(KnownFramework framework) implements Durable {}

    /** A framework lost its connection and is torn down at {@code failoverDeadline} unless it subscribes again. */
    record FrameworkDisconnected(FrameworkId framework, Instant at, Instant failoverDeadline) implements Durable {}

    /** A framework ended for good. */
    record FrameworkCompleted(FrameworkId framework, Instant at) implements Durable {}

    /** A completed framework, the oldest beyond the bound, goes with its history. */
    record FrameworkForgotten(FrameworkId framework) implements Durable {}

    /** Its roles that want no offers, all of them. */
    record RolesSuppressed(FrameworkId framework, SequencedSet<String> roles) implements Durable {}

    /** A framework's stream is open. */
    record FrameworkConnected(FrameworkId framework, StreamId stream, Instant at) implements Volatile {}

    /** Which agents a framework wants to be offered, told with its description and not stored. */
    record FrameworkConstrained(FrameworkId framework, OfferConstraints constraints, AgentConstraints agents)
            implements Volatile {}

    // --- tasks and executors ----------------------------------------------------------------------------------------

    /**
     * A task is known: launched, or reported by its agent. Stored before its launch leaves, in a transaction that asserts
     * the term: so no launch leaves a deposed leader.
     */
    record TaskAdded(Task task) implements OfTask {
        @Override
        public TaskKey key() {
            return TaskKey.of(task);
        }
    }

    /** A task's state or statuses changed; {@code task} is how it is now. */
    record TaskMoved(Task task) implements History {
        @Override
        public TaskKey key() {
            return TaskKey.of(task);
        }
    }

    /** A task's agent is unreachable: it holds no resources, and comes back with its agent. */
    record TaskUnreachable(Task task) implements OfTask {
        @Override
        public TaskKey key() {
            return TaskKey.of(task);
        }
    }

    /** A task ended and its framework knows. Stored before its agent hears so and forgets it: then nobody else knows. */
    record TaskCompleted(Task task, Instant at) implements OfTask {
        @Override
        public TaskKey key() {
            return TaskKey.of(task);
        }
    }

    /** A task, completed or unreachable, is beyond the bound of what is kept. */
    record TaskForgotten(FrameworkId framework, TaskId task) implements History {
        @Override
        public TaskKey key() {
            return new TaskKey(framework, task);
        }
    }

    /** An agent runs an executor. */
    record ExecutorAdded(AgentId agent, FrameworkId framework, ExecutorInfo executor) implements Volatile {}

    /** An executor ended. */
    record ExecutorRemoved(AgentId agent, FrameworkId framework, ExecutorId executor) implements Volatile {}

    /** A kill could not be sent, for the agent is disconnected: sent when it comes back. */
    record KillRemembered(
            AgentId agent,
            FrameworkId framework,
            TaskId task,
            @Nullable KillPolicy policy) implements Volatile {}

    // --- offers -----------------------------------------------------------------------------------------------------

    /**
     * An offer is outstanding.
     *
     * @param offer complete, with allocation info, whatever its framework gets to see
     */
    record OfferMade(Offer offer, String role, Resources resources, Instant at) implements Volatile {}

    /** An offer was used, declined or rescinded: its resources are free, or taken by what follows. */
    record OfferSpent(OfferId offer) implements Volatile {}

    /** A framework does not want {@code resources} or less of this agent until {@code until}. */
    record FilterSet(FrameworkId framework, String role, AgentId agent, Resources resources, Instant until)
            implements Volatile {}

    /** A framework is asked to give back what it has on an agent. */
    record InverseOfferMade(InverseOffer offer) implements Volatile {}

    /** An inverse offer was answered or is void. */
    record InverseOfferEnded(OfferId offer) implements Volatile {}

    /** A framework's answer about an agent; it is not asked again before {@code until}. */
    record InverseOfferAnswered(AgentId agent, InverseOfferStatus status, Instant until) implements Volatile {}

    /** What was asked and answered about an agent is void. */
    record InverseOffersForgotten(AgentId agent) implements Volatile {}

    /** A framework wants to be asked again about all agents. */
    record InverseFiltersCleared(FrameworkId framework) implements Volatile {}

    /** A framework takes back its filters of these roles. */
    record FiltersCleared(FrameworkId framework, List<String> roles) implements Volatile {
        public FiltersCleared {
            roles = List.copyOf(roles);
        }
    }

    /** All filters that end at {@code at} or before are over. */
    record FiltersExpired(Instant at) implements Volatile {}

    // --- what operators set -----------------------------------------------------------------------------------------

    /** Something that an operator set, in force until it is set anew: {@link Policy} is the sum of them. */
    sealed interface Decree extends Durable {}

    /** A role's quota; {@link Quota#isNone} takes it away. */
    record QuotaSet(String role, Quota quota) implements Decree {}

    /** A role's weight in the allocation. */
    record WeightSet(String role, double weight) implements Decree {}

    /** The one maintenance schedule, as a whole. */
    record ScheduleSet(Schedule schedule) implements Decree {}

    /** Maintenance of a scheduled machine begins. */
    record MachineTakenDown(MachineId machine) implements Decree {}

    /** Maintenance of a machine is over. */
    record MachineBroughtUp(MachineId machine) implements Decree {}

    /** An agent must not be offered, or may be again: then {@code order} is absent. */
    record AgentOrdered(AgentId agent, @Nullable AgentOrder order) implements Decree {}

    // --- allocation -------------------------------------------------------------------------------------------------

    /** The next allocation looks at this agent; at all of them, if none is named. */
    record AllocationWanted(@Nullable AgentId agent) implements Volatile {}

    /** A silent agent's turn to be given up is fixed; {@code next} is the turn of the one after it. */
    record RemovalScheduled(Instant next) implements Volatile {}

    /** An allocation has to wait for more agents to come back after the election: quotas need to see the cluster. */
    record AllocationPostponed() implements Volatile {}

    /** An alarm for {@code key} is set. */
    record AlarmSet(WakeKey key, Instant due) implements Volatile {}

    /** The alarm of {@code key} went off. */
    record AlarmFired(WakeKey key) implements Volatile {}

    /** An allocation looked at all agents that were to be looked at. */
    record AllocationDone() implements Volatile {}
}
