package org.nucleus.chronos.core.schedule;

import org.nucleus.machine.Invariant;

/**
 * How far a schedule has got.
 *
 * @param next the firing that comes next
 * @param remaining how many runs are left; {@link Schedule#ENDLESS} without end
 */
public record Position(long next, long remaining) {
    public Position {
        Invariant.check(next >= 0 && remaining >= Schedule.ENDLESS, "position out of range", next);
    }

    /** So many runs fewer are left. */
    public Position without(long runs) {
        return remaining == Schedule.ENDLESS ? this : new Position(next, Math.max(0, remaining - runs));
    }

    /** All recurrences are used up. */
    public boolean exhausted() {
        return remaining == 0;
    }
}
