package org.nucleus.marathon.api.format;

import java.util.List;
import java.util.Map;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Fetch;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Version;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes an app's definition in the original's order of fields; what is absent is left out. */
public final class AppWriter {
    private AppWriter() {}

    public static ObjectNode write(App app) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", app.id().value());
        texts(json, "acceptedResourceRoles", app.placement().acceptedResourceRoles());
        texts(json, "args", app.program().args());
        json.put("backoffFactor", app.policy().backoff().factor());
        number(json, "backoffSeconds", app.policy().backoff().seconds());
        if (app.program().cmd() != null) {
            json.put("cmd", app.program().cmd());
        }
        constraints(json, app.placement().constraints());
        json.put("cpus", app.footprint().cpus() / 1000.0);
        texts(
                json,
                "dependencies",
                app.dependencies().stream().map(Object::toString).toList());
        json.put("disk", app.footprint().disk() / 1000.0);
        if (!app.program().env().isEmpty()) {
            map(json.putObject("env"), app.program().env());
        }
        json.put("executor", app.program().executor());
        fetch(json, app.program().fetch());
        healthChecks(json, app.healthChecks());
        json.put("instances", app.instances());
        map(json.putObject("labels"), app.labels());
        number(json, "maxLaunchDelaySeconds", app.policy().backoff().mostSeconds());
        json.put("mem", app.footprint().mem() / 1000.0);
        json.put("gpus", app.footprint().gpus());
        json.putArray("networks").addObject().put("mode", "host");
        ports(json, app);
        policy(json, app);
        return json;
    }

    private static void policy(ObjectNode json, App app) {
        Policy policy = app.policy();
        if (policy.killGracePeriodSeconds() != null) {
            json.put("taskKillGracePeriodSeconds", policy.killGracePeriodSeconds());
        }
        json.putObject("upgradeStrategy")
                .put("maximumOverCapacity", policy.upgrade().maximumOverCapacity())
                .put("minimumHealthCapacity", policy.upgrade().minimumHealthCapacity());
        if (app.program().user() != null) {
            json.put("user", app.program().user());
        }
        if (!app.version().equals(Version.NONE)) {
            json.put("version", app.version().toString());
            json.putObject("versionInfo")
                    .put("lastScalingAt", app.versionInfo().lastScalingAt().toString())
                    .put(
                            "lastConfigChangeAt",
                            app.versionInfo().lastConfigChangeAt().toString());
        }
        json.put("killSelection", policy.killSelection().name());
        Policy.UnreachableStrategy unreachable = policy.unreachable();
        if (unreachable == null) {
            json.put("unreachableStrategy", "disabled");
        } else {
            json.putObject("unreachableStrategy")
                    .put("inactiveAfterSeconds", unreachable.inactiveAfterSeconds())
                    .put("expungeAfterSeconds", unreachable.expungeAfterSeconds());
        }
        json.put("role", app.role());
    }

    private static void ports(ObjectNode json, App app) {
        ArrayNode definitions = json.putArray("portDefinitions");
        for (PortDefinition definition : app.ports().definitions()) {
            ObjectNode one = definitions.addObject().put("port", definition.port());
            if (!definition.labels().isEmpty()) {
                map(one.putObject("labels"), definition.labels());
            }
            if (definition.name() != null) {
                one.put("name", definition.name());
            }
            one.put("protocol", definition.protocol());
        }
        json.put("requirePorts", app.ports().required());
    }

    private static void constraints(ObjectNode json, List<Constraint> constraints) {
        if (constraints.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray("constraints");
        for (Constraint constraint : constraints) {
            ArrayNode one = list.addArray()
                    .add(constraint.field())
                    .add(constraint.operator().name());
            if (constraint.value() != null) {
                one.add(constraint.value());
            }
        }
    }

    private static void fetch(ObjectNode json, List<Fetch> fetch) {
        if (fetch.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray("fetch");
        for (Fetch one : fetch) {
            ObjectNode node = list.addObject()
                    .put("uri", one.uri())
                    .put("extract", one.extract())
                    .put("executable", one.executable())
                    .put("cache", one.cache());
            if (one.destPath() != null) {
                node.put("destPath", one.destPath());
            }
        }
    }

    private static void healthChecks(ObjectNode json, List<HealthCheck> checks) {
        if (checks.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray("healthChecks");
        checks.forEach(check -> list.add(healthCheck(check)));
    }

    public static ObjectNode healthCheck(HealthCheck check) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (check.command() != null) {
            json.putObject("command").put("value", check.command());
        }
        json.put("gracePeriodSeconds", check.gracePeriodSeconds());
        if (check.protocol() == HealthCheck.Protocol.HTTP || check.protocol() == HealthCheck.Protocol.HTTPS) {
            json.put("ignoreHttp1xx", check.ignoreHttp1xx());
        }
        json.put("intervalSeconds", check.intervalSeconds());
        json.put("ipProtocol", "IPv4");
        json.put("maxConsecutiveFailures", check.maxConsecutiveFailures());
        if (check.path() != null) {
            json.put("path", check.path());
        }
        if (check.port() != null) {
            json.put("port", check.port());
        }
        if (check.portIndex() != null) {
            json.put("portIndex", check.portIndex());
        }
        json.put("protocol", check.protocol().name());
        json.put("timeoutSeconds", check.timeoutSeconds());
        number(json, "delaySeconds", check.delaySeconds());
        return json;
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode list = json.putArray(name);
            texts.forEach(list::add);
        }
    }

    private static void map(ObjectNode json, Map<String, String> map) {
        map.forEach(json::put);
    }

    /** Whole numbers without a fraction, as the original writes them. */
    private static void number(ObjectNode json, String name, double value) {
        if (value == Math.rint(value)) {
            json.put(name, (long) value);
        } else {
            json.put(name, value);
        }
    }
}
