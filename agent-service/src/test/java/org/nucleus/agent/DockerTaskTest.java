package org.nucleus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.ContainerInfo.DockerInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;

/** A task that asks for an engine where there is none fails, and says so. */
class DockerTaskTest {
    @TempDir
    Path directory;

    @Test
    void withoutTheContainerizerItFailsWithTheFlagsName() throws Exception {
        try (RunningAgent agent = new RunningAgent(directory)) {
            assertFailed(agent, "--containerizers=docker,mesos");
        }
    }

    @Test
    void withoutAnEngineItFailsWithTheSocketsName() throws Exception {
        Path socket = directory.resolve("engine.sock");
        try (RunningAgent agent =
                new RunningAgent(directory, "--containerizers=docker,mesos", "--docker_socket=" + socket)) {
            assertFailed(agent, "The Docker engine at " + socket + " does not answer");
            agent.run("plain", "true");
            assertThat(agent.acknowledge("plain", TaskState.TASK_FINISHED).state())
                    .isEqualTo(TaskState.TASK_FINISHED);
        }
    }

    private static void assertFailed(RunningAgent agent, String why) throws Exception {
        ContainerInfo container = ContainerInfo.builder()
                .type(ContainerInfo.Type.DOCKER)
                .docker(DockerInfo.builder().image("busybox").build())
                .build();
        agent.run("docked", CommandInfo.builder().value("true").build(), container);
        TaskStatus status = agent.acknowledge("docked", TaskState.TASK_FAILED);
        assertThat(status.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(status.reason()).isEqualTo(Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(status.message()).contains(why);
    }
}
