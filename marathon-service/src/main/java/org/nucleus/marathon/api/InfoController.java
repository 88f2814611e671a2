package org.nucleus.marathon.api;

import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.MarathonProperties;
import org.nucleus.marathon.access.Caller;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.store.MarathonStore;
import org.nucleus.marathon.store.StoredAudit;
import org.nucleus.marathon.term.Leadership;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /ping}, {@code /v2/info}, {@code /v2/leader}, and who did what. */
@RestController
class InfoController {
    private static final int AUDITS_MOST = 10_000;

    private final Leadership leadership;
    private final Info info;
    private final Caller caller;
    private final MarathonStore store;

    InfoController(
            Leadership leadership, ClusterView view, MarathonProperties flags, Caller caller, MarathonStore store) {
        this.leadership = leadership;
        this.caller = caller;
        this.store = store;
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
    ResponseEntity<String> abdicate(
            @RequestParam(required = false) @Nullable String backup,
            @RequestParam(required = false) @Nullable String restore) {
        caller.mustRule();
        if (backup != null || restore != null) {
            throw Bodies.refusal(501, "State is in PostgreSQL: back it up and restore it there.");
        }
        leadership.abdicate();
        return Answers.json(Bodies.message("Leadership abdicated"));
    }

    @GetMapping(path = "/v2/plugins", produces = "application/json")
    ResponseEntity<String> plugins() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("plugins");
        return Answers.json(json);
    }

    /** Beyond the original: who did what, latest first. */
    @GetMapping(path = "/v2/audit", produces = "application/json")
    ResponseEntity<String> audit(@RequestParam(defaultValue = "1000") int limit) {
        caller.mustRule();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("audit");
        for (StoredAudit done : store.audits(Math.clamp(limit, 1, AUDITS_MOST))) {
            ObjectNode one = list.addObject()
                    .put("timestamp", Version.text(done.at()))
                    .put("user", done.origin().principal())
                    .put("client", done.origin().client())
                    .put("uri", done.origin().uri())
                    .put("action", done.action());
            ArrayNode subjects = one.putArray("subjects");
            done.subjects().forEach(subjects::add);
            one.put("outcome", done.outcome());
        }
        return Answers.json(json);
    }
}
