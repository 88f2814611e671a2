package org.nucleus.marathon.api;

import org.nucleus.marathon.access.Rights;
import org.nucleus.marathon.api.format.AppPicture;
import org.nucleus.marathon.api.format.DeploymentWriter;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.MarathonInput.Cancel;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code /v2/deployments}: changes under way. */
@RestController
class DeploymentsController {
    private final ClusterView view;
    private final Machine machine;

    DeploymentsController(ClusterView view, Machine machine) {
        this.view = view;
        this.machine = machine;
    }

    @GetMapping(path = "/v2/deployments", produces = "application/json")
    ResponseEntity<String> list() {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        Rights rights = machine.caller().rights();
        view.deployments().stream()
                .filter(deployment -> deployment.affected().stream().anyMatch(rights::mayView)
                        || deployment.affected().isEmpty())
                .forEach(deployment -> body.add(DeploymentWriter.write(
                        deployment,
                        (path, json) -> view.app(path)
                                .ifPresent(app -> AppPicture.readiness(app, view.instances(path), view, json)))));
        return Answers.json(body);
    }

    @DeleteMapping("/v2/deployments/{id}")
    ResponseEntity<String> cancel(@PathVariable String id, @RequestParam(defaultValue = "false") boolean force) {
        view.deployments().stream()
                .filter(deployment -> deployment.id().equals(id))
                .forEach(deployment -> machine.caller().mustChange(deployment.affected()));
        Origin origin = machine.caller().origin();
        Answer answer = machine.ask(token -> new Cancel(token, id, force, origin));
        return answer instanceof Answer.Done ? ResponseEntity.accepted().build() : Answers.deployed(answer);
    }
}
