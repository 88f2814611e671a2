package org.nucleus.marathon.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.access.Rights;
import org.nucleus.marathon.api.format.AppPicture;
import org.nucleus.marathon.api.format.AppPicture.Part;
import org.nucleus.marathon.api.format.AppWriter;
import org.nucleus.marathon.api.format.LabelSelector;
import org.nucleus.marathon.api.format.Problems;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.core.state.VersionInfo;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.http.ResponseEntity;
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

/** {@code /v2/apps}: all apps, and changes of several at once. */
@RestController
class AppsController {
    private final ClusterView view;
    private final AppPicture picture;
    private final Machine machine;
    private final AppEdits edits;

    AppsController(ClusterView view, Machine machine, AppEdits edits) {
        this.view = view;
        this.picture = new AppPicture(view);
        this.machine = machine;
        this.edits = edits;
    }

    @GetMapping(path = "/v2/apps", produces = "application/json")
    ResponseEntity<String> list(
            @RequestParam(required = false) @Nullable String cmd,
            @RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false) @Nullable String label,
            @RequestParam(name = "embed", required = false) @Nullable List<String> embed) {
        Set<Part> parts = AppPicture.parts(embed == null ? List.of() : embed);
        parts.addAll(List.of(Part.COUNTS, Part.DEPLOYMENTS));
        LabelSelector selector = label == null || label.isEmpty() ? null : selector(label);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode apps = body.putArray("apps");
        Rights rights = machine.caller().rights();
        for (App app : view.apps()) {
            if (!app.isPod()
                    && rights.mayView(app.id())
                    && contains(app.program().cmd(), cmd)
                    && contains(app.id().value(), id)
                    && (selector == null || selector.matches(app.labels()))) {
                apps.add(picture.write(app, parts));
            }
        }
        return Answers.json(body);
    }

    private static LabelSelector selector(String text) {
        try {
            return LabelSelector.parse(text);
        } catch (IllegalArgumentException e) {
            throw Bodies.refusal(422, String.valueOf(e.getMessage()));
        }
    }

    private static boolean contains(@Nullable String text, @Nullable String part) {
        return part == null || text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    @PostMapping("/v2/apps")
    ResponseEntity<String> create(
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(defaultValue = "false") boolean dryRun)
            throws IOException {
        JsonNode body = Bodies.read(request);
        App asked = edits.read(body, AppPath.ROOT);
        if (dryRun && view.app(asked.id()).isEmpty()) {
            return Rehearsals.ofApps(machine.rehearse(List.of(new Edit.PutApp(asked, null))));
        }
        Answer answer = machine.change(
                () -> {
                    if (view.app(asked.id()).isPresent()) {
                        throw Bodies.refusal(409, "An app with id [" + asked.id() + "] already exists.");
                    }
                    return List.of(new Edit.PutApp(asked, null));
                },
                force);
        Answer.Deployed deployed = Answers.expectDeployed(answer);
        return Answers.created(answer, asked.id(), created(asked, deployed));
    }

    /** The app as it was sent, normalised: its service ports are shown once it is asked for again, as in the original. */
    private static ObjectNode created(App asked, Answer.Deployed deployed) {
        Version version = deployed.version();
        ObjectNode json = AppWriter.write(asked.at(version, new VersionInfo(version, version)));
        json.remove("versionInfo");
        json.put("tasksStaged", 0).put("tasksRunning", 0).put("tasksHealthy", 0).put("tasksUnhealthy", 0);
        json.putArray("deployments").addObject().put("id", deployed.deployment());
        return json;
    }

    @PutMapping("/v2/apps")
    ResponseEntity<String> putAll(
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(defaultValue = "true") boolean partialUpdate)
            throws IOException {
        JsonNode body = array(Bodies.read(request));
        return Answers.deployed(machine.change(
                () -> {
                    List<Edit> all = new ArrayList<>();
                    for (JsonNode one : body) {
                        AppPath path = path(one);
                        all.add(partialUpdate ? edits.update(path, one) : edits.replace(path, one));
                    }
                    return all;
                },
                force));
    }

    @PatchMapping("/v2/apps")
    ResponseEntity<String> patchAll(HttpServletRequest request, @RequestParam(defaultValue = "false") boolean force)
            throws IOException {
        JsonNode body = array(Bodies.read(request));
        return Answers.deployed(machine.change(
                () -> {
                    List<Edit> all = new ArrayList<>();
                    for (JsonNode one : body) {
                        AppPath path = path(one);
                        if (view.app(path).isEmpty()) {
                            throw Bodies.refusal(404, "App '" + path + "' does not exist");
                        }
                        all.add(edits.update(path, one));
                    }
                    return all;
                },
                force));
    }

    private static JsonNode array(JsonNode body) {
        if (!body.isArray()) {
            var problems = new Problems();
            problems.add("/", "error.expected.jsarray");
            throw new Problems.Refused("Invalid JSON", problems);
        }
        return body;
    }

    private static AppPath path(JsonNode app) {
        if (!app.path("id").isString()) {
            var problems = new Problems();
            problems.add("/id", "'id' is undefined on object: " + app);
            throw new Problems.Refused("Invalid JSON", problems);
        }
        return AppPath.of(app.path("id").stringValue());
    }
}
