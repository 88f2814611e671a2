package org.nucleus.marathon.api.format;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Failure;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.Instance.Member;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.Network;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.Pod.PodContainer;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.view.ClusterView;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A pod with what is known of its instances. Source: core.pod.impl.PodManager, PodStatusConversion. */
public final class PodPicture {
    private final ClusterView view;

    public PodPicture(ClusterView view) {
        this.view = view;
    }

    public ObjectNode status(App pod, Instant now) {
        List<Instance> instances = view.instances(pod.id());
        String at = Version.text(now);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", pod.id().value());
        json.set("spec", spec(pod));
        json.put("status", overall(pod, instances));
        json.put("statusSince", Version.text(since(instances).orElse(now)));
        ArrayNode list = json.putArray("instances");
        instances.forEach(instance -> instance(list.addObject(), instance, pod));
        history(json.putArray("terminationHistory"), pod, instances);
        return json.put("lastUpdated", at)
                .put("lastChanged", Version.text(since(instances).orElse(now)));
    }

    /** Here the original leaves out what is empty. */
    private static ObjectNode spec(App pod) {
        ObjectNode spec = PodWriter.write(pod);
        if (spec.path("scheduling") instanceof ObjectNode scheduling
                && scheduling.path("placement").isEmpty()) {
            scheduling.remove("placement");
        }
        return spec;
    }

    private static Optional<Instant> since(List<Instance> instances) {
        return instances.stream().map(Instance::since).max(Comparator.naturalOrder());
    }

    private static String overall(App pod, List<Instance> instances) {
        long stable = instances.stream()
                .filter(instance -> status(instance).equals("STABLE"))
                .count();
        return stable >= pod.instances() ? "STABLE" : "DEGRADED";
    }

    private static String status(Instance instance) {
        return switch (instance.condition()) {
            case SCHEDULED, PROVISIONED -> "PENDING";
            case STAGING, STARTING -> "STAGING";
            case RUNNING -> Boolean.FALSE.equals(instance.healthy()) ? "DEGRADED" : "STABLE";
            case KILLING -> "TERMINAL";
            case UNREACHABLE, UNREACHABLE_INACTIVE -> "DEGRADED";
        };
    }

    private static void instance(ObjectNode json, Instance instance, App app) {
        Run run = instance.run();
        Pod pod = Objects.requireNonNull(app.pod());
        json.put("id", instance.id().value());
        json.put("status", status(instance));
        json.put("statusSince", Version.text(instance.since()));
        json.putArray("conditions");
        if (run != null) {
            json.put("agentHostname", run.host()).put("agentId", run.agent());
            if (run.region() != null) {
                json.put("agentRegion", run.region());
            }
            if (run.zone() != null) {
                json.put("agentZone", run.zone());
            }
        }
        json.putObject("resources")
                .put("cpus", app.footprint().cpus() / 1000.0)
                .put("mem", app.footprint().mem() / 1000.0)
                .put("disk", app.footprint().disk() / 1000.0)
                .put("gpus", app.footprint().gpus());
        networks(json.putArray("networks"), app, run);
        ArrayNode containers = json.putArray("containers");
        int port = 0;
        for (PodContainer container : pod.containers()) {
            Optional<Member> member = instance.members().stream()
                    .filter(one -> one.container().equals(container.name()))
                    .findFirst();
            if (member.isPresent()) {
                container(containers.addObject(), instance, container, member.get(), port);
            }
            port += container.endpoints().size();
        }
        json.put("specReference", "/v2/pods" + instance.app() + "::versions/" + instance.version());
        TaskWriter.volumes(json.putArray("localVolumes"), instance);
        json.put("lastUpdated", Version.text(instance.since())).put("lastChanged", Version.text(instance.since()));
        json.put("role", instance.role() == null ? app.role() : instance.role());
    }

    private static void networks(ArrayNode json, App app, @org.jspecify.annotations.Nullable Run run) {
        if (run == null || app.isOnHostNetwork()) {
            return;
        }
        for (Network network : app.networks()) {
            ObjectNode one = json.addObject();
            if (network.name() != null) {
                one.put("name", network.name());
            }
            ArrayNode addresses = one.putArray("addresses");
            run.addresses().forEach(address -> addresses.add(address.ipAddress()));
        }
    }

