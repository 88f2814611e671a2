package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.InverseOffer;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Operation;
import org.nucleus.wire.Task;
import org.nucleus.wire.master.InverseOfferStatus;
import org.nucleus.wire.scheduler.OfferConstraints;

/**
 * The cluster at one moment, for readers: immutable, cheap to take, shared by all who ask.
 *
 * @param filters how many offer filters there are, by role
 */
public record Picture(
        @Nullable MasterInfo masterInfo,
        @Nullable Instant electedAt,
        List<AgentPicture> agents,
        List<KnownAgent> unreachableAgents,
        List<KnownAgent> goneAgents,
        List<FrameworkPicture> frameworks,
        List<CompletedFramework> completedFrameworks,
        Policy policy,
        SequencedMap<String, Integer> filters) {
    public Picture {
        agents = List.copyOf(agents);
        unreachableAgents = List.copyOf(unreachableAgents);
        goneAgents = List.copyOf(goneAgents);
        frameworks = List.copyOf(frameworks);
        completedFrameworks = List.copyOf(completedFrameworks);
    }

    public static Picture empty() {
        return new Picture(
                null, null, List.of(), List.of(), List.of(), List.of(), List.of(), Policy.none(), new TreeMap<>());
    }

    /**
     * An admitted agent ({@code agent.isRecovered()}: not back since the election).
     *
     * @param used by tasks and executors, with allocation info
     * @param offered with allocation info
     * @param tasks on it that the master still tracks, ended but unacknowledged ones too
     * @param answers of frameworks to inverse offers
     * @param order of an operator not to offer it; absent if there is none
     * @param operations with feedback whose end is not acknowledged
     */
    public record AgentPicture(
            Agent agent,
            Resources used,
            Resources offered,
            List<Task> tasks,
            List<RunningExecutor> executors,
            List<InverseOfferStatus> answers,
            @Nullable AgentOrder order,
            List<Operation> operations) {
        public AgentPicture {
            answers = List.copyOf(answers);
            tasks = List.copyOf(tasks);
            executors = List.copyOf(executors);
            operations = List.copyOf(operations);
        }

        /** Whether the allocator may offer it. */
        public boolean isActive() {
            return agent.isConnected() && order == null;
        }
    }

    /**
     * A framework that has not ended.
     *
     * @param used by its tasks and executors, with allocation info; a port of two agents shows once
     * @param offered with allocation info; a port of two agents shows once
     */
    public record FrameworkPicture(
            Framework framework,
            Resources used,
            Resources offered,
            List<Task> tasks,
            List<Task> unreachableTasks,
            List<Task> completedTasks,
            List<Offer> offers,
            List<InverseOffer> inverseOffers,
            List<RunningExecutor> executors,
            OfferConstraints constraints) {
        public FrameworkPicture {
            inverseOffers = List.copyOf(inverseOffers);
            tasks = List.copyOf(tasks);
            unreachableTasks = List.copyOf(unreachableTasks);
            completedTasks = List.copyOf(completedTasks);
            offers = List.copyOf(offers);
            executors = List.copyOf(executors);
        }
    }

    /** A framework that ended. */
    public record CompletedFramework(RegistrySnapshot.KnownFramework framework, List<Task> completedTasks) {
        public CompletedFramework {
            completedTasks = List.copyOf(completedTasks);
        }
    }

    /** An executor, other than the built-in ones of command tasks. */
    public record RunningExecutor(AgentId agent, FrameworkId framework, ExecutorInfo executor) {}
}
