package org.nucleus.agent.containerizer.docker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.ContainerInfo.DockerInfo;
import org.nucleus.wire.Parameter;
import org.nucleus.wire.RLimitInfo.RLimit;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The engine's request to create a container, from a launch. Source: docker/docker.cpp, Docker::RunOptions::create and
 * Docker::run, whose command line's options are fields here.
 */
final class Creation {
    /** Whose agent's a container is: the agent's work directory. */
    static final String AGENT_LABEL = "org.nucleus.agent";
    /** The id the container has among its agent's. */
    static final String CONTAINER_LABEL = "org.nucleus.container";
    /** Where a container finds its sandbox. Source: docs/docker-containerizer.md of the original. */
    static final String SANDBOX = "/mnt/mesos/sandbox";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ULIMIT_PREFIX = "RLMT_";

    private final Launch launch;
    private final ContainerInfo info;
    private final DockerInfo docker;
    private final ObjectNode container = JSON.createObjectNode();
    private final ObjectNode host = container.putObject("HostConfig");

    private Creation(Launch launch, Launch.Docker given, DockerInfo docker) {
        this.launch = launch;
        this.info = given.info();
        this.docker = docker;
    }

    /** The original's, by which people know it in the engine's own lists. */
    static String nameOf(ContainerId id) {
        return nameOf(id.value());
    }

    static String nameOf(String id) {
        return "mesos-" + id;
    }

    /**
     * Fails with what the launch asks for and an engine cannot give.
     *
     * @param quotas whether what a container requests of the CPU is also the most it gets
     */
    static ObjectNode of(Launch launch, String agent, boolean quotas) throws LaunchFailed {
        Launch.Docker given = Objects.requireNonNull(launch.docker());
        DockerInfo docker = given.info().docker();
        if (docker == null) {
            throw new LaunchFailed("A container of type DOCKER needs 'docker' with an image");
        }
        return new Creation(launch, given, docker).made(agent, quotas, given.ports());
    }

    private ObjectNode made(String agent, boolean quotas, List<Value.Range> ports) throws LaunchFailed {
        container.put("Image", docker.image());
        container
                .putObject("Labels")
                .put(AGENT_LABEL, agent)
                .put(CONTAINER_LABEL, launch.id().value());
        command();
        environment();
        network(ports);
        volumes();
        host.put("Privileged", docker.privileged());
        // The agent copies the output to the sandbox from the engine's own files, which must keep all of it.
        ObjectNode log = host.putObject("LogConfig").put("Type", "json-file");
        log.putObject("Config").put("max-size", "1000000g").put("max-file", "1");
        host.setAll(EngineLimits.of(launch.limits(), quotas));
        ulimits();
        for (Parameter parameter : docker.parameters()) {
            Parameters.apply(parameter, container);
        }
        return container;
    }

    /** A shell's line, or what the image's entrypoint is given. */
    private void command() {
        CommandInfo command = launch.command();
        List<String> words = new ArrayList<>();
        if (command.shell()) {
            container.putArray("Entrypoint").add("/bin/sh");
            words.add("-c");
        }
        if (command.value() != null) {
            words.add(command.value());
        }
        if (!command.shell()) {
            words.addAll(command.arguments());
        }
        if (!words.isEmpty()) {
            words.forEach(container.putArray("Cmd")::add);
        }
    }

    private void environment() {
        var list = container.putArray("Env");
        launch.environment().forEach((name, value) -> {
            if (!name.equals("MESOS_SANDBOX")) {
                list.add(name + "=" + value);
            }
        });
        list.add("MESOS_SANDBOX=" + SANDBOX);
        list.add("MESOS_CONTAINER_NAME=" + nameOf(launch.id()));
    }

    private void network(List<Value.Range> ports) throws LaunchFailed {
        boolean hosts = docker.network() == DockerInfo.Network.HOST;
        host.put("NetworkMode", networkMode());
        if (info.hostname() != null) {
            if (hosts) {
                throw new LaunchFailed("Unable to set the hostname of a container with the host's network");
            }
            container.put("Hostname", info.hostname());
        }
        if (docker.portMappings().isEmpty()) {
            return;
        }
        if (hosts || docker.network() == DockerInfo.Network.NONE) {
            throw new LaunchFailed("Port mappings are only supported for bridge and user-defined networks");
        }
        for (DockerInfo.PortMapping mapping : docker.portMappings()) {
            publish(mapping, ports);
        }
    }

    private void publish(DockerInfo.PortMapping mapping, List<Value.Range> ports) throws LaunchFailed {
        int port = mapping.hostPort();
        if (ports.stream().noneMatch(range -> range.begin() <= port && port <= range.end())) {
            throw new LaunchFailed("Port [" + port + "] not included in resources");
        }
        String protocol =
                mapping.protocol() == null ? "tcp" : mapping.protocol().toLowerCase(Locale.ROOT);
        Parameters.publish(container, "", Integer.toString(port), mapping.containerPort() + "/" + protocol);
    }

    private String networkMode() throws LaunchFailed {
        return switch (docker.network()) {
            case HOST -> "host";
            case BRIDGE -> "bridge";
            case NONE -> "none";
            case USER -> userNetwork();
        };
    }

