package org.nucleus.marathon.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nucleus.marathon.MarathonProperties;
import org.nucleus.marathon.api.format.Problems;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Group;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.store.MarathonStore;
import org.nucleus.marathon.store.Tree;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a body about a group means for the tree as it is now: what the body doesn't name goes, but for pods. */
@Component
class GroupEdits {
    private final ClusterView view;
    private final AppEdits apps;
    private final MarathonStore store;
    private final boolean enforcesNew;

    GroupEdits(ClusterView view, AppEdits apps, MarathonStore store, MarathonProperties flags) {
        this.view = view;
        this.apps = apps;
        this.store = store;
        this.enforcesNew = flags.newGroupEnforceRole().equals("top");
    }

    /** The group that {@code body} speaks of, asked for at {@code base}. */
    static AppPath path(AppPath base, JsonNode body) {
        return body.path("id").isString() ? base.resolve(body.path("id").stringValue()) : base;
    }

    List<Edit> put(AppPath group, JsonNode body) {
        if (body.hasNonNull("version")) {
            return rollBack(group, body);
        }
        if (body.hasNonNull("scaleBy")) {
            return scale(group, body);
        }
        List<Edit> edits = new ArrayList<>();
        Set<AppPath> named = new LinkedHashSet<>();
        collect(group, body, edits, named);
        removeOthers(group, named, edits);
        return edits;
    }

    private void removeOthers(AppPath group, Set<AppPath> named, List<Edit> edits) {
        view.apps().stream()
                .filter(app -> !app.isPod())
                .map(App::id)
                .filter(path -> path.isBelow(group) && !named.contains(path))
                .forEach(path -> edits.add(new Edit.RemoveApp(path)));
        view.groups().keySet().stream()
                .filter(path -> path.isBelow(group) && !named.contains(path))
                .forEach(path -> edits.add(new Edit.RemoveGroup(path)));
    }

    List<Edit> remove(AppPath group) {
        List<Edit> edits = new ArrayList<>();
        view.apps().stream()
                .map(App::id)
                .filter(path -> path.isBelow(group))
                .forEach(path -> edits.add(new Edit.RemoveApp(path)));
        view.groups().keySet().stream()
                .filter(path -> path.equals(group) || path.isBelow(group))
                .forEach(path -> edits.add(new Edit.RemoveGroup(path)));
        return edits;
    }

    /** Back to what was there at a version. */
    private List<Edit> rollBack(AppPath group, JsonNode body) {
        alone(body, "version");
        Version version = Versions.parse(body.path("version").asString());
        if (!store.treeVersions(group).contains(version)) {
            throw Bodies.notFound("Group '" + group + "' does not exist in version " + version);
        }
        Tree then = store.tree(group, version);
        List<Edit> edits = new ArrayList<>();
        Set<AppPath> named = new LinkedHashSet<>();
        for (Group one : then.groups()) {
            boolean enforced = view.groups().containsKey(one.id())
                    ? view.groups().get(one.id()).enforceRole()
                    : one.enforceRole();
            edits.add(new Edit.PutGroup(new Group(one.id(), one.dependencies(), enforced, Version.NONE)));
            named.add(one.id());
        }
        for (App app : then.apps()) {
            named.add(app.id());
            edits.add(new Edit.PutApp(app, view.app(app.id()).map(App::version).orElse(null)));
        }
        removeOthers(group, named, edits);
        return edits;
    }

    private void collect(AppPath group, JsonNode body, List<Edit> edits, Set<AppPath> named) {
        if (!group.isRoot()) {
            List<AppPath> dependencies = new ArrayList<>();
            body.path("dependencies").forEach(path -> dependencies.add(group.resolve(path.asString())));
            edits.add(new Edit.PutGroup(new Group(group, dependencies, enforced(group, body), Version.NONE)));
            named.add(group);
        }
        for (JsonNode app : body.path("apps")) {
            App read = apps.read(app, group);
            if (!read.id().isBelow(group)) {
                throw refused("/apps", "identifier " + read.id() + " is not child of '" + group + "'");
            }
            named.add(read.id());
            edits.add(
                    new Edit.PutApp(read, view.app(read.id()).map(App::version).orElse(null)));
        }
        for (JsonNode child : body.path("groups")) {
            collect(group.resolve(child.path("id").asString("")), child, edits, named);
        }
    }

    private boolean enforced(AppPath group, JsonNode body) {
        Group before = view.groups().get(group);
        boolean top = group.parent().isRoot();
        if (body.hasNonNull("enforceRole")) {
            if (!top && body.path("enforceRole").asBoolean(false)) {
                throw refused("/enforceRole", "enforceRole can only be set for top-level groups.");
            }
            return body.path("enforceRole").asBoolean(false);
        }
        return before == null ? top && enforcesNew : before.enforceRole();
    }

    private List<Edit> scale(AppPath group, JsonNode body) {
        alone(body, "scaleBy");
        if (!body.path("scaleBy").isNumber() || body.path("scaleBy").doubleValue() < 0) {
            throw refused("/scaleBy", "error.expected.jsnumber");
        }
        double factor = body.path("scaleBy").doubleValue();
        List<Edit> edits = new ArrayList<>();
        for (App app : view.apps()) {
            if (app.id().isBelow(group)) {
                int count = (int) Math.ceil(app.instances() * factor);
                edits.add(new Edit.PutApp(app.withInstances(count), app.version()));
            }
        }
        return edits;
    }

    private static void alone(JsonNode body, String name) {
        long others = body instanceof ObjectNode object
                ? object.propertyNames().stream()
                        .filter(other -> !other.equals("id") && !other.equals(name))
                        .count()
                : 0;
        if (others > 0) {
            throw refused("/" + name, name + " is not allowed in conjunction with other properties.");
        }
    }

    private static Problems.Refused refused(String path, String error) {
        Problems problems = new Problems();
        problems.add(path, error);
        return new Problems.Refused("Object is not valid", problems);
    }
}
