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
    /** The interface that is spoken here. */
    private static final String COMPATIBLE_WITH = "1.11.24";

    private final Leadership leadership;
    private final ClusterView view;
    private final MarathonProperties flags;

    InfoController(Leadership leadership, ClusterView view, MarathonProperties flags) {
        this.leadership = leadership;
        this.view = view;
        this.flags = flags;
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
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", "marathon");
        json.put("version", COMPATIBLE_WITH);
        json.put("buildref", "nucleus");
        json.put("elected", leadership.term().isPresent());
        json.put("leader", leadership.id());
        json.put("frameworkId", view.frameworkId().orElse(null));
        config(json.putObject("marathon_config"));
        json.putObject("zookeeper_config")
                .put("zk", flags.zk().replaceFirst("//[^@/]*@", "//xxxxxxxx:xxxxxxxx@"))
                .put("zk_session_timeout", flags.zkSessionTimeout().toMillis());
        json.putObject("http_config").put("http_port", flags.httpPort()).putNull("https_port");
        return Answers.json(json);
    }

    private void config(ObjectNode json) {
        json.put("access_control_allow_origin", flags.accessControlAllowOrigin());
        json.put("checkpoint", true);
        json.put("decline_offer_duration", flags.declineOfferDuration().toMillis());
        json.putNull("default_network_name");
        json.putNull("env_vars_prefix");
        json.put("executor", "//cmd");
        json.put("failover_timeout", flags.failoverTimeout());
        var features = json.putArray("features");
        if (!flags.enableFeatures().isBlank()) {
            for (String feature : flags.enableFeatures().split(",")) {
                features.add(feature);
            }
        }
        json.put("framework_name", flags.frameworkName());
        json.put("ha", true);
        json.put("hostname", flags.reachableHost());
        json.put("local_port_max", flags.localPortMax());
        json.put("local_port_min", flags.localPortMin());
        json.put("master", flags.master().replaceFirst("//[^@/]*@", "//xxxxxxxx:xxxxxxxx@"));
        json.put("max_instances_per_offer", flags.maxInstancesPerOffer());
        json.put("max_running_deployments", flags.maxRunningDeployments());
        json.put("mesos_leader_ui_url", flags.mesosLeaderUiUrl());
        json.put("mesos_role", flags.mesosRole());
        json.put("mesos_user", flags.taskUser());
        json.put("min_revive_offers_interval", flags.minReviveOffersInterval().toMillis());
        json.put("reconciliation_interval", flags.reconciliationInterval().toMillis());
        json.put("task_launch_confirm_timeout", flags.taskLaunchConfirmTimeout().toMillis());
        json.put("task_launch_timeout", flags.taskLaunchTimeout().toMillis());
        String here = "http://" + leadership.id();
        json.put("webui_url", flags.webuiUrl() == null ? here : flags.webuiUrl());
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