    private static void container(
            ObjectNode json, Instance instance, PodContainer container, Member member, int firstPort) {
        json.put("name", container.name());
        json.put("status", member.state() == null ? "TASK_STAGING" : member.state());
        json.put("statusSince", Version.text(member.since()));
        if (!member.message().isEmpty()) {
            json.put("message", member.message());
        }
        ArrayNode conditions = json.putArray("conditions");
        if (container.healthCheck() != null) {
            conditions
                    .addObject()
                    .put("name", "healthy")
                    .put("value", Boolean.TRUE.equals(member.healthy()) ? "true" : "false")
                    .put("reason", member.healthy() == null ? "health-unreported-by-mesos" : "health-reported-by-mesos")
                    .put("lastChanged", Version.text(member.since()))
                    .put("lastUpdated", Version.text(member.since()));
        }
        json.put("containerId", instance.id().task(container.name(), instance.incarnation()));
        endpoints(json.putArray("endpoints"), instance, container, member, firstPort);
        json.putObject("resources")
                .put("cpus", container.resources().cpus() / 1000.0)
                .put("mem", container.resources().mem() / 1000.0)
                .put("disk", container.resources().disk() / 1000.0)
                .put("gpus", container.resources().gpus());
        if (member.isOver()) {
            ObjectNode termination = json.putObject("termination");
            if (member.exitCode() != null) {
                termination.put("exitCode", member.exitCode());
            }
            termination.put("message", member.message());
        }
        json.put("lastUpdated", Version.text(member.since())).put("lastChanged", Version.text(member.since()));
    }

    private static void endpoints(
            ArrayNode json, Instance instance, PodContainer container, Member member, int firstPort) {
        List<Integer> ports =
                instance.run() == null ? List.of() : instance.run().ports();
        for (int i = 0; i < container.endpoints().size(); i++) {
            String name = container.endpoints().get(i).name();
            ObjectNode one = json.addObject().put("name", name);
            int port = firstPort + i < ports.size() ? ports.get(firstPort + i) : 0;
            if (port != 0) {
                one.put("allocatedHostPort", port);
            }
            boolean checked = container.healthCheck() != null
                    && name.equals(container.healthCheck().endpoint());
            if (checked && member.healthy() != null) {
                one.put("healthy", member.healthy());
            }
        }
    }

    /** The last end of one of its containers, as far as it is remembered. */
    private void history(ArrayNode json, App pod, List<Instance> instances) {
        Failure failure = view.lastFailure(pod.id()).orElse(null);
        if (failure == null) {
            return;
        }
        InstanceId id = InstanceId.ofTask(failure.taskId());
        Instant started = instances.stream()
                .filter(instance -> instance.id().equals(id))
                .map(Instance::scheduledAt)
                .findFirst()
                .orElse(failure.version().at());
        ObjectNode one = json.addObject()
                .put("instanceID", id.value())
                .put("startedAt", Version.text(started))
                .put("terminatedAt", Version.text(failure.timestamp()))
                .put("message", failure.message());
        one.putArray("containers")
                .addObject()
                .put("containerId", failure.taskId())
                .put("lastKnownState", failure.state());
    }

    /** An instance as it is answered when it is killed. */
    public static ObjectNode killed(Instance instance, Optional<App> pod) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("instanceId").put("idString", instance.id().value());
        ObjectNode state = json.putObject("state")
                .put("condition", condition(instance.condition()))
                .put("since", Version.text(instance.since()));
        if (instance.run() != null && instance.run().startedAt() != null) {
            state.put("activeSince", Version.text(instance.run().startedAt()));
        }
        if (instance.healthy() != null) {
            state.put("healthy", instance.healthy());
        }
        state.put(
                "goal", instance.goal() == org.nucleus.marathon.core.state.Goal.RUNNING ? "Running" : "Decommissioned");
        if (instance.run() != null) {
            ObjectNode agent = json.putObject("agentInfo")
                    .put("host", instance.run().host())
                    .put("agentId", instance.run().agent());
            agent.putArray("attributes");
        }
        json.put("runSpecVersion", instance.version().toString());
        pod.ifPresent(app -> AppWriter.unreachable(json, app.policy()));
        return json;
    }

    private static String condition(Condition condition) {
        String name = condition.name();
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
