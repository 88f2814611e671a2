package org.nucleus.marathon.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.api.format.AppPicture;
import org.nucleus.marathon.api.format.AppWriter;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.store.MarathonStore;
import org.nucleus.marathon.store.Tree;
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

/** {@code /v2/groups}: the tree, now and as it was. */
@RestController
class GroupsController {
    private static final String PREFIX = "/v2/groups";

    private final ClusterView view;
    private final AppPicture picture;
    private final GroupEdits edits;
    private final Machine machine;
    private final MarathonStore store;

    GroupsController(ClusterView view, GroupEdits edits, Machine machine, MarathonStore store) {
        this.view = view;
        this.picture = new AppPicture(view);
        this.edits = edits;
        this.machine = machine;
        this.store = store;
    }

    @GetMapping(
            path = {PREFIX, PREFIX + "/**"},
            produces = "application/json")
    ResponseEntity<String> get(
            HttpServletRequest request, @RequestParam(name = "embed", required = false) @Nullable List<String> embed) {
        AppPath path = path(request);
        List<String> wanted = embed == null ? List.of() : embed;
        if (path.lastSegment().equals("versions")) {
            return versions(path.parent());
        }
        if (path.parent().lastSegment().equals("versions")) {
            return revision(path.parent().parent(), path.lastSegment(), wanted);
        }
        boolean onlyApps = path.lastSegment().equals("apps") && !view.isGroup(path);
        AppPath group = onlyApps ? path.parent() : path;
        if (!view.isGroup(group)) {
            throw missing(group);
        }
        Set<AppPicture.Part> parts = AppPicture.parts(wanted);
        Tree now = new Tree(view.apps(), List.copyOf(view.groups().values()));
        GroupPicture whole = new GroupPicture(now, machine.caller().rights(), app -> picture.write(app, parts));
        return Answers.json(onlyApps ? whole.apps(group) : whole.write(group, GroupPicture.Show.of(wanted)));
    }

    private ResponseEntity<String> versions(AppPath group) {
        machine.caller().mustView(group);
        List<Version> versions = store.treeVersions(group);
        if (versions.isEmpty() && !view.isGroup(group)) {
            throw missing(group);
        }
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        versions.forEach(version -> body.add(version.toString()));
        return Answers.json(body);
    }

    private ResponseEntity<String> revision(AppPath group, String text, List<String> embed) {
        Version version = Versions.parse(text);
        Tree then = store.tree(group, version);
        if (then.apps().isEmpty() && then.groups().isEmpty()) {
            throw Bodies.notFound("Group '" + group + "' does not exist in version " + version);
        }
        GroupPicture whole = new GroupPicture(then, machine.caller().rights(), AppWriter::write);
        return Answers.json(whole.write(group, GroupPicture.Show.of(embed)));
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
        return dryRun
                ? Answers.json(Rehearsals.steps(machine.rehearse(edits.put(path, body))))
                : Answers.deployed(machine.change(() -> edits.put(path, body), force));
    }

    /** Only {@code enforceRole}, and only of a group of the first level. */
    @PatchMapping({PREFIX, PREFIX + "/**"})
    ResponseEntity<String> patch(HttpServletRequest request) throws IOException {
        JsonNode body = Bodies.read(request);
        AppPath path = path(request);
        if (!view.isGroup(path)) {
            throw missing(path);
        }
        boolean only = body instanceof ObjectNode object
                && object.size() == 1
                && object.path("enforceRole").isBoolean();
        if (!only) {
            throw Bodies.refusal(422, "Only enforceRole of a top-level group can be patched.");
        }
        boolean enforced = body.path("enforceRole").booleanValue();
        Answers.expectDeployed(machine.change(() -> List.of(new Edit.EnforceRole(path, enforced)), false));
        return ResponseEntity.ok().build();
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

    private static Bodies.Answered missing(AppPath group) {
        return Bodies.notFound("Group '" + group + "' does not exist");
    }

    private static AppPath path(HttpServletRequest request) {
        return AppPath.of(request.getRequestURI().substring(PREFIX.length()));
    }
}
