package org.nucleus.marathon.core.state;

/** What Marathon sets its alarm clock for. */
public sealed interface TimerKey {
    /** Ask the master how all tasks are. */
    record Reconcile() implements TimerKey {}

    /** Launches that were put off after failures may be tried again. */
    record DelayOver(AppPath app) implements TimerKey {}

    /** An unreachable instance is to be replaced or forgotten. */
    record Unreachable(InstanceId instance) implements TimerKey {}

    /** A task should have started, or should have died, by now. */
    record Overdue(InstanceId instance) implements TimerKey {}

    /** Offers may be asked for again. */
    record Revive() implements TimerKey {}

    /** A deployment has had its time. */
    record Deadline(String deployment) implements TimerKey {}

    /** A launch that waited for an offer that it prefers takes another one from now on. */
    record PatienceOver(AppPath app) implements TimerKey {}

    /** It is to be asked whether an instance is ready. */
    record Readiness(InstanceId instance) implements TimerKey {}

    /** A health check of a running instance is due. */
    record Probe(InstanceId instance, int check) implements TimerKey {}
}
