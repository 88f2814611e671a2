package org.nucleus.agent.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.nucleus.machine.Ordered;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.executor.Event;

/** Something that must leave the core. */
public sealed interface Effect {
    /**
     * Open connection {@code link} to the leading master with this SUBSCRIBE; its failure or end comes back as input.
     */
    record OpenLink(long link, AgentCall subscribe) implements Effect {}

    /** Close connection {@code link}; nothing of it needs to be reported any more. */
    record CloseLink(long link, String reason) implements Effect {}

    /** Post to connection {@code link}, in order; dropped if it is closed. */
    record SendCall(long link, AgentCall call) implements Effect {}

    /**
     * Start the task; answered by a start and an end, or by a failed launch.
     *
     * @param executor whose sandbox the task's is in; empty for a command task, which has one of its own
     */
    record LaunchContainer(AgentId agent, FrameworkInfo framework, TaskRun run, Optional<ExecutorRun> executor)
            implements Effect {}

    /** Start the executor; answered by a start and an end, or by a failed launch, of its container. */
    record LaunchExecutor(AgentId agent, FrameworkInfo framework, ExecutorRun run) implements Effect {}

    /** Answer an executor's call. A SUBSCRIBE that is answered 200 gets its stream. */
    record AnswerExecutor(long ticket, int status, String message) implements Effect {}

    /** Send down an executor's stream, in order; dropped if it has ended. */
    record TellExecutor(long stream, Event event) implements Effect {}

    /** End an executor's stream after what was sent; nothing of it needs to be reported any more. */
    record CloseExecutorStream(long stream, String reason) implements Effect {}

    /**
     * What a container may use from now on, also one that is still being launched.
     *
     * @param limits above the resources, by name; infinity means none
     */
    record GrantContainer(ContainerId container, List<Resource> resources, SequencedMap<String, Value.Scalar> limits)
            implements Effect {
        public GrantContainer {
            resources = List.copyOf(resources);
            limits = Ordered.copyOf(limits);
        }
    }

    /** Signal the whole container; also one that is still being launched. */
    record SignalContainer(ContainerId container, Signal signal) implements Effect {}

    /** What is stored about an ended container is not needed any more. */
    record ForgetContainer(ContainerId container) implements Effect {}

    /** The executor's sandbox is not written any more, and may go when it is old enough. */
    record RetireSandbox(AgentId agent, ExecutorKey key, ContainerId container) implements Effect {}

    /** Make the directory of a new persistent volume; what a former volume of that id left goes. */
    record CreateVolume(Resource volume) implements Effect {}

    /** Delete a persistent volume's data. */
    record DestroyVolume(Resource volume) implements Effect {}

    /**
     * Ask a running task; answered by {@link AgentInput.ProbeDone}.
     *
     * @param timeout after which the probe has failed; zero for never
     */
    record StartProbe(
            CheckKey check,
            Probe probe,
            Duration timeout,
            AgentId agent,
            FrameworkInfo framework,
            TaskRun run,
            Optional<ExecutorRun> executor)
            implements Effect {}

    /** Nobody waits for the probe's answer any more, if it still goes on. */
    record StopProbe(CheckKey check) implements Effect {}

    record Wake(TimerKey key, Instant due) implements Effect {}

    record CancelWake(TimerKey key) implements Effect {}

    /** The agent is done for good and its process is to end. */
    record Stop(String reason) implements Effect {}

    /** How hard a container is told to end. */
    enum Signal {
        TERM,
        KILL
    }
}
