package org.nucleus.marathon.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
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

/**
 * The stored facts, kept by applying each committed change: whoever was answered finds here what the answer spoke of.
 * Written by the writer's thread; read by any. Each noun is immutable; different nouns may be of different commits.
 */
public final class ClusterView {
    private final ConcurrentNavigableMap<AppPath, App> apps = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<AppPath, Group> groups = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<AppPath, ConcurrentNavigableMap<InstanceId, Instance>> instances =
            new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, Deployment> deployments = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<AppPath, Failure> failures = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<InstanceId, Findings> findings = new ConcurrentSkipListMap<>();
    private volatile @Nullable String frameworkId;

    public void restore(Snapshot stored) {
        stored.apps().forEach(app -> apply(new Change.AppStored(app)));
        stored.groups().forEach(group -> apply(new Change.GroupStored(group)));
        stored.instances().forEach(instance -> apply(new Change.InstanceStored(instance)));
        stored.deployments().forEach(deployment -> apply(new Change.DeploymentStored(deployment)));
        stored.failures().forEach(failure -> apply(new Change.TaskFailed(failure)));
        stored.frameworkId().ifPresent(id -> apply(new Change.FrameworkIdGiven(id)));
    }

    public void apply(Change.Durable change) {
        switch (change) {
            case Change.FrameworkIdGiven(var id) -> frameworkId = id;
            case Change.FrameworkIdForgotten() -> frameworkId = null;
            case Change.AppStored(var app) -> apps.put(app.id(), app);
            case Change.AppRemoved(var app, var ignored) -> {
                apps.remove(app);
                failures.remove(app);
            }
            case Change.GroupStored(var group) -> groups.put(group.id(), group);
            case Change.GroupRemoved(var group, var ignored) -> groups.remove(group);
            case Change.InstanceStored(var instance) ->
                instances
                        .computeIfAbsent(instance.app(), _ -> new ConcurrentSkipListMap<>())
                        .put(instance.id(), instance);
            case Change.InstanceForgotten(var app, var id) -> {
                instances.computeIfPresent(app, (_, some) -> {
                    some.remove(id);
                    return some.isEmpty() ? null : some;
                });
                findings.remove(id);
            }
            case Change.DeploymentStored(var deployment) -> deployments.put(deployment.id(), deployment);
            case Change.DeploymentEnded(var id) -> deployments.remove(id);
            case Change.TaskFailed(var failure) -> failures.put(failure.app(), failure);
            case Change.LaunchDelayed _, Change.LaunchDelayReset _, Change.Told _, Change.Audited _ -> {
                // asked of the machine or of the store
            }
        }
    }

    /** What checks have found about an instance in this term. */
    public void show(Change.Seen seen) {
        findings.merge(seen.instance(), Findings.none().with(seen), (before, _) -> before.with(seen));
    }

    public Findings findings(InstanceId instance) {
        return findings.getOrDefault(instance, Findings.none());
    }

    public List<App> apps() {
        return new ArrayList<>(apps.values());
    }

    public Optional<App> app(AppPath path) {
        return Optional.ofNullable(apps.get(path));
    }

    public NavigableMap<AppPath, Group> groups() {
        return new TreeMap<>(groups);
    }

    /** Whether {@code path} was made as a group, or something lies below it. */
    public boolean isGroup(AppPath path) {
        return path.isRoot()
                || groups.containsKey(path)
                || apps.keySet().stream().anyMatch(app -> app.isBelow(path))
                || groups.keySet().stream().anyMatch(group -> group.isBelow(path));
    }

    public List<Instance> instances(AppPath app) {
        var some = instances.get(app);
        return some == null ? List.of() : new ArrayList<>(some.values());
    }

    public Optional<Instance> instance(InstanceId id) {
        return instances.values().stream()
                .flatMap(some -> Optional.ofNullable(some.get(id)).stream())
                .findFirst();
    }

    /** Those under way, oldest first. */
    public List<Deployment> deployments() {
        List<Deployment> all = new ArrayList<>(deployments.values());
        all.sort(Comparator.comparing(Deployment::version));
        return all;
    }

    public List<Deployment> deploymentsOf(AppPath app) {
        return deployments().stream()
                .filter(deployment -> deployment.affects(app))
                .toList();
    }

    public Optional<Failure> lastFailure(AppPath app) {
        return Optional.ofNullable(failures.get(app));
    }

    public Optional<String> frameworkId() {
        return Optional.ofNullable(frameworkId);
    }
}
