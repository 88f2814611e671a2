package org.nucleus.marathon.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.api.format.AppPicture;
import org.nucleus.marathon.api.format.AppPicture.Part;
import org.nucleus.marathon.api.format.AppWriter;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.MarathonInput.Kill;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.store.MarathonStore;
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

/** {@code /v2/apps/{id}} and what hangs below it. */
@RestController
class AppController {
    private static final int HISTORY_MOST = 1_000;

    private final ClusterView view;
    private final AppPicture picture;
    private final Machine machine;
    private final AppEdits edits;
    private final MarathonStore store;
    private final Tasks tasks;

    AppController(ClusterView view, Machine machine, AppEdits edits, MarathonStore store, Tasks tasks) {
        this.view = view;
        this.picture = new AppPicture(view);
        this.machine = machine;
        this.edits = edits;
        this.store = store;
        this.tasks = tasks;
    }

    @GetMapping(path = "/v2/apps/**", produces = "application/json")
    ResponseEntity<String> get(
            HttpServletRequest request, @RequestParam(name = "embed", required = false) @Nullable List<String> embed) {
        AppTarget target = AppTarget.of(request.getRequestURI());
        machine.caller().mustView(target.app());
        return switch (target.part()) {
            case ITSELF -> app(target.app(), embed == null ? List.of() : embed);
            case BELOW -> below(target.app(), embed == null ? List.of() : embed);
            case TASKS -> tasks.of(target.app());
            case HISTORY -> history(target.app());
            case VERSIONS ->
                target.rest().isPresent() ? revision(target.app(), target.rest().get()) : versions(target.app());
            case RESTART -> throw Bodies.refusal(405, "Method Not Allowed");
        };
    }

    private ResponseEntity<String> app(AppPath path, List<String> embed) {
        Set<Part> parts = EnumSet.of(Part.TASKS, Part.COUNTS, Part.DEPLOYMENTS, Part.LAST_TASK_FAILURE);
        parts.addAll(AppPicture.parts(embed));
        App app = view.app(path).orElseThrow(() -> missing(path));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("app", picture.write(app, parts));
        return Answers.json(body);
    }

    private ResponseEntity<String> below(AppPath group, List<String> embed) {
        if (!view.isGroup(group)) {
            throw Bodies.notFound("Group '" + group + "' does not exist");
        }
        Set<Part> parts = AppPicture.parts(embed);
        parts.addAll(List.of(Part.TASKS, Part.COUNTS, Part.DEPLOYMENTS));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode apps = body.putArray("*");
        view.apps().stream().filter(app -> app.id().isBelow(group)).forEach(app -> apps.add(picture.write(app, parts)));
        return Answers.json(body);
    }

    /** Beyond the original: what happened to the app and its instances, latest first. */
    private ResponseEntity<String> history(AppPath path) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode events = body.putArray("events");
        store.history(path, HISTORY_MOST)
                .forEach(event -> events.addRawValue(new tools.jackson.databind.util.RawValue(event.json())));
        return Answers.json(body);
    }

    private ResponseEntity<String> versions(AppPath path) {
        if (view.app(path).isEmpty()) {
            throw missing(path);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putArray("versions");
        store.versions(path).forEach(version -> list.add(version.toString()));
        return Answers.json(body);
    }

    private ResponseEntity<String> revision(AppPath path, String text) {
        Version version = Versions.parse(text);
        App app = store.revision(path, version)
                .orElseThrow(() -> Bodies.notFound("App '" + path + "' does not exist in version " + version));
        return Answers.json(AppWriter.write(app));
    }

    @PutMapping("/v2/apps/**")
    ResponseEntity<String> put(
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(defaultValue = "true") boolean partialUpdate,
            @RequestParam(defaultValue = "false") boolean dryRun)
            throws IOException {
        AppPath path = AppTarget.of(request.getRequestURI()).app();
        JsonNode body = Bodies.read(request);
        if (dryRun) {
            return Rehearsals.ofApps(
                    machine.rehearse(List.of(partialUpdate ? edits.update(path, body) : edits.replace(path, body))));
        }
        boolean existed = view.app(path).isPresent();
        Answer answer = machine.change(
                () -> List.of(partialUpdate ? edits.update(path, body) : edits.replace(path, body)), force);
        return existed
                ? Answers.deployed(answer)
                : Answers.created(answer, path, Answers.result(Answers.expectDeployed(answer)));
    }

    @PatchMapping("/v2/apps/**")
    ResponseEntity<String> patch(
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(defaultValue = "false") boolean dryRun)
            throws IOException {
        AppPath path = AppTarget.of(request.getRequestURI()).app();
        JsonNode body = Bodies.read(request);
        if (dryRun && view.app(path).isPresent()) {
            return Rehearsals.ofApps(machine.rehearse(List.of(edits.update(path, body))));
        }
        return Answers.deployed(machine.change(
                () -> {
                    if (view.app(path).isEmpty()) {
                        throw Bodies.refusal(404, "App '" + path + "' does not exist");
                    }
                    return List.of(edits.update(path, body));
                },
                force));
    }

    @PostMapping("/v2/apps/**")
    ResponseEntity<String> post(HttpServletRequest request, @RequestParam(defaultValue = "false") boolean force) {
        AppTarget target = AppTarget.of(request.getRequestURI());
        if (target.part() != AppTarget.Part.RESTART) {
            throw Bodies.refusal(405, "Method Not Allowed");
        }
        return Answers.deployed(machine.change(() -> List.of(new Edit.RestartApp(target.app())), force));
    }

    @DeleteMapping("/v2/apps/**")
    ResponseEntity<String> delete(
            HttpServletRequest request,
            @RequestParam(defaultValue = "*") String host,
            @RequestParam(defaultValue = "false") boolean scale,
            @RequestParam(defaultValue = "false") boolean wipe,
            @RequestParam(required = false) @Nullable Boolean force) {
        AppTarget target = AppTarget.of(request.getRequestURI());
        return switch (target.part()) {
            case ITSELF ->
                Answers.deployed(
                        machine.change(() -> List.of(new Edit.RemoveApp(target.app())), force == null || force));
            case TASKS -> {
                Kill kill = new Kill(scale, wipe, Boolean.TRUE.equals(force));
                yield target.rest().isPresent()
                        ? tasks.killOne(target.app(), target.rest().get(), kill)
                        : tasks.killAll(target.app(), host, kill);
            }
            case BELOW, VERSIONS, RESTART, HISTORY -> throw Bodies.refusal(405, "Method Not Allowed");
        };
    }

    private static Bodies.Answered missing(AppPath path) {
        return Bodies.notFound("App '" + path + "' does not exist");
    }
}
