package org.nucleus.chronos.api;

import org.nucleus.chronos.leader.Leadership;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What every server answers itself, leader or not. */
@RestController
class ServerController {
    private final Leadership leadership;

    ServerController(Leadership leadership) {
        this.leadership = leadership;
    }

    @GetMapping({"/v1/scheduler/leader", "/scheduler/leader"})
    ResponseEntity<byte[]> leader() {
        return Served.json(JsonMapper.shared()
                .createObjectNode()
                .put("leader", leadership.leader().orElse("")));
    }

    @GetMapping(
            path = {"/ping", "/v1/scheduler/ping", "/scheduler/ping"},
            produces = MediaType.TEXT_PLAIN_VALUE)
    String ping() {
        return "pong\n";
    }
}
