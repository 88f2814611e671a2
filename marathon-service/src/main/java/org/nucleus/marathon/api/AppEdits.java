package org.nucleus.marathon.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nucleus.marathon.MarathonProperties;
import org.nucleus.marathon.api.format.AppReader;
import org.nucleus.marathon.api.format.AppWriter;
import org.nucleus.marathon.api.format.Definitions;
import org.nucleus.marathon.api.format.Problems;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Group;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.store.MarathonStore;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a body about an app means for the app that is there now. */
@Component
class AppEdits {
    private final ClusterView view;
    private final MarathonStore store;
    private final AppReader reader;

    AppEdits(ClusterView view, MarathonStore store, MarathonProperties flags) {
        this.view = view;
        this.store = store;
        this.reader = new AppReader(definitions(view, flags));
    }

    static Definitions definitions(ClusterView view, MarathonProperties flags) {
        return new Definitions(
                path -> role(path, view, flags),
                flags.features(),
                flags.defaultNetworkName(),
                flags.acceptedResourceRolesDefaultBehavior());
    }

    /** What was there keeps its role; below a group that enforces its name, it is that; else the operator's. */
    private static String role(AppPath path, ClusterView view, MarathonProperties flags) {
        Optional<App> before = view.app(path);
        if (before.isPresent()) {
            return before.get().role();
        }
        Group top = view.groups().values().stream()
                .filter(group -> group.enforceRole() && path.isBelow(group.id()))
                .findFirst()
                .orElse(null);
        return top == null ? flags.mesosRole() : top.id().lastSegment();
    }

    App read(JsonNode body, AppPath base) {
        return reader.read(body, base);
    }

    /** A definition for an app that isn't there yet. */
    Edit create(JsonNode body, AppPath base) {
        App app = read(body, base);
        return new Edit.PutApp(app, null);
    }

    /** The whole definition of {@code path}, whatever was there. */
    Edit replace(AppPath path, JsonNode body) {
        App app = read(withId(body, path), AppPath.ROOT);
        return new Edit.PutApp(app, view.app(path).map(App::version).orElse(null));
    }

    /** The fields of {@code body} over those of {@code path}; a version alone brings that revision back. */
    Edit update(AppPath path, JsonNode body) {
        App current = view.app(path).orElse(null);
        if (current == null || !(body instanceof ObjectNode patch)) {
            return replace(path, body);
        }
        if (patch.size() == 1 && patch.hasNonNull("version")) {
            return rollBack(current, patch.get("version").asString());
        }
        ObjectNode merged = AppWriter.write(current);
        merged.remove("version");
        merged.remove("versionInfo");
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (!field.getValue().isNull() && !field.getKey().equals("id")) {
                dropAlternatives(merged, field.getKey(), field.getValue());
                merged.set(field.getKey(), field.getValue());
            }
        }
        return new Edit.PutApp(read(merged, AppPath.ROOT), current.version());
    }

    private static void dropAlternatives(ObjectNode merged, String field, JsonNode value) {
        switch (field) {
            case "cmd" -> merged.remove("args");
            case "args" -> merged.remove("cmd");
            case "ports" -> merged.remove("portDefinitions");
            case "uris" -> merged.remove("fetch");
            case "networks", "ipAddress" -> merged.remove(List.of("portDefinitions", "networks", "ipAddress"));
            case "container" -> {
                if (value.path("docker").has("network")) {
                    merged.remove(List.of("networks", "portDefinitions"));
                }
            }
            default -> {
                // has no other form
            }
        }
    }

    private Edit rollBack(App current, String text) {
        Version version = Versions.parse(text);
        Optional<App> earlier = store.revision(current.id(), version);
        if (earlier.isEmpty()) {
            throw Bodies.refusal(404, "App '" + current.id() + "' does not exist");
        }
        return new Edit.PutApp(earlier.get(), current.version());
    }

    private static JsonNode withId(JsonNode body, AppPath path) {
        if (!(body instanceof ObjectNode object)) {
            Problems problems = new Problems();
            problems.add("/", body + " is not an object");
            throw new Problems.Refused("Invalid JSON", problems);
        }
        return object.deepCopy().put("id", path.value());
    }
}
