package org.nucleus.marathon.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nucleus.marathon.MarathonProperties;
import org.nucleus.marathon.api.format.PodPicture;
import org.nucleus.marathon.api.format.PodReader;
import org.nucleus.marathon.api.format.PodWriter;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.MarathonInput.Kill;
import org.nucleus.marathon.core.state.MarathonInput.KillTasks;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.marathon.core.state.VersionInfo;
import org.nucleus.marathon.store.MarathonStore;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code /v2/pods}: pods, their status, versions and instances. */
@RestController
class PodsController {
    private static final String PREFIX = "/v2/pods";
    private static final String STATUS = "::status";
    private static final String VERSIONS = "::versions";
    private static final String INSTANCES = "::instances";

    private final ClusterView view;
    private final PodPicture picture;
    private final PodReader reader;
    private final Machine machine;
    private final MarathonStore store;

    PodsController(ClusterView view, Machine machine, MarathonStore store, MarathonProperties flags) {
        this.view = view;
        this.picture = new PodPicture(view);
        this.reader = new PodReader(AppEdits.definitions(view, flags));
        this.machine = machine;
        this.store = store;
    }

    /** Also answers HEAD, by which clients find out whether there are pods at all. */
    @GetMapping(
            path = {PREFIX, PREFIX + "/**"},
            produces = "application/json")
    ResponseEntity<String> get(HttpServletRequest request) {
        String target = target(request);
        if (target.isEmpty() || target.equals(STATUS)) {
            return all(target.equals(STATUS));
        }
        int mark = target.indexOf("::");
        AppPath path = AppPath.of(mark < 0 ? target : target.substring(0, mark));
        machine.caller().mustView(path);
        String part = mark < 0 ? "" : target.substring(mark);
        if (part.startsWith(VERSIONS + "/")) {
            return revision(path, part.substring(VERSIONS.length() + 1));
        }
        return switch (part) {
            case "" -> Answers.json(PodWriter.write(pod(path)));
            case STATUS -> Answers.json(picture.status(pod(path), Instant.now()));
            case VERSIONS -> versions(path);
            default -> throw Bodies.refusal(404, "URI not found");
        };
    }

