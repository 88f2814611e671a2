package org.nucleus.marathon.core.group;

import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.MarathonEvent.ApiPost;
import org.nucleus.marathon.core.state.MarathonEvent.HealthCheckAdded;
import org.nucleus.marathon.core.state.MarathonEvent.HealthCheckRemoved;
import org.nucleus.marathon.core.state.MarathonEvent.PodChange;
import org.nucleus.marathon.core.state.MarathonEvent.PodChanged;
import org.nucleus.marathon.core.state.Origin;

/** What listeners are told of changed definitions. */
final class Tidings {
    private Tidings() {}

    static void publish(Deployment deployment, Origin origin, Frame frame) {
        deployment.target().forEach((path, app) -> {
            App before = deployment.original().get(path);
            if (app.isPod()) {
                PodChange change = before == null ? PodChange.CREATED : PodChange.UPDATED;
                frame.publish(new PodChanged(frame.now(), path, change, origin));
            } else {
                frame.publish(new ApiPost(frame.now(), app, origin));
            }
            if (before == null || !before.healthChecks().equals(app.healthChecks())) {
                checks(before, app, frame);
            }
        });
        deployment.original().forEach((path, app) -> {
            if (!deployment.target().containsKey(path)) {
                if (app.isPod()) {
                    frame.publish(new PodChanged(frame.now(), path, PodChange.DELETED, origin));
                }
                if (!app.healthChecks().isEmpty()) {
                    frame.publish(new HealthCheckRemoved(frame.now(), path));
                }
            }
        });
    }

    private static void checks(@org.jspecify.annotations.Nullable App before, App after, Frame frame) {
        if (before != null && !before.healthChecks().isEmpty()) {
            frame.publish(new HealthCheckRemoved(frame.now(), after.id()));
        }
        for (HealthCheck check : after.healthChecks()) {
            frame.publish(new HealthCheckAdded(frame.now(), after.id(), after.version(), check));
        }
    }
}
