package org.nucleus.chronos.core.state;

/** What a timer is for. */
public sealed interface Alarm {
    /** The next firing of a scheduled job. */
    record JobDue(String job) implements Alarm {}

    /** A retry whose delay is over. */
    record RetryDue(RunKey run) implements Alarm {}

    /** A run that must have begun by now, or counts as missed. */
    record DeadlineDue(RunKey run) implements Alarm {}

    /** An asynchronous run whose result must have been reported by now. */
    record ReportDue(RunKey run) implements Alarm {}

    /** Tell the master what we want, and ask about all our tasks. */
    record ReconcileDue() implements Alarm {}

    /** Begin another subscription, since a call of this one is lost. */
    record ReconnectDue() implements Alarm {}

    /** Ask about launches that nobody has confirmed. */
    record ConfirmDue() implements Alarm {}

    /** Forget old history. */
    record PruneDue() implements Alarm {}
}
