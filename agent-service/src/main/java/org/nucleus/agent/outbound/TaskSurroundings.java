package org.nucleus.agent.outbound;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Surroundings;
import org.nucleus.agent.containerizer.Volume;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.LinuxInfo;
import org.nucleus.wire.MountPropagation;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Secret;
import org.nucleus.wire.Volume.Source;

/**
 * What the wire says of a container's volumes and processes, in the containerizer's words; what this agent cannot give
 * is refused. Source: isolators/volume/host_path.cpp, sandbox_path.cpp and secret.cpp, isolators/filesystem/linux.cpp.
 *
 * @param sandbox of the container
 * @param parent the sandbox of the container around it; absent if there is none
 * @param persistent where the data of a persistent volume is
 */
record TaskSurroundings(Path sandbox, @Nullable Path parent, Function<Resource, Path> persistent) {
    /** Of a container with those resources. */
    Surroundings of(@Nullable ContainerInfo container, @Nullable CommandInfo command, List<Resource> resources)
            throws LaunchFailed {
        refuseUnknownSecrets(command);
        List<Volume> volumes = new ArrayList<>();
        for (Resource resource : resources) {
            persistent(resource).ifPresent(volumes::add);
        }
        if (container == null) {
            return new Surroundings(volumes, false);
        }
        for (org.nucleus.wire.Volume volume : container.volumes()) {
            boolean readOnly = volume.mode() == org.nucleus.wire.Volume.Mode.RO;
            volumes.add(new Volume(volume.containerPath(), readOnly, source(volume)));
        }
        LinuxInfo linux = container.linuxInfo();
        return new Surroundings(volumes, linux != null && Boolean.TRUE.equals(linux.sharePidNamespace()));
    }

    private Optional<Volume> persistent(Resource resource) throws LaunchFailed {
        Resource.DiskInfo disk = resource.disk();
        if (disk == null || disk.persistence() == null || disk.volume() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Volume(
                    disk.volume().containerPath(),
                    disk.volume().mode() == org.nucleus.wire.Volume.Mode.RO,
                    new Volume.Source.Persistent(persistent.apply(resource), resource.shared() != null)));
        } catch (IllegalArgumentException e) {
            throw new LaunchFailed(String.valueOf(e.getMessage()), e);
        }
    }

    private Volume.Source source(org.nucleus.wire.Volume volume) throws LaunchFailed {
        String path = volume.containerPath();
        if (volume.image() != null) {
            throw new LaunchFailed("The volume '" + path + "' of an image is not supported by this agent");
        }
        String host = volume.hostPath();
        if (host != null) {
            // A relative one means the sandbox, from before there were volumes of sandbox paths.
            return Path.of(host).isAbsolute()
                    ? new Volume.Source.Host(Path.of(host))
                    : new Volume.Source.Sandbox(sandbox, host);
        }
        Source source = volume.source();
        if (source == null || source.type() == null) {
            throw new LaunchFailed("The volume '" + path + "' has no source that this agent knows");
        }
        return switch (source.type()) {
            case HOST_PATH -> host(path, source.hostPath());
            case SANDBOX_PATH -> sandboxPath(path, source.sandboxPath());
            case SECRET ->
                new Volume.Source.Secret(new Volume.Content(secret(source.secret(), "volume '" + path + "'")));
            case DOCKER_VOLUME, CSI_VOLUME, UNKNOWN ->
                throw new LaunchFailed(
                        "The volume '" + path + "' of type " + source.type() + " is not supported by this agent");
        };
    }

    private static Volume.Source host(String path, Source.@Nullable HostPath host) throws LaunchFailed {
        if (host == null) {
            throw new LaunchFailed("The volume '" + path + "' of type HOST_PATH has no host_path");
        }
        MountPropagation propagation = host.mountPropagation();
        if (propagation != null && propagation.mode() == MountPropagation.Mode.BIDIRECTIONAL) {
            throw new LaunchFailed(
                    "The volume '" + path + "' asks for BIDIRECTIONAL mount propagation, which this agent"
                            + " does not support: mounts of a container stay its own");
        }
        return new Volume.Source.Host(Path.of(host.path()));
    }

    private Volume.Source sandboxPath(String path, Source.@Nullable SandboxPath given) throws LaunchFailed {
        if (given == null || given.type() == null || given.type() == Source.SandboxPath.Type.UNKNOWN) {
            throw new LaunchFailed("The volume '" + path + "' of type SANDBOX_PATH does not say whose sandbox");
        }
        if (given.type() == Source.SandboxPath.Type.SELF) {
            return new Volume.Source.Sandbox(sandbox, given.path());
        }
        if (parent == null) {
            throw new LaunchFailed("The volume '" + path + "' is of the parent's sandbox, and the container has none");
        }
        return new Volume.Source.Sandbox(parent, given.path());
    }

    private static void refuseUnknownSecrets(@Nullable CommandInfo command) throws LaunchFailed {
        if (command == null || command.environment() == null) {
            return;
        }
        for (Environment.Variable variable : command.environment().variables()) {
            if (variable.type() == Environment.Variable.Type.SECRET) {
                secret(variable.secret(), "environment variable '" + variable.name() + "'");
            }
        }
    }

    private static byte[] secret(@Nullable Secret secret, String where) throws LaunchFailed {
        if (secret != null && secret.value() != null) {
            return secret.value().data().toByteArray();
        }
        throw new LaunchFailed("The secret of " + where + " is a reference, and this agent has no resolver for those."
                + " Give its value.");
    }
}
