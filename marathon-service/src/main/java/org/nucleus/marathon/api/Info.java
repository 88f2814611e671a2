package org.nucleus.marathon.api;

import org.nucleus.marathon.MarathonProperties;
import org.nucleus.marathon.view.ClusterView;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code /v2/info} tells. Clients read single keys of it: settings of the original that have no meaning here are told
 * with the original's defaults.
 */
final class Info {
    /** The interface that is spoken here. */
    private static final String COMPATIBLE_WITH = "1.11.24";

    private final ClusterView view;
    private final MarathonProperties flags;

    Info(ClusterView view, MarathonProperties flags) {
        this.view = view;
        this.flags = flags;
    }

    ObjectNode write(String self, boolean elected) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", "marathon");
        json.put("version", COMPATIBLE_WITH);
        json.put("buildref", "nucleus");
        json.put("elected", elected);
        json.put("leader", self);
        json.put("frameworkId", view.frameworkId().orElse(null));
        config(json.putObject("marathon_config"), self);
        json.putObject("zookeeper_config")
                .put("zk", redacted(flags.zk()))
                .put("zk_compression", true)
                .put("zk_compression_threshold", 65_536)
                .put("zk_connection_timeout", 10_000)
                .put("zk_max_node_size", 1_024_000)
                .put("zk_max_versions", 50)
                .put("zk_session_timeout", flags.zkSessionTimeout().toMillis())
                .put("zk_timeout", 10_000);
        json.putObject("http_config").put("http_port", flags.httpPort()).put("https_port", 8443);
        return json;
    }

    private void config(ObjectNode json, String self) {
        String here = "http://" + self;
        json.put("access_control_allow_origin", flags.accessControlAllowOrigin());
        json.put("checkpoint", true);
        json.put("decline_offer_duration", flags.declineOfferDuration().toMillis());
        json.putNull("default_network_name");
        json.putNull("env_vars_prefix");
        json.put("executor", "//cmd");
        json.put("failover_timeout", flags.failoverTimeout());
        features(json.putArray("features"));
        json.put("framework_name", flags.frameworkName());
        json.put("ha", true);
        json.put("hostname", flags.reachableHost());
        json.put("local_port_max", flags.localPortMax());
        json.put("local_port_min", flags.localPortMin());
        json.put("master", redacted(flags.master()));
        json.put("max_instances_per_offer", flags.maxInstancesPerOffer());
        json.put("mesos_leader_ui_url", flags.mesosLeaderUiUrl() == null ? here : flags.mesosLeaderUiUrl());
        json.put("mesos_role", flags.mesosRole());
        json.put("mesos_user", flags.taskUser());
        json.put("min_revive_offers_interval", flags.minReviveOffersInterval().toMillis());
        json.put("reconciliation_interval", flags.reconciliationInterval().toMillis());
        json.put("task_launch_confirm_timeout", flags.taskLaunchConfirmTimeout().toMillis());
        json.put("task_launch_timeout", flags.taskLaunchTimeout().toMillis());
        json.put("webui_url", flags.webuiUrl() == null ? here : flags.webuiUrl());
        originalDefaults(json);
    }

    private static void originalDefaults(ObjectNode json) {
        json.put("launch_token", 100)
                .put("launch_token_refresh_interval", 30_000)
                .put("leader_proxy_connection_timeout_ms", 5_000)
                .put("leader_proxy_read_timeout_ms", 10_000)
                .put("mesos_bridge_name", "mesos-bridge")
                .put("mesos_heartbeat_failure_threshold", 5)
                .put("mesos_heartbeat_interval", 15_000)
                .put("new_group_enforce_role", "Off")
                .put("offer_matching_timeout", 3_000)
                .put("on_elected_prepare_timeout", 180_000)
                .put("reconciliation_initial_delay", 15_000)
                .put("scale_apps_initial_delay", 15_000)
                .put("scale_apps_interval", 300_000)
                .put("store_cache", true)
                .put("task_lost_expunge_initial_delay", 300_000)
                .put("task_lost_expunge_interval", 30_000)
                .put("task_reservation_timeout", 20_000)
                .put("maintenance_mode", true);
    }

    private void features(ArrayNode features) {
        if (!flags.enableFeatures().isBlank()) {
            for (String feature : flags.enableFeatures().split(",")) {
                features.add(feature);
            }
        }
    }

    private static String redacted(String url) {
        return url.replaceFirst("//[^@/]*@", "//xxxxxxxx:xxxxxxxx@");
    }
}