    private String userNetwork() throws LaunchFailed {
        if (info.networkInfos().size() > 1) {
            throw new LaunchFailed("Multiple network infos are not supported");
        }
        String name = info.networkInfos().isEmpty()
                ? null
                : info.networkInfos().getFirst().name();
        if (name == null || name.isEmpty()) {
            throw new LaunchFailed("No network name found in network info");
        }
        return name;
    }

    private void volumes() throws LaunchFailed {
        var binds = host.putArray("Binds");
        binds.add(launch.sandbox() + ":" + SANDBOX + ":rw");
        for (var volume : launch.surroundings().volumes()) {
            binds.add(persistent(volume));
        }
        String driver = docker.volumeDriver();
        for (Volume volume : info.volumes()) {
            String mode = volume.mode() == Volume.Mode.RO ? "ro" : "rw";
            String source = source(volume, driver != null);
            if (source.isEmpty()) {
                container.withObjectProperty("Volumes").putObject(volume.containerPath());
            } else {
                binds.add(source + ":" + volume.containerPath() + ":" + mode);
            }
            if (volume.source() != null && volume.source().dockerVolume() != null) {
                driver = agreed(driver, volume.source().dockerVolume());
            }
        }
        if (driver != null) {
            host.put("VolumeDriver", driver);
        }
    }

    /** The engine has one driver a container. */
    private static @Nullable String agreed(@Nullable String driver, Volume.Source.DockerVolume volume)
            throws LaunchFailed {
        if (volume.driverOptions() != null
                && !volume.driverOptions().parameter().isEmpty()) {
            throw new LaunchFailed("Options of the driver of the volume '" + volume.name()
                    + "' are not supported: create the volume with them first");
        }
        if (volume.driver() != null && driver != null && !driver.equals(volume.driver())) {
            throw new LaunchFailed("Only one volume driver is supported for a container");
        }
        return driver == null ? volume.driver() : driver;
    }

    private String persistent(org.nucleus.agent.containerizer.Volume volume) throws LaunchFailed {
        if (!(volume.source() instanceof org.nucleus.agent.containerizer.Volume.Source.Persistent(Path path, var _))) {
            throw new LaunchFailed("The volume '" + volume.containerPath() + "' is not one for a Docker container");
        }
        String inside = volume.containerPath().startsWith("/")
                ? volume.containerPath()
                : SANDBOX + "/" + volume.containerPath();
        return path + ":" + inside + (volume.readOnly() ? ":ro" : ":rw");
    }

    /** A path of the machine, a volume's name, or nothing for a volume of the engine's own making. */
    private String source(Volume volume, boolean named) throws LaunchFailed {
        String path = volume.containerPath();
        if (volume.image() != null) {
            throw new LaunchFailed("The volume '" + path + "' of an image is not supported in a Docker container");
        }
        String given = volume.hostPath();
        if (given != null) {
            return named || Path.of(given).isAbsolute() ? given : inSandbox(given);
        }
        Volume.Source source = volume.source();
        if (source == null) {
            return "";
        }
        if (source.dockerVolume() != null) {
            return source.dockerVolume().name();
        }
        if (source.hostPath() != null) {
            return source.hostPath().path();
        }
        if (source.sandboxPath() != null && source.sandboxPath().type() == Volume.Source.SandboxPath.Type.SELF) {
            return inSandbox(source.sandboxPath().path());
        }
        throw new LaunchFailed(
                "The volume '" + path + "' of type " + source.type() + " is not supported in a Docker container");
    }

    private String inSandbox(String path) throws LaunchFailed {
        Path inside = launch.sandbox().resolve(path).normalize();
        if (!inside.startsWith(launch.sandbox())) {
            throw new LaunchFailed("The volume's path '" + path + "' leads out of the sandbox");
        }
        return inside.toString();
    }

    private void ulimits() {
        var list = host.putArray("Ulimits");
        for (RLimit limit : launch.limits().rlimits()) {
            if (limit.type() != null) {
                String name =
                        limit.type().name().substring(ULIMIT_PREFIX.length()).toLowerCase(Locale.ROOT);
                list.addObject()
                        .put("Name", name)
                        .put("Soft", limit.soft() == null ? -1 : limit.soft())
                        .put("Hard", limit.hard() == null ? -1 : limit.hard());
            }
        }
    }

    /** A command to run beside the first of a running container. */
    static ObjectNode beside(Launch launch) {
        ObjectNode command = JSON.createObjectNode().put("AttachStdout", true).put("AttachStderr", true);
        var words = command.putArray("Cmd");
        CommandInfo given = launch.command();
        if (given.shell()) {
            words.add("/bin/sh").add("-c").add(String.valueOf(given.value()));
        } else {
            // As everywhere: the value is what runs, the arguments begin with its own name for itself.
            words.add(String.valueOf(given.value()));
            given.arguments().stream().skip(1).forEach(words::add);
        }
        var list = command.putArray("Env");
        launch.environment().forEach((name, value) -> {
            if (!name.equals("MESOS_SANDBOX")) {
                list.add(name + "=" + value);
            }
        });
        return command;
    }
}
