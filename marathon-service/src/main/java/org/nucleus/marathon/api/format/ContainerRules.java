package org.nucleus.marathon.api.format;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Container;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Network;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Volume;

/** What must hold of containers, networks, volumes and limits. Source: AppValidation, NetworkValidation. */
final class ContainerRules {
    private static final Pattern SEGMENT = Pattern.compile("[^./][^/]*");

    private ContainerRules() {}

    static void check(App app, Problems problems) {
        networks(app.networks(), problems);
        mappings(app, problems);
        limits(app.footprint(), "/resourceLimits", problems);
        Container container = app.container();
        if (container != null) {
            container(app, container, problems);
        }
        if (app.isResident()) {
            resident(app, problems);
        }
        app.program().secretEnv().values().stream()
                .filter(name -> !app.program().secrets().containsKey(name))
                .forEach(name -> problems.add("/env", "references an undefined secret named '" + name + "'"));
    }

    static void networks(List<Network> networks, Problems problems) {
        long distinctModes = networks.stream().map(Network::mode).distinct().count();
        boolean onlyOne = networks.size() > 1 && networks.getFirst().mode() != Network.Mode.CONTAINER;
        if (distinctModes > 1 || onlyOne) {
            problems.add(
                    "/networks",
                    "Must specify only a single host network, a single bridge network, or 1-to-n container networks.");
        }
        for (int i = 0; i < networks.size(); i++) {
            Network network = networks.get(i);
            String path = "/networks(" + i + ")";
            boolean container = network.mode() == Network.Mode.CONTAINER;
            if (container && network.name() == null) {
                problems.add(path + "/name", "Network name must be specified when container network is selected.");
            }
            if (!container && network.name() != null) {
                problems.add(path + "/name", "must be empty");
            }
            if (network.mode() == Network.Mode.HOST && !network.labels().isEmpty()) {
                problems.add(path + "/labels", "must be empty");
            }
        }
        List<String> names =
                networks.stream().map(Network::name).filter(Objects::nonNull).toList();
        if (new LinkedHashSet<>(names).size() < names.size()) {
            problems.add("/networks", "Each network must have a unique name.");
        }
    }

    private static void mappings(App app, Problems problems) {
        List<PortDefinition> definitions = app.ports().definitions();
        for (int i = 0; i < definitions.size(); i++) {
            var mapping = definitions.get(i).mapping();
            String path = "/container/portMappings(" + i + ")";
            if (mapping == null) {
                continue;
            }
            if (app.networks().size() > 1
                    && mapping.hostPort() != null
                    && mapping.networkNames().size() != 1) {
                problems.add(
                        path, "networkNames must have exactly one element when hostPort is used on several networks");
            }
            boolean unknown = mapping.networkNames().stream()
                    .anyMatch(name -> app.networks().stream().noneMatch(network -> name.equals(network.name())));
            if (unknown) {
                problems.add(path + "/networkNames", "must refer to the app's networks");
            }
        }
    }

    static void limits(Footprint footprint, String path, Problems problems) {
        Double cpus = footprint.cpuLimit();
        Double mem = footprint.memLimit();
        if (cpus != null && cpus * 1000 < footprint.cpus()) {
            problems.add(path + "/cpus", "resource limit must be greater than or equal to requested resource amount");
        }
        if (mem != null && mem * 1000 < footprint.mem()) {
            problems.add(path + "/mem", "resource limit must be greater than or equal to requested resource amount");
        }
    }

    private static void container(App app, Container container, Problems problems) {
        boolean docker = container.kind() == Container.Kind.DOCKER;
        var image = container.image();
        if (docker && image == null) {
            problems.add("/container/docker", "not defined");
        }
        if (docker && app.footprint().gpus() > 0) {
            problems.add("/", "GPU resources only work with the Mesos containerizer");
        }
        if (docker && app.networks().size() > 1) {
            problems.add(
                    "/networks", "may only specify a single container network when using the Docker container engine");
        }
        if (!docker && image != null) {
            if (image.privileged()) {
                problems.add("/container/docker/privileged", "is only supported by DOCKER containers");
            }
            if (!image.parameters().isEmpty()) {
                problems.add("/container/docker/parameters", "is only supported by DOCKER containers");
            }
        }
        if (docker && image != null && image.pullSecret() != null) {
            problems.add("/container/docker/pullConfig", "is not supported with the DOCKER containerizer");
        }
        for (int i = 0; i < container.volumes().size(); i++) {
            volume(container.volumes().get(i), app, "/container/volumes(" + i + ")", problems);
        }
    }

    private static void volume(Volume volume, App app, String path, Problems problems) {
        switch (volume) {
            case Volume.Host _ -> {
                // the agent knows whether it may be mounted
            }
            case Volume.Secret(var ignored, var secret) -> {
                if (!app.program().secrets().containsKey(secret)) {
                    problems.add(path + "/secret", "references an undefined secret named '" + secret + "'");
                }
            }
            case Volume.Persistent persistent -> persistent(persistent, path, problems);
        }
    }

    static void persistent(Volume.Persistent volume, String path, Problems problems) {
        if (volume.size() <= 0) {
            problems.add(path + "/persistent/size", "got " + volume.size() + ", expected more than 0");
        }
        if (volume.type() != Volume.DiskType.ROOT || volume.profileName() != null) {
            problems.add(
                    path + "/persistent/type", "only disks of type 'root' are supported by this version of Nucleus");
        }
        if (volume.maxSize() != null || !volume.constraints().isEmpty()) {
            problems.add(path + "/persistent", "maxSize and constraints are not allowed for root disks");
        }
        if (!SEGMENT.matcher(volume.containerPath()).matches()) {
            problems.add(path + "/containerPath", "value must not contain \"/\" and not begin with a dot");
        }
    }

    static void resident(App app, Problems problems) {
        if (app.role().equals("*")) {
            problems.add("/role", "Resident apps cannot have the role *");
        }
        if (!app.placement().acceptedResourceRoles().equals(List.of("*"))) {
            problems.add("/acceptedResourceRoles", "A resident app must have acceptedResourceRoles [\"*\"]");
        }
        if (app.policy().unreachable() != null) {
            problems.add("/unreachableStrategy", "unreachableStrategy must be disabled for resident tasks");
        }
        if (app.policy().upgrade().maximumOverCapacity() > 0) {
            problems.add("/upgradeStrategy/maximumOverCapacity", "must be 0 for apps with persistent volumes");
        }
        if (app.daemon()) {
            problems.add("/daemon", "An app with persistent volumes cannot be a daemon");
        }
    }
}
