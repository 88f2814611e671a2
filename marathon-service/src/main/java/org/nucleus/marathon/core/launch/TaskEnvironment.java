package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonState;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Run;

/** The variables a task finds: where it is, its ports, what it was made from. The app's own win. Source: EnvironmentHelper. */
final class TaskEnvironment {
    private static final int LABEL_MOST = 512;

    private final MarathonState state;
    private final String prefix;

    TaskEnvironment(MarathonState state) {
        this.state = state;
        this.prefix = state.settings().tasks().envPrefix();
    }

    SequencedMap<String, String> of(App app, Instance instance, Run run) {
        SequencedMap<String, String> env = new LinkedHashMap<>();
        env.put("MESOS_TASK_ID", instance.taskId());
        app(app, env);
        resources("MARATHON_APP_RESOURCE_", app.footprint(), env);
        if (app.container() != null && app.container().image() != null) {
            env.put("MARATHON_APP_DOCKER_IMAGE", app.container().image().name());
        }
        labels(app.labels(), env);
        env.put(prefix + "HOST", run.host());
        ports(app.ports().definitions(), run.ports(), env);
        env.putAll(app.program().env());
        return env;
    }

    /** Of one container of a pod. */
    SequencedMap<String, String> of(App app, Instance instance, Run run, Pod.PodContainer container) {
        SequencedMap<String, String> env = new LinkedHashMap<>();
        env.put("HOST", run.host());
        env.put("MESOS_TASK_ID", instance.id().task(container.name(), instance.incarnation()));
        env.put("MESOS_EXECUTOR_ID", instance.id().executor());
        app(app, env);
        env.put("MARATHON_CONTAINER_ID", container.name());
        resources("MARATHON_CONTAINER_RESOURCE_", container.resources(), env);
        Map<String, String> labels = new LinkedHashMap<>(app.labels());
        labels.putAll(container.labels());
        labels(labels, env);
        endpoints(app, run, env);
        env.putAll(app.program().env());
        env.putAll(container.env());
        return env;
    }

    private void app(App app, Map<String, String> env) {
        env.put("MARATHON_APP_ID", app.id().value());
        env.put("MARATHON_APP_VERSION", app.version().toString());
        env.put("MARATHON_APP_ENFORCE_GROUP_ROLE", Boolean.toString(isRoleEnforced(app)));
    }

    private boolean isRoleEnforced(App app) {
        return state.groups().values().stream()
                .anyMatch(group -> group.enforceRole() && app.id().isBelow(group.id()));
    }

    private static void resources(String prefix, Footprint footprint, Map<String, String> env) {
        env.put(prefix + "CPUS", amount(footprint.cpus()));
        env.put(prefix + "MEM", amount(footprint.mem()));
        env.put(prefix + "DISK", amount(footprint.disk()));
        env.put(prefix + "GPUS", Integer.toString(footprint.gpus()));
    }

    private static void labels(Map<String, String> labels, Map<String, String> env) {
        Map<String, String> shown = new LinkedHashMap<>();
        labels.forEach((key, value) -> {
            if (key.length() < LABEL_MOST && value.length() < LABEL_MOST) {
                shown.put(name(key), value);
            }
        });
        env.put("MARATHON_APP_LABELS", String.join(" ", shown.keySet()));
        shown.forEach((key, value) -> env.put("MARATHON_APP_LABEL_" + key, value));
    }

    /** Ports of the host; of a port that isn't published there, the container's. */
    private void ports(List<PortDefinition> definitions, List<Integer> taken, Map<String, String> env) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            PortDefinition definition = definitions.get(i);
            int inside = inside(definition.mapping(), taken.get(i));
            String number = Integer.toString(taken.get(i) == 0 ? inside : taken.get(i));
            shown.add(number);
            env.put(prefix + "PORT" + i, number);
            int asked = definition.mapping() == null ? definition.port() : inside;
            if (asked != 0) {
                env.put(prefix + "PORT_" + asked, number);
            }
            if (definition.name() != null) {
                env.put(prefix + "PORT_" + name(definition.name()), number);
            }
        }
        if (!shown.isEmpty()) {
            env.put(prefix + "PORT", shown.getFirst());
            env.put(prefix + "PORTS", String.join(",", shown));
        }
    }

    private static int inside(PortDefinition.@Nullable Mapping mapping, int hostPort) {
        return mapping == null || mapping.containerPort() == 0 ? hostPort : mapping.containerPort();
    }

    private static void endpoints(App app, Run run, Map<String, String> env) {
        List<Pod.Endpoint> endpoints = app.pod() == null ? List.of() : app.pod().endpoints();
        for (int i = 0; i < endpoints.size(); i++) {
            Pod.Endpoint endpoint = endpoints.get(i);
            String name = name(endpoint.name());
            int host = run.ports().get(i);
            Integer inside = endpoint.containerPort();
            if (host != 0) {
                env.put("EP_HOST_" + name, Integer.toString(host));
            }
            if (inside != null) {
                env.put("EP_CONTAINER_" + name, Integer.toString(inside == 0 ? host : inside));
            }
            env.put("ENDPOINT_" + name, Integer.toString(inside == null || inside == 0 ? host : inside));
        }
    }

    private static String name(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]+", "_");
    }

    private static String amount(long thousandths) {
        return Double.toString(thousandths / 1000.0);
    }
}
