package org.nucleus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The clock of one machine: ahead of the true time by what it has jumped so far. */
final class NodeClock {
    private final Agenda agenda;
    private final List<Runnable> onJump = new ArrayList<>();
    private Duration ahead;

    NodeClock(Agenda agenda, Duration ahead) {
        this.agenda = agenda;
        this.ahead = ahead;
    }

    Instant now() {
        return agenda.now().plus(ahead);
    }

    /** When, in true time, this clock will show {@code local}, unless it jumps. */
    Instant trueTime(Instant local) {
        return local.minus(ahead);
    }

    void jump(Duration further) {
        ahead = ahead.plus(further);
        List.copyOf(onJump).forEach(Runnable::run);
    }

    void onJump(Runnable listener) {
        onJump.add(listener);
    }
}
