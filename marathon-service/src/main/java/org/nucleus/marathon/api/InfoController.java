package org.nucleus.marathon.api;

import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.MarathonProperties;
import org.nucleus.marathon.term.Leadership;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /ping}, {@code /v2/info}, {@code /v2/leader}, and what of the interface isn't there yet. */
@RestController
class InfoController {
    private final Leadership leadership;
    private final Info info;

    InfoController(Leadership leadership, ClusterView view, MarathonProperties flags) {
        this.leadership = leadership;
        this.info = new Info(view, flags);
    }

    @GetMapping("/ping")
    ResponseEntity<String> ping(@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        if (accept == null || accept.contains("json") || accept.contains("*/*")) {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body("\"pong\"");
        }
        return accept.contains("text/")
                ? ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("pong")
                : ResponseEntity.noContent().build();
    }

    @GetMapping(path = "/v2/info", produces = "application/json")
    ResponseEntity<String> info() {
        return Answers.json(info.write(leadership.id(), leadership.term().isPresent()));
    }

    @GetMapping(path = "/v2/leader", produces = "application/json")
    ResponseEntity<String> leader() throws InterruptedException {
        String leader = leadership.leader().orElseThrow(() -> Bodies.refusal(404, "There is no leader"));
        return Answers.json(JsonNodeFactory.instance.objectNode().put("leader", leader));
    }

    @DeleteMapping("/v2/leader")
    ResponseEntity<String> abdicate() {
        leadership.abdicate();
        return Answers.json(Bodies.message("Leadership abdicated"));
    }

    @GetMapping(path = "/v2/plugins", produces = "application/json")
    ResponseEntity<String> plugins() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("plugins");
        return Answers.json(json);
    }

    @RequestMapping(
            path = {"/v2/pods", "/v2/pods/**"},
            method = {RequestMethod.GET, RequestMethod.POST, RequestMethod.PUT, RequestMethod.DELETE})
    ResponseEntity<String> pods() {
        throw Bodies.refusal(501, "Pods are not supported by this version of Nucleus");
    }
}
