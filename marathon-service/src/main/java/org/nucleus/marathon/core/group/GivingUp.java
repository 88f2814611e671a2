package org.nucleus.marathon.core.group;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.TimerKey;

/** When a deployment has gone on for too long or failed too often, by what its apps say. */
public final class GivingUp {
    private GivingUp() {}

    static @Nullable Instant deadline(Map<AppPath, App> target, Instant now) {
        return target.values().stream()
                .map(app -> app.policy().limits())
                .filter(Objects::nonNull)
                .map(Policy.Limits::deadlineSeconds)
                .filter(Objects::nonNull)
                .map(now::plusSeconds)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Sets the alarm for the deadline. */
    public static void watch(Deployment deployment, Frame frame) {
        Instant deadline = deployment.deadline();
        if (deadline != null) {
            frame.wake(new TimerKey.Deadline(deployment.id()), Duration.between(frame.now(), deadline));
        }
    }

    static Optional<String> reason(Deployment deployment, Frame frame) {
        Instant deadline = deployment.deadline();
        if (deadline != null && !frame.now().isBefore(deadline)) {
            return Optional.of("The deployment was not over at its deadline");
        }
        int failures = frame.state().failures(deployment);
        boolean tooMany = failures > 0
                && deployment.target().values().stream()
                        .map(app -> app.policy().limits())
                        .anyMatch(limits ->
                                limits != null && limits.maxFailures() != null && failures > limits.maxFailures());
        return tooMany ? Optional.of(failures + " tasks of the new configuration failed") : Optional.empty();
    }

    static boolean rollsBack(Deployment deployment) {
        return deployment.target().values().stream()
                .map(app -> app.policy().limits())
                .anyMatch(limits -> limits != null && limits.rollsBack());
    }
}
