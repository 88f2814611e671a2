package org.nucleus.agent.containerizer.docker;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.wire.Parameter;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code docker.parameters}: options of the engine's command line, as fields of its API. What has no field there, or
 * would take the container out of the agent's hands, is refused by name.
 */
final class Parameters {
    private static final Map<String, Rule> RULES = rules();

    private Parameters() {}

    /** Sets a field by an option's text. */
    private interface Rule {
        void set(ObjectNode container, String value) throws LaunchFailed;
    }

    static void apply(Parameter parameter, ObjectNode container) throws LaunchFailed {
        Rule rule = RULES.get(parameter.key());
        if (rule == null) {
            throw new LaunchFailed("The Docker parameter '" + parameter.key() + "' is not supported by this agent");
        }
        try {
            rule.set(container, parameter.value());
        } catch (NumberFormatException e) {
            throw new LaunchFailed(
                    "The Docker parameter '" + parameter.key() + "' cannot be '" + parameter.value() + "'", e);
        }
    }

    /** @param inside port and protocol, {@code 80/tcp} */
    static void publish(ObjectNode container, String address, String port, String inside) {
        container.withObjectProperty("ExposedPorts").putObject(inside);
        host(container)
                .withObjectProperty("PortBindings")
                .withArrayProperty(inside)
                .addObject()
                .put("HostIp", address)
                .put("HostPort", port);
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new TreeMap<>();
        identity(rules);
        network(rules);
        resources(rules);
        security(rules);
        return Map.copyOf(rules);
    }

    private static void identity(Map<String, Rule> rules) {
        Rule variable = (container, value) -> container.withArrayProperty("Env").add(value);
        add(rules, variable, "env", "e");
        add(rules, (container, value) -> pair(container.withObjectProperty("Labels"), value), "label", "l");
        add(rules, (container, value) -> container.put("User", value), "user", "u");
        add(rules, (container, value) -> container.put("WorkingDir", value), "workdir", "w");
        add(rules, (container, value) -> container.put("Hostname", value), "hostname", "h");
        add(rules, (container, value) -> container.put("Domainname", value), "domainname");
        add(rules, (container, value) -> container.put("StopSignal", value), "stop-signal");
        add(rules, (container, value) -> container.putArray("Entrypoint").add(value), "entrypoint");
        add(rules, (container, value) -> host(container).put("Init", flag(value)), "init");
        add(rules, (container, value) -> host(container).put("Runtime", value), "runtime");
    }

    private static void network(Map<String, Rule> rules) {
        add(rules, text("NetworkMode"), "net", "network");
        add(rules, list("Dns"), "dns");
        add(rules, list("DnsSearch"), "dns-search");
        add(rules, list("DnsOptions"), "dns-opt", "dns-option");
        add(rules, list("ExtraHosts"), "add-host");
        add(rules, list("Links"), "link");
        add(rules, (container, value) -> container.put("MacAddress", value), "mac-address");
        add(rules, (container, value) -> published(container, value), "publish", "p");
        add(
                rules,
                (container, value) ->
                        container.withObjectProperty("ExposedPorts").putObject(port(value)),
                "expose");
        add(
                rules,
                (container, value) ->
                        endpoint(container).withArrayProperty("Aliases").add(value),
                "network-alias",
                "net-alias");
        add(rules, (container, value) -> address(container).put("IPv4Address", value), "ip");
        add(rules, (container, value) -> address(container).put("IPv6Address", value), "ip6");
    }

    private static void resources(Map<String, Rule> rules) {
        add(rules, bytes("Memory"), "memory", "m");
        add(rules, bytes("MemorySwap"), "memory-swap");
        add(rules, bytes("MemoryReservation"), "memory-reservation");
        add(rules, number("MemorySwappiness"), "memory-swappiness");
        add(rules, number("CpuShares"), "cpu-shares", "c");
        add(rules, number("CpuPeriod"), "cpu-period");
        add(rules, number("CpuQuota"), "cpu-quota");
        add(rules, text("CpusetCpus"), "cpuset-cpus");
        add(rules, text("CpusetMems"), "cpuset-mems");
        add(rules, number("BlkioWeight"), "blkio-weight");
        add(rules, number("PidsLimit"), "pids-limit");
        add(rules, bytes("ShmSize"), "shm-size");
        add(rules, number("OomScoreAdj"), "oom-score-adj");
        add(rules, list("Binds"), "volume", "v");
        add(rules, text("VolumeDriver"), "volume-driver");
        add(rules, list("VolumesFrom"), "volumes-from");
        add(rules, Parameters::tmpfs, "tmpfs");
        add(rules, Parameters::device, "device");
        add(rules, Parameters::ulimit, "ulimit");
        add(rules, (container, value) -> pair(host(container).withObjectProperty("StorageOpt"), value), "storage-opt");
        add(rules, text("CgroupParent"), "cgroup-parent");
    }

