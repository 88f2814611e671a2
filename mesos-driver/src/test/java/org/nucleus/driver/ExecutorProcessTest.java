package org.nucleus.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.Executor;
import org.apache.mesos.ExecutorDriver;
import org.apache.mesos.MesosExecutorDriver;
import org.apache.mesos.Protos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.executor.Call;
import org.nucleus.wire.executor.Event;

/** An executor as frameworks write it, in a process of its own, started with the environment that an agent gives. */
class ExecutorProcessTest {
    private FakeAgent agent;
    private Process process;

    /** Finishes each task at once, and ends when told to; unless it is stubborn. */
    static final class InstantExecutor implements Executor {
        private final boolean stubborn;

        private InstantExecutor(boolean stubborn) {
            this.stubborn = stubborn;
        }

        public static void main(String[] arguments) {
            boolean stubborn = arguments.length > 0;
            Protos.Status status = new MesosExecutorDriver(new InstantExecutor(stubborn)).run();
            System.exit(status == Protos.Status.DRIVER_STOPPED ? 0 : 1);
        }

        @Override
        public void launchTask(ExecutorDriver driver, Protos.TaskInfo task) {
            driver.sendStatusUpdate(Protos.TaskStatus.newBuilder()
                    .setTaskId(task.getTaskId())
                    .setState(Protos.TaskState.TASK_FINISHED)
                    .build());
        }

        @Override
        public void shutdown(ExecutorDriver driver) {
            if (!stubborn) {
                driver.stop();
            }
        }

        @Override
        public void registered(
                ExecutorDriver driver,
                Protos.ExecutorInfo executorInfo,
                Protos.FrameworkInfo frameworkInfo,
                Protos.SlaveInfo slaveInfo) {}

        @Override
        public void reregistered(ExecutorDriver driver, Protos.SlaveInfo slaveInfo) {}

        @Override
        public void disconnected(ExecutorDriver driver) {}

        @Override
        public void killTask(ExecutorDriver driver, Protos.TaskID taskId) {}

        @Override
        public void frameworkMessage(ExecutorDriver driver, byte[] data) {}

        @Override
        public void error(ExecutorDriver driver, String message) {}
    }

    @BeforeEach
    void startAgent() throws Exception {
        agent = new FakeAgent();
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
        agent.close();
    }

    @Test
    void runsATaskAndEndsWhenToldTo() throws Exception {
        process = executor();
        FakeAgent.Stream stream = agent.subscribed();
        stream.send(Event.builder()
                .type(Event.Type.LAUNCH)
                .launch(new Event.Launch(
                        OriginalMessages.toWire(Samples.task("t1").toByteArray(), TaskInfo.class)))
                .build());
        Call.Update update = agent.awaitCall().update();
        assertThat(update.status().state()).isEqualTo(TaskState.TASK_FINISHED);
        stream.send(Event.builder().type(Event.Type.SHUTDOWN).build());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void isKilledWhenItsGraceIsOver() throws Exception {
        process = executor("stubborn");
        agent.subscribed().send(Event.builder().type(Event.Type.SHUTDOWN).build());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
    }

    private Process executor(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                InstantExecutor.class.getName());
        builder.command().addAll(List.of(arguments));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(agent.environment());
        environment.remove("MESOS_LOCAL");
        environment.put("MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", arguments.length == 0 ? "1mins" : "100ms");
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
