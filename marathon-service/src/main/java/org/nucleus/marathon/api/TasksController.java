package org.nucleus.marathon.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.api.format.Problems;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonInput.Kill;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/tasks}: the tasks of all apps. */
@RestController
class TasksController {
    private final Tasks tasks;
    private final ClusterView view;

    TasksController(Tasks tasks, ClusterView view) {
        this.tasks = tasks;
        this.view = view;
    }

    @GetMapping(path = "/v2/tasks", produces = "application/json")
    ResponseEntity<String> list(
            @RequestParam(name = "status", required = false) @Nullable List<String> status,
            @RequestParam(name = "status[]", required = false) @Nullable List<String> statuses) {
        List<String> wanted = new ArrayList<>(status == null ? List.of() : status);
        wanted.addAll(statuses == null ? List.of() : statuses);
        boolean running = wanted.contains("running");
        boolean staging = wanted.contains("staging");
        return tasks.all(one -> !running && !staging
                || running && one.condition() == Condition.RUNNING
                || staging && (one.condition() == Condition.STAGING || one.condition() == Condition.PROVISIONED));
    }

    @PostMapping("/v2/tasks/delete")
    ResponseEntity<String> kill(
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean scale,
            @RequestParam(defaultValue = "false") boolean wipe,
            @RequestParam(defaultValue = "false") boolean force)
            throws IOException {
        List<Instance> victims = new ArrayList<>();
        for (String id : ids(Bodies.read(request))) {
            if (!InstanceId.isTaskId(id)) {
                throw Bodies.refusal(400, "Invalid task id '" + id + "'.");
            }
            view.instance(InstanceId.ofTask(id))
                    .filter(one -> one.taskId().equals(id))
                    .ifPresent(victims::add);
        }
        return tasks.kill(victims, new Kill(scale, wipe, force));
    }

    private static List<String> ids(JsonNode body) {
        JsonNode ids = body.path("ids");
        if (!ids.isArray()) {
            Problems problems = new Problems();
            problems.add("", "'ids' is undefined on object: " + body);
            throw new Problems.Refused("Invalid JSON", problems);
        }
        List<String> texts = new ArrayList<>();
        ids.forEach(id -> texts.add(id.asString()));
        return texts;
    }
}
