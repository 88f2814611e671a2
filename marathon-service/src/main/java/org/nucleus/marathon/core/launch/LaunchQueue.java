package org.nucleus.marathon.core.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change.OffersAsked;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonState;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.wire.scheduler.Call;

/**
 * What waits to be launched, and whether the master is to send offers for it. Offers are suppressed while nothing waits,
 * and revived at once when something starts to wait that a declined offer might fit.
 */
public final class LaunchQueue {
    /** This many revivals may follow one another at once; more wait for the interval that the operator set. */
    private static final int REVIVE_BURST = 20;

    /** Apps with instances that may be launched now, in the order of their paths. */
    public List<App> launchable(Frame frame) {
        List<App> found = new ArrayList<>();
        for (AppPath path : frame.state().appsThatWait()) {
            frame.state()
                    .app(path)
                    .filter(app ->
                            LaunchDelays.left(app, frame.state(), frame.now()).isZero())
                    .ifPresent(found::add);
        }
        return found;
    }

    /** A fresh subscription: the master offers again, but may remember what we declined. */
    public void subscribed(Frame frame) {
        OffersAsked before = frame.state().offers();
        frame.record(new OffersAsked(true, true, before.revivedAt(), before.burst()));
        frame.demand();
    }

    /** Brings what the master knows of our demand in line with the demand. Called at the end of every step. */
    public void settle(Frame frame) {
        if (!frame.state().isConnected()) {
            return;
        }
        OffersAsked offers = frame.state().offers();
        boolean demand =
                !frame.state().appsThatWait().isEmpty() && !launchable(frame).isEmpty();
        if (!demand && offers.wanted()) {
            frame.record(new OffersAsked(false, offers.declined(), offers.revivedAt(), offers.burst()));
            suppress(frame);
        } else if (demand && (!offers.wanted() || offers.declined() && frame.hasNewDemand())) {
            revive(offers, frame);
        }
    }

    /** Says again what the master should know already: the call that told it may have been lost. */
    public void repeat(Frame frame) {
        if (!frame.state().offers().wanted()) {
            suppress(frame);
        } else if (!launchable(frame).isEmpty()) {
            revive(frame.state().offers(), frame);
        }
    }

    private static void suppress(Frame frame) {
        frame.call(Call.builder()
                .type(Call.Type.SUPPRESS)
                .suppress(new Call.Suppress(List.of()))
                .build());
    }

    private static void revive(OffersAsked offers, Frame frame) {
        Instant now = frame.now();
        Duration interval = frame.state().settings().matching().minReviveInterval();
        Instant last = offers.revivedAt();
        Instant since = last != null && now.isBefore(last.plus(interval)) ? last : now;
        int burst = since.equals(last) ? offers.burst() : 0;
        if (burst >= REVIVE_BURST) {
            frame.wake(new TimerKey.Revive(), Duration.between(now, since.plus(interval)));
            return;
        }
        frame.record(new OffersAsked(true, false, since, burst + 1));
        frame.call(Call.builder()
                .type(Call.Type.REVIVE)
                .revive(new Call.Revive(List.of()))
                .build());
    }

    /** The answer to why apps wait. */
    public Answer.Queue listing(Frame frame) {
        MarathonState state = frame.state();
        List<Answer.Waiting> waiting = new ArrayList<>();
        for (AppPath path : state.appsThatWait()) {
            state.app(path).ifPresent(app -> {
                List<InstanceId> ids = state.waiting(path);
                Instant since = ids.stream()
                        .map(id -> state.instance(id).orElseThrow())
                        .map(Instance::scheduledAt)
                        .min(Instant::compareTo)
                        .orElse(frame.now());
                waiting.add(new Answer.Waiting(
                        app,
                        ids.size(),
                        since,
                        LaunchDelays.left(app, state, frame.now()),
                        state.tally(path),
                        state.isConnected()));
            });
        }
        return new Answer.Queue(waiting);
    }
}
