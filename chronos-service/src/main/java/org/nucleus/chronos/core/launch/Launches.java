package org.nucleus.chronos.core.launch;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Demand;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.wire.Filters;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.scheduler.Call;

/** Puts queued runs on offers. Each run is stored as launching before its ACCEPT leaves; the rest is declined. */
public final class Launches {
    /** A launch is confirmed within milliseconds, or something went wrong with it. */
    public static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(15);

    private final ChronosSettings settings;

    public Launches(ChronosSettings settings) {
        this.settings = settings;
    }

    public void offered(List<Offer> offers, Frame frame) {
        if (frame.state().demand() == Demand.REVIVED) {
            frame.record(new Change.DemandChanged(Demand.OFFERED));
        }
        List<Remainder> remainders = offers.stream().map(Remainder::new).toList();
        boolean watched = frame.state().anyLaunching();
        boolean any = false;
        Places places = new Places(settings, frame);
        for (Run run : frame.state().queued().toList()) {
            if (remainders.stream().allMatch(Remainder::isUsedUp)) {
                break;
            }
            if (places.open(run) && place(run, remainders, frame)) {
                places.taken(frame.state().job(run.job()).orElseThrow());
                any = true;
            }
        }
        if (any && !watched) {
            frame.emit(new Effect.Wake(new Alarm.ConfirmDue(), frame.now().plus(CONFIRMED_WITHIN)));
        }
        answer(remainders, frame);
    }

    private static boolean place(Run run, List<Remainder> remainders, Frame frame) {
        JobSpec job = run.request()
                .overrides()
                .appliedTo(frame.state().job(run.job()).orElseThrow().spec());
        for (Remainder remainder : remainders) {
            Offer offer = remainder.offer();
            if (!OfferMatcher.satisfies(offer, job)) {
                continue;
            }
            Optional<List<Resource>> resources = remainder.take(TaskFactory.wants(job));
            if (resources.isPresent()) {
                remainder.add(TaskFactory.task(run, job, offer, resources.get()));
                Progress.Launching launching = new Progress.Launching(
                        offer.agentId(), offer.hostname(), frame.now().truncatedTo(ChronoUnit.MILLIS));
                frame.record(new Change.RunStored(run.launching(launching, TaskFactory.sandbox(run, job, offer))));
                return true;
            }
        }
        return false;
    }

    private void answer(List<Remainder> remainders, Frame frame) {
        Filters filters = new Filters(settings.declineSeconds());
        List<OfferId> unused = new ArrayList<>();
        for (Remainder remainder : remainders) {
            if (remainder.tasks().isEmpty()) {
                unused.add(remainder.offer().id());
            } else {
                accept(remainder, filters, frame);
            }
        }
        if (!unused.isEmpty()) {
            frame.send(Call.builder()
                    .type(Call.Type.DECLINE)
                    .decline(new Call.Decline(unused, filters))
                    .build());
        }
    }

    private static void accept(Remainder remainder, Filters filters, Frame frame) {
        Offer.Operation launch = Offer.Operation.builder()
                .type(Offer.Operation.Type.LAUNCH)
                .launch(new Offer.Operation.Launch(remainder.tasks()))
                .build();
        frame.send(Call.builder()
                .type(Call.Type.ACCEPT)
                .accept(new Call.Accept(List.of(remainder.offer().id()), List.of(launch), filters))
                .build());
    }
}
