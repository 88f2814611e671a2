package org.nucleus.chronos.core.launch;

import java.util.List;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Demand;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.wire.scheduler.Call;

/** Tells the master when offers are wanted: none while nothing is due, at once when a run waits. */
public final class OfferDemand {
    private OfferDemand() {}

    /** A run has come to wait: lift the filters of offers declined before. */
    public static void raise(Frame frame) {
        if (frame.state().demand() == Demand.OFFERED) {
            revive(frame);
        }
    }

    /** At the end of a step: offers are wanted while a run waits for nothing else, and not otherwise. */
    public static void settle(ChronosSettings settings, Frame frame) {
        Demand demand = frame.state().demand();
        if (demand == Demand.UNHEARD) {
            return;
        }
        boolean wanted = Places.anyWaits(settings, frame);
        if (wanted && demand == Demand.SUPPRESSED) {
            revive(frame);
        } else if (!wanted && demand != Demand.SUPPRESSED) {
            suppress(frame);
        }
    }

    /** A new connection knows nothing of what was said before. */
    public static void declare(ChronosSettings settings, Frame frame) {
        if (Places.anyWaits(settings, frame)) {
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
