package org.nucleus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;

/** The agent as a process of its own, ended by signals. */
class AgentKilledTest {
    private static final FrameworkId FRAMEWORK = new FrameworkId("F");

    @TempDir
    Path directory;

    private FakeMaster master;
    private Process agent;

    @BeforeEach
    void start() throws IOException {
        master = new FakeMaster(0, 1);
        agent = startAgent();
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (agent.isAlive()) {
            signal("USR1");
        }
        master.close();
    }

    @Test
    void aKilledAgentLosesNoTaskAndNoUpdateAndSigusr1EndsBoth() throws IOException, InterruptedException {
        subscribed();
        String nap = nap(1);
        run("survivor", "exec sleep " + nap);
        run("counter", "echo started >> " + directory.resolve("count") + "; exec sleep 600");
        TaskStatus unacknowledged = update("survivor");
        update("counter");
        agent.destroyForcibly().waitFor();

        agent = startAgent();
        AgentCall subscribe = subscribed();
        assertThat(subscribe.agentId()).isEqualTo(FakeMaster.AGENT);
        assertThat(subscribe.subscribe().tasks())
                .extracting(Task::state)
                .containsExactly(TaskState.TASK_RUNNING, TaskState.TASK_RUNNING);
        assertThat(update("survivor").uuid()).isEqualTo(unacknowledged.uuid());
        assertThat(directory.resolve("count")).content().isEqualTo("started\n");
        assertThat(sleeper(nap)).isPresent();

        signal("USR1");
        assertThat(agent.exitValue()).isZero();
        assertThat(sleeper(nap)).isEmpty();
    }

    @Test
    void whoCleansUpEndsItsTasksAndItselfAndTheNextOneIsNew() throws IOException, InterruptedException {
        assertThat(subscribed().agentId()).isNull();
        String nap = nap(2);
        run("survivor", "exec sleep " + nap);
        update("survivor");
        agent.destroyForcibly().waitFor();
        assertThat(sleeper(nap)).isPresent();

        agent = startAgent("--recover=cleanup");
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(sleeper(nap)).isEmpty();
        assertThat(directory.resolve("agent.log")).content().contains("Started to clean up");

        agent = startAgent();
        AgentCall subscribe = subscribed();
        assertThat(subscribe.agentId()).isNull();
        assertThat(subscribe.subscribe().tasks()).isEmpty();
    }

    @Test
    void anUnusableFlagEndsTheStartWithOneSentence() throws IOException, InterruptedException {
        Path log = directory.resolve("second.log");
        Process second = java(log, "--master=127.0.0.1:1", "--work_dir=" + directory.resolve("w2"), "--recovery=x");

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(log).content().contains("--recover");
    }

    /** How long to sleep: as nobody else on this machine does. */
    private static String nap(int number) {
        return "600." + ProcessHandle.current().pid() + number;
    }

    /** Found by its argument: the number that a task knows its process by may be its namespace's own. */
    private static Optional<ProcessHandle> sleeper(String nap) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).equals(List.of(nap)))
                        .isPresent())
                .findFirst();
    }

    private Process startAgent(String... more) throws IOException {
        List<String> flags = new ArrayList<>(List.of(
                "--master=127.0.0.1:" + master.port(),
                "--work_dir=" + directory.resolve("work"),
                "--ip=127.0.0.1",
                "--port=0",
                "--no-switch_user",
                "--registration_backoff_factor=50ms",
                "--executor_shutdown_grace_period=1secs"));
        flags.addAll(List.of(more));
        return java(directory.resolve("agent.log"), flags.toArray(String[]::new));
    }

    private static Process java(Path log, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AgentApplication.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("MESOS_"));
        File to = log.toFile();
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(to))
                .start();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(agent.pid()))
                .start()
                .waitFor();
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private AgentCall subscribed() throws InterruptedException {
        return master.next(call -> call.type() == AgentCall.Type.SUBSCRIBE);
    }

    private void run(String id, String command) throws IOException {
        FrameworkInfo framework = FrameworkInfo.builder()
                .user(System.getProperty("user.name"))
                .name("test")
                .id(FRAMEWORK)
                .build();
        TaskInfo task = TaskInfo.builder()
                .name(id)
                .taskId(new TaskId(id))
                .agentId(FakeMaster.AGENT)
                .command(CommandInfo.builder().value(command).build())
                .build();
        master.send(AgentEvent.runTask(1, new AgentEvent.RunTask(framework, task)));
    }

    private TaskStatus update(String task) throws InterruptedException {
        AgentCall call = master.next(each ->
                each.update() != null && each.update().status().taskId().value().equals(task));
        return call.update().status();
    }
}
