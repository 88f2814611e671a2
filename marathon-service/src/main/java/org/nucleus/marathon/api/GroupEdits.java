package org.nucleus.marathon.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nucleus.marathon.api.format.Problems;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Group;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a body about a group means for the tree as it is now: what the body doesn't name goes. */
@Component
class GroupEdits {
    private final ClusterView view;
    private final AppEdits apps;

    GroupEdits(ClusterView view, AppEdits apps) {
        this.view = view;
        this.apps = apps;
    }

    /** The group that {@code body} speaks of, asked for at {@code base}. */
    static AppPath path(AppPath base, JsonNode body) {
        return body.path("id").isString() ? base.resolve(body.path("id").stringValue()) : base;
    }

    List<Edit> put(AppPath group, JsonNode body) {
        if (body.has("version")) {
            throw Bodies.refusal(501, "Revisions of groups are not kept by this version of Nucleus");
        }
        if (body.has("scaleBy")) {
            return scale(group, body);
        }
        List<Edit> edits = new ArrayList<>();
        Set<AppPath> named = new LinkedHashSet<>();
        collect(group, body, edits, named);
        view.apps().stream()
                .map(App::id)
                .filter(path -> path.isBelow(group) && !named.contains(path))
                .forEach(path -> edits.add(new Edit.RemoveApp(path)));
        view.groups().keySet().stream()
                .filter(path -> path.isBelow(group) && !named.contains(path))
                .forEach(path -> edits.add(new Edit.RemoveGroup(path)));
        return edits;
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

    private void collect(AppPath group, JsonNode body, List<Edit> edits, Set<AppPath> named) {
        if (!group.isRoot()) {
            List<AppPath> dependencies = new ArrayList<>();
            body.path("dependencies").forEach(path -> dependencies.add(group.resolve(path.asString())));
            edits.add(new Edit.PutGroup(
                    new Group(group, dependencies, body.path("enforceRole").asBoolean(false), Version.NONE)));
            named.add(group);
        }
        for (JsonNode app : body.path("apps")) {
            App read = apps.read(app, group);
            named.add(read.id());
            edits.add(
                    new Edit.PutApp(read, view.app(read.id()).map(App::version).orElse(null)));
        }
        for (JsonNode child : body.path("groups")) {
            collect(group.resolve(child.path("id").asString("")), child, edits, named);
        }
    }

    private List<Edit> scale(AppPath group, JsonNode body) {
        long others = body instanceof ObjectNode object
                ? object.propertyNames().stream()
                        .filter(name -> !name.equals("id") && !name.equals("scaleBy"))
                        .count()
                : 0;
        if (others > 0 || !body.path("scaleBy").isNumber()) {
            Problems problems = new Problems();
            problems.add("/scaleBy", "scaleBy is not allowed in conjunction with other properties.");
            throw new Problems.Refused("Object is not valid", problems);
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
}
