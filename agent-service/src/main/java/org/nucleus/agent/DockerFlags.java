package org.nucleus.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.nucleus.agent.containerizer.ByType;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.containerizer.docker.DockerContainerizer;
import org.nucleus.agent.containerizer.docker.DockerSettings;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.service.flags.FlagsException;

/** The flags about Docker, and what the agent makes of them. */
final class DockerFlags {
    private DockerFlags() {}

    /** The containerizers that {@code --containerizers} names; {@code processes} is one of them. */
    static Containerizer open(AgentProperties properties, Path workDir, Containerizer processes, Fetcher fetcher)
            throws IOException {
        Set<String> names = new TreeSet<>(List.of(properties.containerizers().split(",")));
        if (!names.contains("mesos") || !Set.of("docker", "mesos").containsAll(names)) {
            throw new FlagsException(
                    "--containerizers must be mesos or docker,mesos, not '" + properties.containerizers() + "'.");
        }
        if (!names.contains("docker")) {
            return new ByType(processes, null);
        }
        return new ByType(processes, new DockerContainerizer(settings(properties, workDir), fetcher));
    }

    private static DockerSettings settings(AgentProperties properties, Path workDir) {
        return new DockerSettings(
                properties.dockerSocket(),
                workDir.resolve("docker"),
                properties.dockerPullTimeout(),
                properties.dockerRemoveDelay(),
                properties.dockerKillOrphans(),
                properties.cgroupsEnableCfs(),
                properties.switchUser(),
                properties.dockerConfig());
    }
}
