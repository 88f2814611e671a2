package org.nucleus.marathon.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.api.format.AppPicture;
import org.nucleus.marathon.api.format.DeploymentWriter;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.MarathonInput.Rehearse;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2/groups}: the tree. Revisions of groups are not kept yet. */
@RestController
class GroupsController {
    private static final String PREFIX = "/v2/groups";

    private final ClusterView view;
    private final GroupPicture picture;
    private final GroupEdits edits;
    private final Machine machine;

    GroupsController(ClusterView view, GroupEdits edits, Machine machine) {
        this.view = view;
        this.picture = new GroupPicture(view);
        this.edits = edits;
        this.machine = machine;
    }

    @GetMapping(
            path = {PREFIX, PREFIX + "/**"},
            produces = "application/json")
    ResponseEntity<String> get(
            HttpServletRequest request, @RequestParam(name = "embed", required = false) @Nullable List<String> embed) {
        AppPath path = path(request);
        if (path.lastSegment().equals("versions") || path.parent().lastSegment().equals("versions")) {
            throw Bodies.refusal(501, "Revisions of groups are not kept by this version of Nucleus");
        }
        boolean onlyApps = path.lastSegment().equals("apps") && !view.isGroup(path);
        AppPath group = onlyApps ? path.parent() : path;
        if (!view.isGroup(group)) {
            throw Bodies.notFound("Group '" + group + "' does not exist");
        }
        Set<AppPicture.Part> parts = AppPicture.parts(embed == null ? List.of() : embed);
        return Answers.json(onlyApps ? picture.apps(group, parts) : picture.write(group, parts));
    }

    @PostMapping({PREFIX, PREFIX + "/**"})
    ResponseEntity<String> create(HttpServletRequest request, @RequestParam(defaultValue = "false") boolean force)
            throws IOException {
        JsonNode body = Bodies.read(request);
        AppPath path = GroupEdits.path(path(request), body);
        Answer answer = machine.change(
                () -> {
                    if (view.isGroup(path)) {
                        throw Bodies.refusal(
                                409, "Group " + path + " is already created. Use PUT to change this group.");
                    }
                    if (view.app(path).isPresent()) {
                        throw Bodies.refusal(409, "An app with the path " + path + " already exists.");
                    }
                    return edits.put(path, body);
                },
                force);
        return Answers.created(answer, path, Answers.result(Answers.expectDeployed(answer)));
    }

    @PutMapping({PREFIX, PREFIX + "/**"})
    ResponseEntity<String> put(
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(defaultValue = "false") boolean dryRun)
            throws IOException {
        JsonNode body = Bodies.read(request);
        AppPath path = GroupEdits.path(path(request), body);
        if (!dryRun) {
            return Answers.deployed(machine.change(() -> edits.put(path, body), force));
        }
        List<Edit> now = edits.put(path, body);
        Answer answer = machine.ask(token -> new Rehearse(token, now));
        if (answer instanceof Answer.Rehearsed(var steps)) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            ArrayNode list = result.putArray("steps");
            DeploymentWriter.steps(list, steps);
            return Answers.json(result);
        }
        throw Answers.refusal(answer);
    }

    @PatchMapping({PREFIX, PREFIX + "/**"})
    ResponseEntity<String> patch() {
        throw Bodies.refusal(501, "enforceRole cannot be changed in this version of Nucleus");
    }

    @DeleteMapping({PREFIX, PREFIX + "/**"})
    ResponseEntity<String> delete(HttpServletRequest request, @RequestParam(defaultValue = "false") boolean force) {
        AppPath path = path(request);
        return Answers.deployed(machine.change(
                () -> {
                    if (!view.isGroup(path)) {
                        throw Bodies.refusal(404, "Group '" + path + "' does not exist");
                    }
                    return edits.remove(path);
                },
                force));
    }

    private static AppPath path(HttpServletRequest request) {
        return AppPath.of(request.getRequestURI().substring(PREFIX.length()));
    }
}
