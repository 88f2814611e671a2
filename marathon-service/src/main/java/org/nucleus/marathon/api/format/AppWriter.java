package org.nucleus.marathon.api.format;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Fetch;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Network;
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
        if (app.container() != null) {
            ContainerWriter.write(json.putObject("container"), app);
        }
        constraints(json, app.placement().constraints());
        json.put("cpus", app.footprint().cpus() / 1000.0);
        texts(
                json,
                "dependencies",
                app.dependencies().stream().map(Object::toString).toList());
        json.put("disk", app.footprint().disk() / 1000.0);
        env(json, "env", app.program().env(), app.program().secretEnv());
        json.put("executor", app.program().executor());
        fetch(json, app.program().fetch());
        healthChecks(json, app.healthChecks());
        CheckWriter.write(json, app);
        json.put("instances", app.instances());
        map(json.putObject("labels"), app.labels());
        number(json, "maxLaunchDelaySeconds", app.policy().backoff().mostSeconds());
        json.put("mem", app.footprint().mem() / 1000.0);
        json.put("gpus", app.footprint().gpus());
        networks(json.putArray("networks"), app.networks());
        ports(json, app);
        limits(json, "resourceLimits", app.footprint());
        policy(json, app);
        extras(json, app);
        return json;
    }

    private static void extras(ObjectNode json, App app) {
        if (app.isResident()) {
            json.putObject("residency")
                    .put("relaunchEscalationTimeoutSeconds", 3600)
                    .put("taskLostBehavior", "WAIT_FOREVER");
        }
        secrets(json, app.program().secrets());
        if (app.program().tty()) {
            json.put("tty", true);
        }
        if (app.daemon()) {
            json.put("daemon", true);
        }
        if (app.policy().replacesFirst()) {
            json.put("unhealthyReplacement", "REPLACE_FIRST");
        }
    }

    static void secrets(ObjectNode json, Map<String, String> secrets) {
        if (!secrets.isEmpty()) {
            ObjectNode all = json.putObject("secrets");
            secrets.forEach((name, source) -> all.putObject(name).put("source", source));
        }
    }

    static void env(ObjectNode json, String name, Map<String, String> values, Map<String, String> secrets) {
        if (values.isEmpty() && secrets.isEmpty()) {
            return;
        }
        ObjectNode env = json.putObject(name);
        map(env, values);
        secrets.forEach((key, secret) -> env.putObject(key).put("secret", secret));
    }

    static void networks(ArrayNode json, List<Network> networks) {
        if (networks.isEmpty()) {
            json.addObject().put("mode", Network.Mode.HOST.wireName());
        }
        for (Network network : networks) {
            ObjectNode one = json.addObject();
            if (!network.labels().isEmpty()) {
                map(one.putObject("labels"), network.labels());
            }
            one.put("mode", network.mode().wireName());
            if (network.name() != null) {
                one.put("name", network.name());
            }
        }
    }

    static void limits(ObjectNode json, String name, Footprint footprint) {
        if (footprint.cpuLimit() == null && footprint.memLimit() == null) {
            return;
        }
        ObjectNode limits = json.putObject(name);
        limit(limits, "cpus", footprint.cpuLimit());
        limit(limits, "mem", footprint.memLimit());
    }

    private static void limit(ObjectNode json, String name, @Nullable Double limit) {
        if (limit != null && limit.isInfinite()) {
            json.put(name, "unlimited");
        } else if (limit != null) {
            json.put(name, limit);
        }
    }

    private static void policy(ObjectNode json, App app) {
        Policy policy = app.policy();
        if (policy.killGracePeriodSeconds() != null) {
            json.put("taskKillGracePeriodSeconds", policy.killGracePeriodSeconds());
        }
        upgrade(json.putObject("upgradeStrategy"), policy);
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
        unreachable(json, policy);
        json.put("role", app.role());
    }

    private static void upgrade(ObjectNode json, Policy policy) {
        json.put("maximumOverCapacity", policy.upgrade().maximumOverCapacity())
                .put("minimumHealthCapacity", policy.upgrade().minimumHealthCapacity());
        Policy.Limits limits = policy.limits();
        if (limits == null) {
            return;
        }
        if (limits.deadlineSeconds() != null) {
            json.put("deadlineSeconds", limits.deadlineSeconds());
        }
        if (limits.maxFailures() != null) {
            json.put("maxFailures", limits.maxFailures());
        }
        json.put("automaticRollback", limits.rollsBack());
    }

    static void unreachable(ObjectNode json, Policy policy) {
        Policy.UnreachableStrategy unreachable = policy.unreachable();
        if (unreachable == null) {
            json.put("unreachableStrategy", "disabled");
        } else {
            json.putObject("unreachableStrategy")
                    .put("inactiveAfterSeconds", unreachable.inactiveAfterSeconds())
                    .put("expungeAfterSeconds", unreachable.expungeAfterSeconds());
        }
    }

    private static void ports(ObjectNode json, App app) {
        if (!app.isOnHostNetwork()) {
            json.put("requirePorts", app.ports().required());
            return;
        }
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

    static void constraints(ObjectNode json, List<Constraint> constraints) {
        if (constraints.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray("constraints");
        for (Constraint constraint : constraints) {
            ArrayNode one = list.addArray().add(constraint.field()).add(AppReader.operator(constraint));
            if (constraint.value() != null) {
                one.add(constraint.value());
            }
        }
    }

    private static void fetch(ObjectNode json, List<Fetch> fetch) {
        fetch(json, "fetch", fetch);
    }

    static void fetch(ObjectNode json, String name, List<Fetch> fetch) {
        if (fetch.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray(name);
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
        json.put("ipProtocol", check.ipProtocol() == null ? "IPv4" : check.ipProtocol());
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

    static void texts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode list = json.putArray(name);
            texts.forEach(list::add);
        }
    }

    static void map(ObjectNode json, Map<String, String> map) {
        map.forEach(json::put);
    }

    /** Whole numbers without a fraction, as the original writes them. */
    static void number(ObjectNode json, String name, double value) {
        if (value == Math.rint(value)) {
            json.put(name, (long) value);
        } else {
            json.put(name, value);
        }
    }
}
