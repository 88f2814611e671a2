package org.nucleus.chronos.core.launch;

import java.util.List;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.Demand;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.wire.scheduler.Call;

/** Tells the master when offers are wanted: none while nothing is due, at once when a run waits. */
public final class OfferDemand {
    private OfferDemand() {}

    /** A run has come to wait: lift the suppression and the filters of offers declined before. */
    public static void raise(Frame frame) {
        Demand demand = frame.state().demand();
        if (demand == Demand.SUPPRESSED || demand == Demand.OFFERED) {
            revive(frame);
        }
    }

    /** At the end of a step: no run waits any more, so no more offers. */
    public static void settle(Frame frame) {
        Demand demand = frame.state().demand();
        boolean open = demand == Demand.REVIVED || demand == Demand.OFFERED;
        if (open && !frame.state().anyQueued()) {
            suppress(frame);
        }
    }

    /** A new connection knows nothing of what was said before. */
    public static void declare(Frame frame) {
        if (frame.state().anyQueued()) {
            revive(frame);
        } else {
            suppress(frame);
        }
    }

    private static void revive(Frame frame) {
        frame.record(new Change.DemandChanged(Demand.REVIVED));
        frame.send(Call.builder()
                .type(Call.Type.REVIVE)
                .revive(new Call.Revive(List.of()))
                .build());
    }

    private static void suppress(Frame frame) {
        frame.record(new Change.DemandChanged(Demand.SUPPRESSED));
        frame.send(Call.builder()
                .type(Call.Type.SUPPRESS)
                .suppress(new Call.Suppress(List.of()))
                .build());
    }
}
