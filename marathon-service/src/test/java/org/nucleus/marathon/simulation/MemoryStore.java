package org.nucleus.marathon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.Failure;
import org.nucleus.marathon.core.state.Group;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.Snapshot;

/** What was committed, as a new leader finds it. */
final class MemoryStore {
    private final Map<AppPath, App> apps = new LinkedHashMap<>();
    private final Map<AppPath, Group> groups = new LinkedHashMap<>();
    private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Deployment> deployments = new LinkedHashMap<>();
    private final Map<AppPath, Failure> failures = new LinkedHashMap<>();
    private final Map<AppPath, Change.LaunchDelay> delays = new LinkedHashMap<>();
    private final Abandoned abandoned = new Abandoned();
    private @Nullable String frameworkId;
    private long lastEvent;

    void commit(List<Change.Durable> changes) {
        changes.forEach(this::take);
        if (changes.stream().noneMatch(Change.DeploymentStored.class::isInstance)) {
            return;
        }
        Set<AppPath> busy = new LinkedHashSet<>();
        for (Deployment deployment : deployments.values()) {
            for (AppPath app : deployment.affected()) {
                assertThat(busy.add(app)).as("two deployments on %s", app).isTrue();
            }
        }
    }

    private void take(Change.Durable change) {
        switch (change) {
            case Change.FrameworkIdGiven(var id) -> frameworkId = id;
            case Change.FrameworkIdForgotten() -> frameworkId = null;
            case Change.AppStored(var app) -> apps.put(app.id(), app);
            case Change.AppRemoved(var app, var ignored) -> apps.remove(app);
            case Change.GroupStored(var group) -> groups.put(group.id(), group);
            case Change.GroupRemoved(var group, var ignored) -> groups.remove(group);
            case Change.InstanceStored(var instance) -> instances.put(instance.id(), instance);
            case Change.InstanceForgotten(var ignored, var id) -> instances.remove(id);
            case Change.DeploymentStored(var deployment) -> deployments.put(deployment.id(), deployment);
            case Change.DeploymentEnded(var id) -> deployments.remove(id);
            case Change.TaskFailed(var failure) -> failures.put(failure.app(), failure);
            case Change.LaunchDelayed(var app, var delay) -> delays.put(app, delay);
            case Change.LaunchDelayReset(var app) -> delays.remove(app);
            case Change.Told(var id, var event) -> {
                abandoned.hear(event);
                assertThat(id).as("ids of events").isEqualTo(lastEvent + 1);
                lastEvent = id;
            }
            case Change.Audited _ -> {
                // for people to read
            }
        }
    }

    Snapshot recover() {
        return new Snapshot(
                Optional.ofNullable(frameworkId),
                List.copyOf(apps.values()),
                List.copyOf(groups.values()),
                List.copyOf(instances.values()),
                List.copyOf(deployments.values()),
                List.copyOf(failures.values()),
                delays,
                lastEvent);
    }

    Abandoned abandoned() {
        return abandoned;
    }

    List<App> apps() {
        return List.copyOf(apps.values());
    }

    Optional<App> app(AppPath path) {
        return Optional.ofNullable(apps.get(path));
    }

    List<Instance> instances() {
        return List.copyOf(instances.values());
    }

    List<Instance> instances(AppPath app) {
        return instances.values().stream().filter(one -> one.app().equals(app)).toList();
    }

    Optional<Instance> instance(InstanceId id) {
        return Optional.ofNullable(instances.get(id));
    }

    List<Deployment> deployments() {
        return List.copyOf(deployments.values());
    }
}