    private static void security(Map<String, Rule> rules) {
        add(rules, list("CapAdd"), "cap-add");
        add(rules, list("CapDrop"), "cap-drop");
        add(rules, list("SecurityOpt"), "security-opt");
        add(rules, list("GroupAdd"), "group-add");
        add(rules, (container, value) -> pair(host(container).withObjectProperty("Sysctls"), value), "sysctl");
        add(rules, (container, value) -> host(container).put("Privileged", flag(value)), "privileged");
        add(rules, (container, value) -> host(container).put("ReadonlyRootfs", flag(value)), "read-only");
        add(rules, text("IpcMode"), "ipc");
        add(rules, text("PidMode"), "pid");
        add(rules, text("UTSMode"), "uts");
        add(rules, text("UsernsMode"), "userns");
    }

    private static void add(Map<String, Rule> rules, Rule rule, String... keys) {
        List.of(keys).forEach(key -> rules.put(key, rule));
    }

    private static Rule text(String field) {
        return (container, value) -> host(container).put(field, value);
    }

    private static Rule list(String field) {
        return (container, value) -> host(container).withArrayProperty(field).add(value);
    }

    private static Rule number(String field) {
        return (container, value) -> host(container).put(field, Long.parseLong(value));
    }

    private static Rule bytes(String field) {
        return (container, value) -> host(container).put(field, bytesOf(value));
    }

    /** {@code 64m}: a number and a unit of b, k, m or g; bytes without one. */
    static long bytesOf(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        int shift = "bkmg".indexOf(plain.isEmpty() ? ' ' : plain.charAt(plain.length() - 1));
        return shift < 0
                ? Long.parseLong(plain)
                : Long.parseLong(plain.substring(0, plain.length() - 1)) << (10 * shift);
    }

    private static boolean flag(String value) {
        return switch (value) {
            case "true", "1", "" -> true;
            case "false", "0" -> false;
            default -> throw new NumberFormatException("neither true nor false");
        };
    }

    private static void pair(ObjectNode target, String value) {
        int equals = value.indexOf('=');
        target.put(equals < 0 ? value : value.substring(0, equals), equals < 0 ? "" : value.substring(equals + 1));
    }

    /** {@code [[address:]port:]port[/protocol]}. */
    private static void published(ObjectNode container, String value) {
        int inside = value.lastIndexOf(':');
        String outside = inside < 0 ? "" : value.substring(0, inside);
        int address = outside.lastIndexOf(':');
        publish(
                container,
                address < 0 ? "" : outside.substring(0, address),
                outside.substring(address + 1),
                port(value.substring(inside + 1)));
    }

    private static String port(String value) {
        return value.contains("/") ? value : value + "/tcp";
    }

    /** {@code /path[:options]}. */
    private static void tmpfs(ObjectNode container, String value) {
        int colon = value.indexOf(':');
        host(container)
                .withObjectProperty("Tmpfs")
                .put(colon < 0 ? value : value.substring(0, colon), colon < 0 ? "" : value.substring(colon + 1));
    }

    /** {@code /dev/outside[:/dev/inside[:permissions]]}. */
    private static void device(ObjectNode container, String value) {
        String[] parts = value.split(":", 3);
        host(container)
                .withArrayProperty("Devices")
                .addObject()
                .put("PathOnHost", parts[0])
                .put("PathInContainer", parts.length > 1 ? parts[1] : parts[0])
                .put("CgroupPermissions", parts.length > 2 ? parts[2] : "rwm");
    }

    /** {@code name=soft[:hard]}. */
    private static void ulimit(ObjectNode container, String value) {
        String[] parts = value.split("[=:]", 3);
        long soft = Long.parseLong(parts.length > 1 ? parts[1] : "");
        host(container)
                .withArrayProperty("Ulimits")
                .addObject()
                .put("Name", parts[0])
                .put("Soft", soft)
                .put("Hard", parts.length > 2 ? Long.parseLong(parts[2]) : soft);
    }

    private static ObjectNode address(ObjectNode container) {
        return endpoint(container).withObjectProperty("IPAMConfig");
    }

    private static ObjectNode endpoint(ObjectNode container) {
        String network = host(container).path("NetworkMode").asString("");
        return container
                .withObjectProperty("NetworkingConfig")
                .withObjectProperty("EndpointsConfig")
                .withObjectProperty(network);
    }

    private static ObjectNode host(ObjectNode container) {
        return container.withObjectProperty("HostConfig");
    }
}
