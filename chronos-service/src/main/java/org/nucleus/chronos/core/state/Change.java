package org.nucleus.chronos.core.state;

import java.time.Instant;
import org.nucleus.wire.FrameworkId;

/** A decided fact. */
public sealed interface Change {
    /** Stored before any effect of its step leaves. */
    sealed interface Durable extends Change {}

    /** The job is now like this. */
    record JobStored(Job job) implements Durable {}

    record JobRemoved(String job) implements Durable {}

    /** The run is now like this; an ended one leaves the state and stays in the history. */
    record RunStored(Run run) implements Durable {}

    record FrameworkNamed(FrameworkId framework) implements Durable {}

    record FrameworkForgotten() implements Durable {}

    /** Ended runs from before then are forgotten, and of each job all but the latest {@code most}. */
    record HistoryPruned(Instant before, int most) implements Durable {}

    /** Somebody is to be told; kept until it is delivered. */
    record NoticeRaised(Notice notice) implements Durable {}

    /** What we last told the master about wanting offers. Not stored: every new connection is told again. */
    record DemandChanged(Demand demand) implements Change {}
}
