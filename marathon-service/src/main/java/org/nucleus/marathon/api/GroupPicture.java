package org.nucleus.marathon.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.nucleus.marathon.access.Rights;
import org.nucleus.marathon.api.format.PodWriter;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Group;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.store.Tree;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A group with all below it, now or at an earlier version, as far as the caller may see it. */
final class GroupPicture {
    private final Map<AppPath, List<App>> appsByGroup = new TreeMap<>();
    private final Map<AppPath, Set<AppPath>> children = new TreeMap<>();
    private final Map<AppPath, Group> groups = new TreeMap<>();
    private final Map<AppPath, Version> versions = new TreeMap<>();
    private final Function<App, ObjectNode> writer;

    /** Which parts of a group are shown. */
    record Show(boolean apps, boolean pods, boolean groups) {
        static final Show ALL = new Show(true, true, true);

        /** What {@code embed} asks for; all if it asks for none of them. */
        static Show of(List<String> embed) {
            boolean apps = embed.stream().anyMatch(one -> one.startsWith("group.apps"));
            boolean pods = embed.contains("group.pods");
            boolean groups = embed.contains("group.groups");
            return apps || pods || groups ? new Show(apps, pods, groups) : ALL;
        }
    }

    GroupPicture(Tree tree, Rights rights, Function<App, ObjectNode> writer) {
        this.writer = writer;
        tree.groups().stream().filter(group -> rights.mayEnter(group.id())).forEach(group -> {
            groups.put(group.id(), group);
            climb(group.id(), group.version());
        });
        tree.apps().stream().filter(app -> rights.mayView(app.id())).forEach(app -> {
            AppPath parent = app.id().parent();
            appsByGroup.computeIfAbsent(parent, _ -> new ArrayList<>()).add(app);
            climb(parent, app.version());
        });
    }

    /** Makes {@code group} known to those above it, and its change to all of them. */
    private void climb(AppPath group, Version version) {
        for (AppPath path = group; ; path = path.parent()) {
            versions.merge(path, version, (one, other) -> one.compareTo(other) > 0 ? one : other);
            if (path.isRoot()) {
                return;
            }
            children.computeIfAbsent(path.parent(), _ -> new TreeSet<>()).add(path);
        }
    }

    ObjectNode write(AppPath group, Show show) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", group.value());
        if (show.apps()) {
            json.set("apps", apps(group));
        }
        if (show.pods()) {
            ArrayNode pods = json.putArray("pods");
            appsByGroup.getOrDefault(group, List.of()).stream()
                    .filter(App::isPod)
                    .forEach(pod -> pods.add(PodWriter.write(pod)));
        }
        if (show.groups()) {
            ArrayNode below = json.putArray("groups");
            children.getOrDefault(group, Set.of()).forEach(child -> below.add(write(child, show)));
        }
        Group known = groups.get(group);
        ArrayNode dependencies = json.putArray("dependencies");
        if (known != null) {
            known.dependencies().forEach(path -> dependencies.add(path.value()));
        }
        json.put("version", versions.getOrDefault(group, Version.NONE).toString());
        if (!group.isRoot()) {
            json.put("enforceRole", known != null && known.enforceRole());
        }
        return json;
    }

    ArrayNode apps(AppPath group) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        appsByGroup.getOrDefault(group, List.of()).stream()
                .filter(app -> !app.isPod())
                .forEach(app -> list.add(writer.apply(app)));
        return list;
    }
}
