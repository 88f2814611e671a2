package org.nucleus.marathon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.IdentityHashMap;
import java.util.Map;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.PlanStep;

/**
 * While an app is replaced, none of Marathon's own decisions takes it below its minimum health capacity. What a client
 * asks for, what tasks do and what checks find is not Marathon's own decision; nor does it count when a rollback changes
 * what an app must be to be well.
 */
final class CapacityCheck {
    private final MemoryStore store;
    private final Map<App, Long> before = new IdentityHashMap<>();

    CapacityCheck(MemoryStore store) {
        this.store = store;
    }

    void before(MarathonInput input) {
        before.clear();
        if (isOwn(input)) {
            for (Deployment deployment : store.deployments()) {
                deployment.affected().stream()
                        .flatMap(path -> store.app(path).stream())
                        .forEach(app -> before.put(app, ready(app.id())));
            }
        }
    }

    private static boolean isOwn(MarathonInput input) {
        return switch (input) {
            case MarathonInput.TimerFired _,
                    MarathonInput.Offered _,
                    MarathonInput.Subscribed _,
                    MarathonInput.Elected _ -> true;
            case MarathonInput.Updated(var status) -> status.state().name().equals("TASK_RUNNING");
            case MarathonInput.Probed probed -> probed.alive();
            case MarathonInput.ReadinessProbed _ -> true;
            case MarathonInput.Asked _, MarathonInput.Disconnected _, MarathonInput.Removed _, MarathonInput.Heard _ ->
                false;
        };
    }

    void after(MarathonInput input) {
        if (!isOwn(input)) {
            return;
        }
        for (Deployment deployment : store.deployments()) {
            PlanStep step = deployment.step();
            if (step == null) {
                continue;
            }
            for (PlanStep.Action action : step.actions()) {
                App app = store.app(action.app()).orElse(null);
                Long was = app == null ? null : before.get(app);
                if (action.kind() == PlanStep.Kind.RESTART && app != null && was != null) {
                    long least = (long)
                            Math.ceil(app.instances() * app.policy().upgrade().minimumHealthCapacity());
                    assertThat(ready(app.id()))
                            .as("ready instances of %s after %s", app.id(), input)
                            .isGreaterThanOrEqualTo(Math.min(was, allowed(app, least)));
                }
            }
        }
    }

    /** An app with data that would need all of its instances must let one go to replace it. */
    private static long allowed(App app, long least) {
        return app.isResident() && least == app.instances() ? least - 1 : least;
    }

    private long ready(AppPath app) {
        return store.instances(app).stream()
                .filter(Instance::isRunning)
                .filter(one -> !Boolean.FALSE.equals(one.healthy()))
                .filter(one -> isUnchecked(app) || Boolean.TRUE.equals(one.healthy()))
                .count();
    }

    private boolean isUnchecked(AppPath path) {
        return store.app(path).filter(app -> !app.healthChecks().isEmpty()).isEmpty();
    }
}
