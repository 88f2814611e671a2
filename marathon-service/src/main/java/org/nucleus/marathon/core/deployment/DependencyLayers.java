package org.nucleus.marathon.core.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Group;

/** How deep each app stands on others: 0 without dependencies, else one more than the deepest it depends on. */
public final class DependencyLayers {
    private static final int IN_PROGRESS = -1;

    private final NavigableMap<AppPath, App> apps;
    private final NavigableMap<AppPath, Group> groups;
    private final Map<AppPath, Integer> layers = new TreeMap<>();
    private boolean cyclic;

    private DependencyLayers(NavigableMap<AppPath, App> apps, NavigableMap<AppPath, Group> groups) {
        this.apps = apps;
        this.groups = groups;
    }

    /** Empty if some app depends on itself. */
    public static Optional<Map<AppPath, Integer>> of(
            NavigableMap<AppPath, App> apps, NavigableMap<AppPath, Group> groups) {
        DependencyLayers graph = new DependencyLayers(apps, groups);
        apps.keySet().forEach(graph::layer);
        return graph.cyclic ? Optional.empty() : Optional.of(graph.layers);
    }

    private int layer(AppPath app) {
        Integer known = layers.get(app);
        if (known != null) {
            cyclic |= known == IN_PROGRESS;
            return known;
        }
        layers.put(app, IN_PROGRESS);
        int deepest = 0;
        for (AppPath needed : dependencies(app)) {
            deepest = Math.max(deepest, layer(needed) + 1);
        }
        layers.put(app, deepest);
        return deepest;
    }

    private List<AppPath> dependencies(AppPath app) {
        List<AppPath> named = new ArrayList<>();
        App known = apps.get(app);
        if (known != null) {
            named.addAll(known.dependencies());
        }
        groups.values().stream()
                .filter(group -> app.isBelow(group.id()))
                .forEach(group -> named.addAll(group.dependencies()));
        List<AppPath> found = new ArrayList<>();
        for (AppPath path : named) {
            apps.keySet().stream()
                    .filter(other -> other.equals(path) || other.isBelow(path))
                    .forEach(found::add);
        }
        return found;
    }
}
