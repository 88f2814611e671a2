package org.nucleus.simulation;

import java.time.Duration;
import java.time.Instant;

/** How the world around the processes behaves: by the seed while there are faults, smoothly once it is calm. */
final class Weather {
    private final Agenda agenda;
    private final Lot lot;
    private final Trace trace;
    private boolean calm;
    private boolean historiesLost;

    Weather(Agenda agenda, Lot lot, Trace trace) {
        this.agenda = agenda;
        this.lot = lot;
        this.trace = trace;
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

    /** A draw that never comes out while it is calm. */
    boolean fault(double probability) {
        return !calm && lot.chance(probability);
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
