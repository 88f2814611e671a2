package org.nucleus.agent.core.state;

import java.util.List;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.executor.Call;

/** Anything that can happen to an agent. {@link Started} is the first, once. */
public sealed interface AgentInput {
    /**
     * The process has started.
     *
     * @param history durable changes of former processes, oldest first
     * @param found containers they left behind, all of them
     */
    record Started(AgentSettings settings, long seed, List<Change.Durable> history, List<FoundContainer> found)
            implements AgentInput {
        public Started {
            history = List.copyOf(history);
            found = List.copyOf(found);
        }
    }

    /** A (new) leading master is known. */
    record LeaderDetected() implements AgentInput {}

    /** There is no leading master now. */
    record LeaderLost() implements AgentInput {}

    /** The link could not be opened, was refused or broke. */
    record LinkClosed(long link, String reason) implements AgentInput {}

    record EventReceived(long link, AgentEvent event) implements AgentInput {}

    record ContainerStarted(ContainerId container) implements AgentInput {}

    /**
     * The container's command has not run and never will. Follows {@link Effect.LaunchContainer} in place of a start.
     */
    record LaunchFailed(ContainerId container, String message) implements AgentInput {}

    /** A started container ended, and nothing of it runs. */
    record ContainerEnded(ContainerId container, Ending ending) implements AgentInput {}

    /** An executor wants to listen on {@code stream}. */
    record ExecutorSubscribed(long ticket, long stream, Call call) implements AgentInput {}

    /** An executor said something else: UPDATE or MESSAGE. */
    record ExecutorCalled(long ticket, Call call) implements AgentInput {}

    /** The executor's stream ended, for whatever reason. */
    record ExecutorStreamClosed(long stream) implements AgentInput {}

    /** Follows {@link Effect.StartProbe}, unless the probe was stopped. */
    record ProbeDone(CheckKey check, ProbeResult result) implements AgentInput {}

    /** The machine or the operator is going away: every task is to end, with its update kept for the next start. */
    record TasksUnwanted() implements AgentInput {}

    record TimerFired(TimerKey key) implements AgentInput {}

    /** Somebody wants to look at the state: changes nothing, makes a batch. */
    record LookWanted() implements AgentInput {}
}