    private ResponseEntity<String> all(boolean status) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Instant now = Instant.now();
        view.apps().stream()
                .filter(app -> app.isPod() && machine.caller().rights().mayView(app.id()))
                .forEach(pod -> list.add(status ? picture.status(pod, now) : PodWriter.write(pod)));
        return Answers.json(list);
    }

    private ResponseEntity<String> versions(AppPath path) {
        pod(path);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        store.versions(path).forEach(version -> list.add(version.toString()));
        return Answers.json(list);
    }

    private ResponseEntity<String> revision(AppPath path, String version) {
        App then =
                store.revision(path, Versions.parse(version)).filter(App::isPod).orElseThrow(() -> missing(path));
        return Answers.json(PodWriter.write(then));
    }

    @PostMapping(PREFIX)
    ResponseEntity<String> create(HttpServletRequest request, @RequestParam(defaultValue = "false") boolean force)
            throws IOException {
        App asked = reader.read(Bodies.read(request));
        Answer answer = machine.change(
                () -> {
                    if (view.app(asked.id()).isPresent()) {
                        throw Bodies.refusal(409, "Pod '" + asked.id() + "' already exists");
                    }
                    return List.of(new Edit.PutApp(asked, null));
                },
                force);
        return Answers.created(answer, asked.id(), PodWriter.write(at(asked, Answers.expectDeployed(answer))));
    }

    private static App at(App pod, Answer.Deployed deployed) {
        return pod.at(deployed.version(), VersionInfo.NONE);
    }

    @PutMapping(PREFIX + "/**")
    ResponseEntity<String> put(HttpServletRequest request, @RequestParam(defaultValue = "false") boolean force)
            throws IOException {
        AppPath path = AppPath.of(target(request));
        App asked = reader.read(Bodies.read(request));
        if (!asked.id().equals(path)) {
            throw Bodies.refusal(400, "'" + path + "' does not match definition's id ('" + asked.id() + "')");
        }
        Answer answer = machine.change(() -> List.of(new Edit.PutApp(asked, version(path))), force);
        Answer.Deployed deployed = Answers.expectDeployed(answer);
        return ResponseEntity.ok()
                .header(Answers.DEPLOYMENT_HEADER, deployed.deployment())
                .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                .body(PodWriter.write(view.app(path).orElse(at(asked, deployed)))
                        .toString());
    }

    private org.nucleus.marathon.core.state.@org.jspecify.annotations.Nullable Version version(AppPath path) {
        Optional<App> before = view.app(path);
        if (before.isPresent() && !before.get().isPod()) {
            throw Bodies.refusal(409, "An app with the path " + path + " already exists.");
        }
        return before.map(App::version).orElse(null);
    }

    @DeleteMapping(PREFIX + "/**")
    ResponseEntity<String> delete(
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(defaultValue = "false") boolean wipe)
            throws IOException {
        String target = target(request);
        int mark = target.indexOf(INSTANCES);
        if (mark >= 0) {
            AppPath path = AppPath.of(target.substring(0, mark));
            String rest = target.substring(mark + INSTANCES.length());
            return rest.isEmpty() ? killAll(path, request, wipe) : killOne(path, rest.substring(1), wipe);
        }
        AppPath path = AppPath.of(target);
        Answer answer = machine.change(
                () -> {
                    pod(path);
                    return List.of(new Edit.RemoveApp(path));
                },
                force);
        String deployment = Answers.expectDeployed(answer).deployment();
        return ResponseEntity.accepted()
                .header(Answers.DEPLOYMENT_HEADER, deployment)
                .location(ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path("/v2/deployments/" + deployment)
                        .build()
                        .toUri())
                .build();
    }

    private ResponseEntity<String> killOne(AppPath path, String id, boolean wipe) {
        pod(path);
        if (!id.contains(".instance-")) {
            throw Bodies.refusal(422, "unable to parse instance id: '" + id + "'");
        }
        Instance victim = instance(path, id).orElseThrow(() -> Bodies.notFound("Instance '" + id + "' does not exist"));
        kill(List.of(victim), wipe);
        return Answers.json(PodPicture.killed(victim, view.app(path)));
    }

    private ResponseEntity<String> killAll(AppPath path, HttpServletRequest request, boolean wipe) throws IOException {
        pod(path);
        List<Instance> victims = new ArrayList<>();
        JsonNode ids = Bodies.read(request);
        if (!ids.isArray()) {
            throw Bodies.refusal(422, "a list of instance ids is expected");
        }
        ids.forEach(id -> instance(path, id.asString()).ifPresent(victims::add));
        kill(victims, wipe);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        victims.forEach(victim -> list.add(PodPicture.killed(victim, view.app(path))));
        return Answers.json(list);
    }

    private Optional<Instance> instance(AppPath path, String id) {
        return view.instance(new InstanceId(id)).filter(one -> one.app().equals(path));
    }

    private void kill(List<Instance> victims, boolean wipe) {
        machine.caller().mustChange(victims.stream().map(Instance::app).toList());
        Origin origin = machine.caller().origin();
        List<InstanceId> ids = victims.stream().map(Instance::id).toList();
        Answer answer = machine.ask(token -> new KillTasks(token, ids, new Kill(false, wipe, false), origin));
        if (!(answer instanceof Answer.Killed)) {
            throw Answers.refusal(answer);
        }
    }

    private App pod(AppPath path) {
        return view.app(path).filter(App::isPod).orElseThrow(() -> missing(path));
    }

    private static Bodies.Answered missing(AppPath path) {
        return Bodies.notFound("Pod '" + path + "' does not exist");
    }

    /** What follows the prefix, decoded, without the slash before it. */
    private static String target(HttpServletRequest request) {
        String path = URLDecoder.decode(request.getRequestURI().replace("+", "%2B"), StandardCharsets.UTF_8);
        String rest = path.substring(PREFIX.length());
        return rest.startsWith("/") ? rest.substring(1) : rest;
    }
}
