package org.nucleus.marathon.core.instance;

import java.time.Duration;
import java.util.List;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.TimerKey;

/** The checks that Marathon itself runs on an instance, from its start on. */
final class Probes {
    private Probes() {}

    static void start(Instance instance, Frame frame) {
        App app = frame.state().definition(instance).orElse(null);
        if (app == null) {
            return;
        }
        List<HealthCheck> checks = app.healthChecks();
        for (int check = 0; check < checks.size(); check++) {
            if (checks.get(check).protocol().isByMarathon()) {
                frame.wake(new TimerKey.Probe(instance.id(), check), Duration.ZERO);
            }
        }
        if (!app.readinessChecks().isEmpty()) {
            frame.wake(new TimerKey.Readiness(instance.id()), Duration.ZERO);
        }
    }
}
