package org.nucleus.marathon.simulation;

import java.util.LinkedHashSet;
import java.util.Set;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.MarathonEvent;

/** Apps whose last deployment was given up: what it had done so far stays, by whoever gave it up. */
final class Abandoned {
    private final Set<AppPath> apps = new LinkedHashSet<>();

    void hear(MarathonEvent event) {
        if (event instanceof MarathonEvent.DeploymentFailed failed) {
            apps.addAll(failed.deployment().affected());
        }
        if (event instanceof MarathonEvent.DeploymentSucceeded succeeded) {
            succeeded.deployment().affected().forEach(apps::remove);
        }
    }

    boolean contains(AppPath app) {
        return apps.contains(app);
    }
}
