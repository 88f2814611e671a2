package org.nucleus.marathon.core.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Run;

/** The variables a task finds: where it is, its ports, what it was made from. The app's own win. Source: EnvironmentHelper. */
final class TaskEnvironment {
    private static final int LABEL_MOST = 512;

    private TaskEnvironment() {}

    static SequencedMap<String, String> of(App app, Instance instance, Run run) {
        SequencedMap<String, String> env = new LinkedHashMap<>();
        task(app, instance, env);
        labels(app.labels(), env);
        env.put("HOST", run.host());
        ports(app.ports().definitions(), run.ports(), env);
        env.putAll(app.program().env());
        return env;
    }

    private static void task(App app, Instance instance, Map<String, String> env) {
        env.put("MESOS_TASK_ID", instance.taskId());
        env.put("MARATHON_APP_ID", app.id().value());
        env.put("MARATHON_APP_VERSION", app.version().toString());
        env.put("MARATHON_APP_RESOURCE_CPUS", amount(app.footprint().cpus()));
        env.put("MARATHON_APP_RESOURCE_MEM", amount(app.footprint().mem()));
        env.put("MARATHON_APP_RESOURCE_DISK", amount(app.footprint().disk()));
        env.put("MARATHON_APP_RESOURCE_GPUS", Integer.toString(app.footprint().gpus()));
        env.put("MARATHON_APP_ENFORCE_GROUP_ROLE", "false");
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

    private static void ports(List<PortDefinition> definitions, List<Integer> taken, Map<String, String> env) {
        if (taken.isEmpty()) {
            return;
        }
        for (int i = 0; i < taken.size(); i++) {
            String number = Integer.toString(taken.get(i));
            PortDefinition definition = definitions.get(i);
            env.put("PORT" + i, number);
            if (definition.port() != 0) {
                env.put("PORT_" + definition.port(), number);
            }
            if (definition.name() != null) {
                env.put("PORT_" + name(definition.name()), number);
            }
        }
        env.put("PORT", Integer.toString(taken.getFirst()));
        env.put("PORTS", taken.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    private static String name(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]+", "_");
    }

    private static String amount(long thousandths) {
        return Double.toString(thousandths / 1000.0);
    }
}
