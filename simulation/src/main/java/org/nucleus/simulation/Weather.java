package org.nucleus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How the world around the processes behaves: by the seed while there are faults, smoothly once it is calm. */
final class Weather {
    private final Agenda agenda;
    private final Lot lot;
    private final Trace trace;
    private final Wire wire;
    private final Coverage coverage;
    private final double roughness;
    private final double deadliness;
    private boolean calm;
    private boolean historiesLost;

    Weather(Agenda agenda, Lot lot, Trace trace, Wire wire, Coverage coverage) {
        this.agenda = agenda;
        this.lot = lot;
        this.trace = trace;
        this.wire = wire;
        this.coverage = coverage;
        this.roughness = lot.oneOf(List.of(0.2, 1.0, 1.0, 3.0));
        this.deadliness = lot.oneOf(List.of(0.0, 0.0, 0.001, 0.004));
    }

    Agenda agenda() {
        return agenda;
    }

    Lot lot() {
        return lot;
    }

    Trace trace() {
        return trace;
    }

    Wire wire() {
        return wire;
    }

    Coverage coverage() {
        return coverage;
    }

    Instant now() {
        return agenda.now();
    }

    boolean isCalm() {
        return calm;
    }

    void calmDown() {
        calm = true;
    }

    /** Whether masters have forgotten what they had told: then they may say it differently. */
    boolean haveHistoriesBeenLost() {
        return historiesLost;
    }

    void historiesLost(int count) {
        if (count > 0) {
            historiesLost = true;
            trace.add("lost " + count + " histories");
        }
    }

    /**
     * A draw that never comes out while it is calm.
     *
     * @param probability in a world of usual roughness
     */
    boolean fault(double probability) {
        return !calm && lot.chance(probability * roughness);
    }

    /** Whether a process dies at this very point. */
    boolean strikesHere() {
        return !calm && deadliness > 0 && lot.chance(deadliness);
    }

    Duration networkDelay() {
        if (fault(0.02)) {
            return lot.millis(100, 4_000);
        }
        return lot.millis(1, 20);
    }

    /** How long it takes an end to notice that the other is gone. */
    Duration untilNoticed() {
        if (fault(0.3)) {
            return lot.millis(1_000, 30_000);
        }
        return lot.millis(1, 500);
    }
}
