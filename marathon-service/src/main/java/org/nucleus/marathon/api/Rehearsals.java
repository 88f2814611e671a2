package org.nucleus.marathon.api;

import java.util.Objects;
import org.nucleus.marathon.api.format.AppWriter;
import org.nucleus.marathon.api.format.DeploymentWriter;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code dryRun} answers. */
final class Rehearsals {
    private Rehearsals() {}

    /** The steps, as the original tells them of groups. */
    static ObjectNode steps(Answer.Rehearsed rehearsed) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        DeploymentWriter.steps(body.putArray("steps"), rehearsed.steps());
        return body;
    }

    /** The same, and which fields of which apps would change. */
    static ResponseEntity<String> ofApps(Answer.Rehearsed rehearsed) {
        ObjectNode body = steps(rehearsed);
        ArrayNode changes = body.putArray("changes");
        rehearsed.target().forEach((path, after) -> {
            App before = rehearsed.original().get(path);
            ObjectNode change = changes.addObject().put("app", path.value());
            if (before == null) {
                change.put("change", "created");
            } else {
                change.put("change", "updated");
                fields(before, after, change.putObject("fields"));
            }
        });
        rehearsed.original().keySet().stream()
                .filter(path -> !rehearsed.target().containsKey(path))
                .forEach(path -> changes.addObject().put("app", path.value()).put("change", "removed"));
        return Answers.json(body);
    }

    private static void fields(App before, App after, ObjectNode json) {
        ObjectNode old = AppWriter.write(before);
        ObjectNode fresh = AppWriter.write(after);
        fresh.remove(java.util.List.of("version", "versionInfo"));
        fresh.properties().forEach(field -> {
            if (!Objects.equals(old.get(field.getKey()), field.getValue())) {
                ObjectNode both = json.putObject(field.getKey());
                both.set("from", old.path(field.getKey()).isMissingNode() ? null : old.get(field.getKey()));
                both.set("to", field.getValue());
            }
        });
        old.remove(java.util.List.of("version", "versionInfo"));
        old.properties().forEach(field -> {
            if (!fresh.has(field.getKey())) {
                ObjectNode both = json.putObject(field.getKey());
                both.set("from", field.getValue());
                both.putNull("to");
            }
        });
    }
}
