package org.nucleus.marathon.core.launch;

import java.time.Duration;
import java.time.Instant;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change.LaunchDelay;
import org.nucleus.marathon.core.state.Change.LaunchDelayReset;
import org.nucleus.marathon.core.state.Change.LaunchDelayed;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.MarathonState;
import org.nucleus.marathon.core.state.Policy.Backoff;
import org.nucleus.marathon.core.state.TimerKey;

/**
 * How long the launches of an app are put off: from {@code backoffSeconds} after the first failure of a configuration,
 * times {@code backoffFactor} after each further one, up to {@code maxLaunchDelaySeconds}; from the start again once
 * nothing failed for that longest delay beyond the last one. Source: core.launchqueue.impl.RateLimiter.
 */
public final class LaunchDelays {
    public void failed(App app, Frame frame) {
        Backoff backoff = app.policy().backoff();
        Duration delay = next(app, backoff, frame);
        Instant until = frame.now().plus(delay);
        frame.record(
                new LaunchDelayed(app.id(), new LaunchDelay(app.versionInfo().lastConfigChangeAt(), delay, until)));
        frame.wake(new TimerKey.DelayOver(app.id()), delay);
    }

    /** After an election: the alarm that the former leader had set. */
    public static void watch(App app, Frame frame) {
        Duration left = left(app, frame.state(), frame.now());
        if (left.isPositive()) {
            frame.wake(new TimerKey.DelayOver(app.id()), left);
        }
    }

    private static Duration next(App app, Backoff backoff, Frame frame) {
        Duration most = seconds(backoff.mostSeconds());
        LaunchDelay last = frame.state().delay(app.id()).orElse(null);
        if (last == null
                || !last.configuration().equals(app.versionInfo().lastConfigChangeAt())
                || frame.now().isAfter(last.until().plus(last.delay()).plus(most))) {
            return shorter(seconds(backoff.seconds()), most);
        }
        return shorter(seconds(last.delay().toNanos() / 1e9 * backoff.factor()), most);
    }

    public void reset(AppPath app, Frame frame) {
        if (frame.state().delay(app).isPresent()) {
            frame.record(new LaunchDelayReset(app));
            frame.demand();
        }
    }

    /** How long launches of {@code app} are still put off; zero if they aren't. */
    public static Duration left(App app, MarathonState state, Instant now) {
        return state.delay(app.id())
                .filter(delay -> delay.configuration().equals(app.versionInfo().lastConfigChangeAt()))
                .map(delay -> Duration.between(now, delay.until()))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
