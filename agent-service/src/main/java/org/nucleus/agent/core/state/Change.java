package org.nucleus.agent.core.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Operation;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Uuid;

/** A decided fact. Applying it decides nothing and can't fail. */
public sealed interface Change {
    /** What survives the agent's process. */
    sealed interface Durable extends Change {}

    /** The master gave the agent its id. */
    record AgentAdmitted(AgentId id) implements Durable {}

    /** The agent is to end: nothing is reported any more. */
    record AgentDismissed(String reason) implements Durable {}

    /** A dismissed agent's last task is gone: it forgets all but the epoch. */
    record AgentCleared() implements Durable {}

    /** A later term of the master was seen; earlier ones are refused from now on. */
    record EpochAdvanced(long epoch) implements Durable {}

    record FrameworkStored(FrameworkInfo info) implements Durable {}

    record FrameworkShutDown(FrameworkId id) implements Durable {}

    record FrameworkForgotten(FrameworkId id) implements Durable {}

    /** The task is the agent's from now on. */
    record TaskAccepted(TaskRun run) implements Durable {}

    /** The task's launch is tried again as another container, since the former never ran. */
    record ContainerReplaced(TaskKey key, ContainerId container) implements Durable {}

    record TaskStarted(TaskKey key, Instant at) implements Durable {}

    record TaskDoomed(TaskKey key, Intent.Die intent) implements Durable {}

    record TaskEnded(TaskKey key) implements Durable {}

    /** The executor is the agent's from now on. */
    record ExecutorAccepted(ExecutorRun run) implements Durable {}

    /** The executor's launch is tried again as another container, since the former never ran. */
    record ExecutorReplaced(ExecutorKey key, ContainerId container) implements Durable {}

    record ExecutorStarted(ExecutorKey key, Instant at) implements Durable {}

    /** It has subscribed for the first time. */
    record ExecutorSeen(ExecutorKey key) implements Durable {}

    record ExecutorDoomed(ExecutorKey key, Intent.Die intent) implements Durable {}

    /** Nothing of it runs any more, and its tasks are over. */
    record ExecutorForgotten(ExecutorKey key) implements Durable {}

    record UpdateQueued(FrameworkId framework, TaskStatus status) implements Durable {
        public TaskKey key() {
            return new TaskKey(framework, status.taskId());
        }
    }

    record UpdateAcknowledged(TaskKey key, Bytes uuid) implements Durable {}

    /** The task is over and its scheduler knows, or there is nobody to tell. */
    record TaskForgotten(TaskKey key) implements Durable {}

    /** All that the agent must remember of its resources: dynamic reservations and persistent volumes. */
    record ResourcesCheckpointed(Resources resources) implements Durable {}

    /** The end of an operation with feedback is told until it is acknowledged. */
    record OperationKept(Operation operation) implements Durable {}

    record OperationForgotten(Uuid operation) implements Durable {}

    /** What a new process finds out again. */
    sealed interface Passing extends Change {}

    record SettingsGiven(AgentSettings settings) implements Passing {}

    record GeneratorMoved(Generator generator) implements Passing {}

    /** No new task is taken on by this process any more. */
    record LaunchesStopped() implements Passing {}

    /** The agent is to be empty; or, without {@code config}, isn't any more. The master says so again when it must. */
    record DrainOrdered(@Nullable DrainConfig config) implements Passing {}

    /** The executor listens on this stream. */
    record ExecutorConnected(ExecutorKey key, long stream) implements Passing {}

    record ExecutorDisconnected(ExecutorKey key) implements Passing {}

    record LeaderSeen(boolean known) implements Passing {}

    record LinkMoved(Link link) implements Passing {}

    record BackoffSet(Duration backoff) implements Passing {}

    record ResendSet(TaskKey key, Duration after) implements Passing {}

    record OperationResendSet(Uuid operation, Duration after) implements Passing {}

    record CheckingMoved(CheckKey key, Checking checking) implements Passing {}

    /** The task ends, or is about to: nobody asks it any more. */
    record CheckingStopped(CheckKey key) implements Passing {}
}
