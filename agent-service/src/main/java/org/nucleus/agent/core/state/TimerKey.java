package org.nucleus.agent.core.state;

import org.nucleus.wire.Uuid;

/** What an alarm is for; setting a key's alarm replaces its earlier one. */
public sealed interface TimerKey {
    /** Open the next link to the master. */
    record Subscribe() implements TimerKey {}

    /** The master has been silent for too long. */
    record Silence() implements TimerKey {}

    /** The head of a task's updates is still unacknowledged. */
    record Resend(TaskKey task) implements TimerKey {}

    /** The end of an operation is still unacknowledged. */
    record ResendOperation(Uuid operation) implements TimerKey {}

    /** A dying task's grace is over. */
    record KillDue(TaskKey task) implements TimerKey {}

    /** An executor should have subscribed by now. */
    record Subscription(ExecutorKey executor) implements TimerKey {}

    /** A dying executor's grace is over. */
    record ExecutorKillDue(ExecutorKey executor) implements TimerKey {}

    /** A task has run for as long as it may. */
    record Completion(TaskKey task) implements TimerKey {}

    /** A task is to be asked how it is. */
    record Probe(CheckKey check) implements TimerKey {}
}
