package org.nucleus.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.OwnCluster;
import org.nucleus.conformance.cluster.ServiceProcess;

/**
 * A framework and an executor written for libmesos, as processes with the driver's jar before the original's, on masters
 * and an agent that come and go.
 */
@OwnCluster
class DriverTest {
    private final Launcher launcher;
    private final List<ServiceProcess> masters = new ArrayList<>();
    private final String zooKeeper;
    private final ServiceProcess agent;

    DriverTest(Launcher launcher) {
        this.launcher = launcher;
        this.zooKeeper = launcher.zooKeeper();
        this.masters.add(master());
        this.masters.add(master());
        this.agent = launcher.agent(zooKeeper, "--executor_reregistration_timeout=15secs");
    }

    private ServiceProcess master() {
        return launcher.master("--zk=" + zooKeeper, "--zk_session_timeout=8secs");
    }

    @BeforeAll
    void awaitCluster() throws IOException {
        launcher.awaitLeader(1);
        for (OriginalJar jar : OriginalJar.values()) {
            Files.createDirectories(classes(jar));
            jar.compile(classes(jar), "EchoFramework", "EchoExecutor");
        }
    }

    @AfterAll
    void end() {
        launcher.close();
    }

    private Path classes(OriginalJar jar) {
        return launcher.directory().resolve(jar.name());
    }

    private Program framework(OriginalJar jar, String... id) throws IOException {
        String classPath = jar.classPath(classes(jar));
        List<String> arguments = new ArrayList<>(
                List.of(zooKeeper, Framework.USER, String.join(" ", Program.command(classPath, "EchoExecutor"))));
        arguments.addAll(List.of(id));
        return new Program(classPath, "EchoFramework", arguments);
    }

    private static String id(Program framework) throws InterruptedException {
        return framework.await("registered ").substring("registered ".length());
    }

    /** Launches a task and hears the executor answer for it. */
    private static void launch(Program framework, String task) throws InterruptedException {
        framework.tell("launch " + task);
        assertThat(framework.await("update " + task)).isEqualTo("update " + task + " TASK_RUNNING data of " + task);
        talk(framework, "hello");
    }

    private static void talk(Program framework, String text) throws InterruptedException {
        framework.tell("message " + text);
        framework.await("message echo of " + text);
    }

    private static void stop(Program framework) throws InterruptedException {
        framework.tell("stop");
        framework.await("ended DRIVER_STOPPED");
        assertThat(framework.awaitEnd()).isZero();
    }

    @ParameterizedTest
    @EnumSource(OriginalJar.class)
    void aFrameworkAndItsExecutorRunUnmodified(OriginalJar jar) throws Exception {
        try (Program framework = framework(jar)) {
            assertThat(id(framework)).isNotEmpty();
            launch(framework, "one");
            launch(framework, "two");
            framework.tell("message finish one");
            framework.await("update one TASK_FINISHED");
            framework.tell("kill two");
            framework.await("update two TASK_KILLED");
            stop(framework);
        }
    }

    @Test
    void aFrameworksNextProcessFindsItsTasksAndExecutor() throws Exception {
        String id;
        try (Program first = framework(OriginalJar.UNSHADED)) {
            id = id(first);
            launch(first, "kept");
            first.kill();
        }
        try (Program second = framework(OriginalJar.UNSHADED, id)) {
            assertThat(id(second)).isEqualTo(id);
            second.tell("reconcile");
            assertThat(second.await("update kept")).startsWith("update kept TASK_RUNNING");
            talk(second, "are you there");
            stop(second);
        }
    }

    @Test
    void aDriverStoppedForFailoverLeavesItsTasksRunning() throws Exception {
        String id;
        try (Program first = framework(OriginalJar.SHADED)) {
            id = id(first);
            launch(first, "kept");
            first.tell("failover");
            first.await("ended DRIVER_STOPPED");
        }
        try (Program second = framework(OriginalJar.SHADED, id)) {
            assertThat(id(second)).isEqualTo(id);
            second.tell("reconcile");
            assertThat(second.await("update kept")).startsWith("update kept TASK_RUNNING");
            stop(second);
        }
    }

    @Test
    void anAgentsRestartIsNotNoticedByTheTask() throws Exception {
        try (Program framework = framework(OriginalJar.UNSHADED)) {
            id(framework);
            launch(framework, "surviving");
            agent.kill();
            agent.startAgain();
            launcher.awaitLeader(1);
            // A message is no promise: one that finds agent or executor not back yet is lost.
            do {
                framework.tell("message after all");
            } while (!framework.says("message echo of after all"));
            assertThat(framework.saidSoFar()).noneMatch(line -> line.startsWith("update surviving TASK_LOST"));
            stop(framework);
        }
    }

    @Test
    void anotherMasterTakesOver() throws Exception {
        try (Program framework = framework(OriginalJar.UNSHADED)) {
            id(framework);
            launch(framework, "constant");
            ServiceProcess leader = masters.stream()
                    .filter(ServiceProcess::isAlive)
                    .filter(master -> Launcher.activeAgents(master.peer()) >= 0)
                    .filter(master ->
                            master.peer().get("/redirect").header("Location").endsWith(":" + master.port()))
                    .findFirst()
                    .orElseThrow();
            leader.kill();
            framework.await("disconnected");
            framework.await("reregistered");
            launcher.awaitLeader(1);
            framework.tell("reconcile");
            assertThat(framework.await("update constant")).startsWith("update constant TASK_RUNNING");
            talk(framework, "new times");
            leader.startAgain();
            stop(framework);
        }
    }
}
