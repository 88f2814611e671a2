package org.nucleus.marathon.api;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.api.format.AppPicture;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Group;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.view.ClusterView;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A group with all below it. */
final class GroupPicture {
    private final ClusterView view;
    private final AppPicture apps;

    GroupPicture(ClusterView view) {
        this.view = view;
        this.apps = new AppPicture(view);
    }

    ObjectNode write(AppPath group, Set<AppPicture.Part> parts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", group.value());
        json.set("apps", apps(group, parts));
        json.putArray("pods");
        ArrayNode groups = json.putArray("groups");
        children(group).forEach(child -> groups.add(write(child, parts)));
        Group known = view.groups().get(group);
        ArrayNode dependencies = json.putArray("dependencies");
        if (known != null) {
            known.dependencies().forEach(path -> dependencies.add(path.value()));
        }
        json.put("version", version(group, known).toString());
        if (!group.isRoot()) {
            json.put("enforceRole", known != null && known.enforceRole());
        }
        return json;
    }

    ArrayNode apps(AppPath group, Set<AppPicture.Part> parts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        view.apps().stream()
                .filter(app -> app.id().parent().equals(group))
                .forEach(app -> list.add(apps.write(app, parts)));
        return list;
    }

    private Version version(AppPath group, @Nullable Group known) {
        Version latest = known == null ? Version.NONE : known.version();
        for (App app : view.apps()) {
            if (app.id().isBelow(group) && app.version().compareTo(latest) > 0) {
                latest = app.version();
            }
        }
        return latest;
    }

    private List<AppPath> children(AppPath group) {
        Set<AppPath> children = new TreeSet<>();
        view.apps().forEach(app -> child(group, app.id().parent(), children));
        view.groups().keySet().forEach(path -> child(group, path, children));
        return List.copyOf(children);
    }

    private static void child(AppPath group, AppPath below, Set<AppPath> children) {
        for (AppPath path = below; path.isBelow(group); path = path.parent()) {
            if (path.parent().equals(group)) {
                children.add(path);
            }
        }
    }
}
