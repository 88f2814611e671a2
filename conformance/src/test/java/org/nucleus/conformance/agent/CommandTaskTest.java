package org.nucleus.conformance.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;
import static org.nucleus.conformance.wire.Json.object;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The life of a task that is a command. Source: launcher/executor.cpp and its tests. */
@SharedCluster
class CommandTaskTest {
    private final Master operator;
    private final Peer master;
    private final Peer agent;

    CommandTaskTest(Master master) {
        this.operator = master;
        this.master = master.peer();
        this.agent = master.agentPeer();
    }

    /** A file of a task's sandbox, once it holds something. */
    private String sandboxFile(Framework framework, String task, String file) {
        String path = "/frameworks/" + framework.id() + "/executors/" + task + "/runs/latest/" + file;
        return Launcher.PATIENCE.until(
                "the task's " + file,
                () -> Optional.of(agent.get("/files/download?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8)))
                        .filter(reply -> reply.status() == 200)
                        .map(Reply::text)
                        .filter(text -> !text.isEmpty()));
    }

    private static void launchCommand(Framework framework, String id, ObjectNode command) {
        JsonNode offer = framework.offer();
        ObjectNode task = Tasks.plain(id, offer);
        task.set("command", command);
        framework.launch(offer, task);
    }

    @Test
    void aCommandThatEndsWithZeroIsFinished() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("good", offer, "exit 0"));
            assertThat(framework.await("good", "TASK_FINISHED").path("source").asString())
                    .isEqualTo("SOURCE_EXECUTOR");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"exit 3|Command exited with status 3", "kill -9 $$|Command terminated with signal Killed"})
    void aCommandThatEndsOtherwiseIsFailedAndSaysHow(String command, String message) {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("bad", offer, command));
            JsonNode failed = framework.await("bad", "TASK_FAILED");
            assertThat(failed.path("message").asString()).isEqualTo(message);
        }
    }

    @Test
    void withoutShellArgumentsAreTakenAsTheyAre() {
        try (Framework framework = Framework.subscribe(master)) {
            launchCommand(
                    framework,
                    "args",
                    object("{'shell': false, 'value': '/bin/echo', 'arguments': ['echo', '$HOME and  more']}"));
            framework.await("args", "TASK_FINISHED");
            assertThat(sandboxFile(framework, "args", "stdout")).contains("$HOME and  more");
        }
    }

    @Test
    void aCommandThatCannotBeRunIsFailed() {
        try (Framework framework = Framework.subscribe(master)) {
            launchCommand(framework, "none", object("{'shell': false, 'value': '/nowhere/program'}"));
            framework.await("none", "TASK_FAILED");
        }
    }

    @Test
    void aCommandRunsInItsSandboxAndItsOutputIsThere() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("here", offer, "pwd; echo oops >&2; touch made"));
            framework.await("here", "TASK_FINISHED");
            assertThat(sandboxFile(framework, "here", "stdout")).contains("/executors/here/runs/");
            assertThat(sandboxFile(framework, "here", "stderr")).contains("oops");
            assertThat(agent.read("/files/browse?path=/frameworks/" + framework.id() + "/executors/here/runs/latest")
                            .toString())
                    .contains("/made\"");
        }
    }

    @Test
    void aCommandSeesItsOwnEnvironmentAndTheAgentsForAll() {
        try (Framework framework = Framework.subscribe(master)) {
            launchCommand(
                    framework,
                    "env",
                    object("{'value': 'env', 'environment': {'variables': [{'name': 'OWN', 'value': 'a b'}]}}"));
            framework.await("env", "TASK_FINISHED");
            assertThat(sandboxFile(framework, "env", "stdout").lines())
                    .contains("OWN=a b", "MESOS_FRAMEWORK_ID=" + framework.id(), "MESOS_ALLOCATION_ROLE=*");
        }
    }

    @Test
    void aKilledCommandIsKilledWhateverItsExitCode() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("polite", "trap 'exit 0' TERM; while true; do sleep 0.1; done");
            framework.kill("polite");
            framework.await("polite", "TASK_KILLED");
        }
    }

    @Test
    void killingTakesTheWholeTreeOfProcesses() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("tree", "sleep 1000 & echo $! > child; sleep 1000");
            String child = sandboxFile(framework, "tree", "child").strip();
            framework.kill("tree");
            framework.await("tree", "TASK_KILLED");
            Launcher.PATIENCE.untilTrue(
                    "the child's end", () -> !Files.exists(Path.of("/proc", child, "cmdline")) || isDead(child));
        }
    }

    private static boolean isDead(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .map(process -> process.info().command().isEmpty())
                .orElse(true);
    }

    @Test
    void aStubbornCommandIsForcedAfterTheKillsGrace() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("stubborn", "trap '' TERM; while true; do sleep 0.1; done");
            framework.call(
                    "KILL",
                    "{'task_id': {'value': 'stubborn'}, 'kill_policy': {'grace_period': {'nanoseconds': 100000000}}}");
            framework.await("stubborn", "TASK_KILLED");
        }
    }

    @Test
    void withTheCapabilityKillingIsAnnounced() {
        try (Framework framework = Framework.subscribe(master, "TASK_KILLING_STATE")) {
            framework.run("announced", "sleep 1000");
            framework.kill("announced");
            framework.await("announced", "TASK_KILLING");
            framework.await("announced", "TASK_KILLED");
        }
    }

    @Test
    void withoutTheCapabilityKillingIsNotAnnounced() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("silent", "sleep 1000");
            framework.kill("silent");
            assertThat(framework.update("silent").path("state").asString()).isEqualTo("TASK_KILLED");
        }
    }

    @Test
    void aCommandThatTakesTooLongIsFailed() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.command("slow", offer, "sleep 1000");
            task.set("max_completion_time", json("{'nanoseconds': 200000000}"));
            framework.launch(offer, task);
            JsonNode failed = framework.await("slow", "TASK_FAILED");
            assertThat(failed.path("reason").asString()).isEqualTo("REASON_MAX_COMPLETION_TIME_REACHED");
        }
    }

    @Test
    void aHealthyTaskSaysSo() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.command("healthy", offer, "sleep 1000");
            task.set(
                    "health_check",
                    json("{'type': 'COMMAND', 'command': {'value': 'exit 0'},"
                            + " 'delay_seconds': 0, 'grace_period_seconds': 0, 'interval_seconds': 0.1}"));
            framework.launch(offer, task);
            framework.await("healthy", "TASK_RUNNING");
            JsonNode checked = framework.update("healthy");
            assertThat(checked.path("state").asString()).isEqualTo("TASK_RUNNING");
            assertThat(checked.path("healthy").asBoolean()).isTrue();
            assertThat(checked.path("reason").asString()).isEqualTo("REASON_TASK_HEALTH_CHECK_STATUS_UPDATED");
        }
    }

    @Test
    void aTaskThatFailsItsHealthChecksIsKilled() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.command("sick", offer, "sleep 1000");
            task.set(
                    "health_check",
                    json("{'type': 'COMMAND', 'command': {'value': 'exit 1'}, 'delay_seconds': 0,"
                            + " 'grace_period_seconds': 0, 'interval_seconds': 0.1, 'consecutive_failures': 2}"));
            framework.launch(offer, task);
            JsonNode killed = framework.await("sick", "TASK_KILLED");
            assertThat(killed.path("healthy").asBoolean(true)).isFalse();
        }
    }

    @Test
    void aCheckReportsWhatItSees() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.command("checked", offer, "sleep 1000");
            task.set(
                    "check",
                    json("{'type': 'COMMAND', 'command': {'command': {'value': 'exit 4'}},"
                            + " 'delay_seconds': 0, 'interval_seconds': 0.1}"));
            framework.launch(offer, task);
            framework.await("checked", "TASK_RUNNING");
            JsonNode status = framework.update("checked");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_TASK_CHECK_STATUS_UPDATED");
            assertThat(status.at("/check_status/command/exit_code").asInt()).isEqualTo(4);
        }
    }

    @Test
    void urisAreFetchedIntoTheSandbox(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("source.txt");
        Files.writeString(source, "fetched");
        try (Framework framework = Framework.subscribe(master)) {
            launchCommand(
                    framework,
                    "fetch",
                    object("{'value': 'cat other', 'uris': [{'value': '%s', 'output_file': 'other'}]}", source));
            framework.await("fetch", "TASK_FINISHED");
            assertThat(sandboxFile(framework, "fetch", "stdout")).contains("fetched");
        }
    }

    @Test
    void anArchiveIsExtracted(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("inside"), "extracted");
        new ProcessBuilder("tar", "czf", "a.tgz", "inside")
                .directory(folder.toFile())
                .start()
                .onExit()
                .join();
        try (Framework framework = Framework.subscribe(master)) {
            launchCommand(
                    framework,
                    "extract",
                    object("{'value': 'cat inside', 'uris': [{'value': '%s'}]}", folder.resolve("a.tgz")));
            framework.await("extract", "TASK_FINISHED");
            assertThat(sandboxFile(framework, "extract", "stdout")).contains("extracted");
        }
    }

    @Test
    void aUriThatCannotBeFetchedFailsTheTask() {
        try (Framework framework = Framework.subscribe(master)) {
            launchCommand(framework, "nofile", object("{'value': 'true', 'uris': [{'value': '/nowhere/file'}]}"));
            JsonNode failed = framework.await("nofile", "TASK_FAILED");
            assertThat(failed.path("reason").asString()).isEqualTo("REASON_CONTAINER_LAUNCH_FAILED");
            assertThat(failed.path("message").asString()).contains("Failed to fetch all URIs");
        }
    }

    @Test
    void anOutputFileOutsideTheSandboxFailsTheTask(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("s");
        Files.writeString(source, "x");
        try (Framework framework = Framework.subscribe(master)) {
            launchCommand(
                    framework,
                    "outside",
                    object("{'value': 'true', 'uris': [{'value': '%s', 'output_file': '/tmp/outside'}]}", source));
            JsonNode status = framework.update("outside");
            assertThat(status.path("state").asString()).isIn("TASK_FAILED", "TASK_ERROR");
        }
    }

    @Test
    void aCommandTaskHasNoExecutorInTheMastersState() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("plain", "sleep 1000");
            JsonNode shown = operator.await(
                    "frameworks", framework.id(), known -> known.path("tasks").size() == 1);
            assertThat(shown.at("/tasks/0/executor_id").asString("absent")).isEmpty();
            assertThat(shown.path("executors").size()).isZero();
        }
    }
}
