package org.nucleus.agent;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.wire.Bytes;
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

/**
 * The agent dies at each of its persistence points, in the midst of launches, fetches, updates and kills; the next
 * process must know every task, report each exactly once, and leave nothing running that no task owns.
 */
class CrashTest {
    private static final FrameworkId FRAMEWORK = new FrameworkId("F");
    private static final List<String> TASKS = List.of("short", "fetching", "killed", "heavy", "long");
    /** Large enough for the journal to be shortened. */
    private static final int HEAVY_BYTES = 5 << 20;

    @TempDir
    Path directory;

    private final Set<Bytes> heard = new HashSet<>();
    private final TreeMap<String, List<TaskState>> ends = new TreeMap<>();

    @ParameterizedTest(name = "{0}")
    @EnumSource(CrashPoint.class)
    void theNextProcessFindsItsWayFrom(CrashPoint point) throws IOException, InterruptedException {
        try (FakeMaster master = new FakeMaster(0, 1)) {
            AgentProcess dying = start(master, List.of("-Dnucleus.agent.crash=" + point + ":1"));
            AgentProcess next = null;
            try {
                giveWork(master, dying);
                assertThat(dying.await()).as("the agent came to " + point).isEqualTo(CrashPoint.STATUS);
                next = start(master, List.of());
                settle(master, next);
                assertThat(ends)
                        .allSatisfy(
                                (task, states) -> assertThat(states).as(task).hasSize(1));
                assertThat(next.signal("USR1")).isZero();
            } finally {
                if (dying.isAlive()) {
                    dying.kill();
                }
                if (next != null && next.isAlive()) {
                    next.signal("USR1");
                }
            }
        }
        for (String task : TASKS) {
            assertThat(timesStarted(task)).as("starts of " + task).isLessThanOrEqualTo(1);
        }
        assertThat(processesOf(directory)).as("left over").isEmpty();
    }

    @Test
    void whoeverWritesWhatALaterProcessReadsHasACrashPoint() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.nucleus.agent");
        DescribedPredicate<JavaClass> withoutPoint = DescribedPredicate.describe(
                "have no crash point",
                type -> type.getDirectDependenciesFromSelf().stream()
                        .noneMatch(each -> each.getTargetClass().isEquivalentTo(CrashPoint.class)));
        noClasses()
                .that(withoutPoint)
                .and()
                .resideInAnyPackage("..checkpoint..", "..containerizer.process..", "..containerizer.docker..")
                .and()
                .doNotHaveSimpleName("Script") // a script is written anew by whoever finds it missing
                .should()
                .callMethodWhere(target(owner(DescribedPredicate.describe(
                                "file operations", type -> type.isEquivalentTo(Files.class))))
                        .and(target(nameMatching("write.*|move|createFile|createDirectory|newByteChannel"))))
                .because("a crash between two writes is tested at its point only")
                .check(classes);
    }

    private AgentProcess start(FakeMaster master, List<String> properties) throws IOException {
        return AgentProcess.start(
                directory.resolve("agent.log"),
                properties,
                List.of(
                        "--master=127.0.0.1:" + master.port(),
                        "--work_dir=" + directory.resolve("work"),
                        "--ip=127.0.0.1",
                        "--port=0",
                        "--no-switch_user",
                        "--registration_backoff_factor=10ms",
                        "--executor_shutdown_grace_period=1secs"));
    }

    /** What a master may send to an agent that dies at any moment: it does not mind. */
    private void giveWork(FakeMaster master, AgentProcess agent) throws IOException, InterruptedException {
        if (!subscribed(master, agent)) {
            return;
        }
        for (String task : TASKS) {
            send(master, AgentEvent.runTask(1, new AgentEvent.RunTask(framework(), task(task), null)));
        }
        while (agent.isAlive()) {
            AgentCall call = master.poll();
            if (call != null && call.update() != null) {
                TaskStatus status = call.update().status();
                hear(status);
                acknowledge(master, status);
                if (status.taskId().value().equals("killed") && status.state() == TaskState.TASK_RUNNING) {
                    kill(master, "killed");
                }
            }
        }
    }

    private static boolean subscribed(FakeMaster master, AgentProcess agent) throws InterruptedException {
        while (agent.isAlive()) {
            AgentCall call = master.poll();
            if (call != null && call.type() == AgentCall.Type.SUBSCRIBE) {
                return true;
            }
        }
        return false;
    }

    /** Runs what the agent does not know, kills what goes on, and hears all of it. */
    private void settle(FakeMaster master, AgentProcess agent) throws IOException, InterruptedException {
        AgentCall subscribe = master.next(call -> call.type() == AgentCall.Type.SUBSCRIBE);
        List<String> known = new ArrayList<>();
        for (Task task : subscribe.subscribe().tasks()) {
            known.add(task.taskId().value());
        }
        assertThat(known)
                .as("tasks the master has heard of, and that are not over")
                .containsAll(heard.isEmpty() ? List.of() : unfinished());
        known.stream().filter(task -> !ends.containsKey(task)).forEach(task -> ends.put(task, new ArrayList<>()));
        for (String task : List.of("long", "killed")) {
            kill(master, task);
        }
        while (ends.values().stream().anyMatch(List::isEmpty)) {
            AgentCall call = master.next(each -> each.update() != null);
            hear(call.update().status());
            acknowledge(master, call.update().status());
        }
        assertThat(agent.isAlive()).isTrue();
    }

    private final Set<String> begun = new HashSet<>();

    private List<String> unfinished() {
        return begun.stream()
                .filter(task -> ends.getOrDefault(task, List.of()).isEmpty())
                .toList();
    }

    private void hear(TaskStatus status) {
        String task = status.taskId().value();
        begun.add(task);
        if (heard.add(status.uuid()) && UpdateStreams.isTerminal(status.state())) {
            ends.computeIfAbsent(task, _ -> new ArrayList<>()).add(status.state());
        }
    }

    private static void acknowledge(FakeMaster master, TaskStatus status) {
        send(
                master,
                AgentEvent.acknowledged(1, new AgentEvent.Acknowledged(FRAMEWORK, status.taskId(), status.uuid())));
    }

    private static void kill(FakeMaster master, String task) {
        send(master, AgentEvent.killTask(1, new AgentEvent.KillTask(FRAMEWORK, new TaskId(task), null)));
    }

    /** The agent may be gone: then the message is lost, as any may be. */
    private static void send(FakeMaster master, AgentEvent event) {
        try {
            master.send(event);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("no agent is connected");
        }
    }

    private static FrameworkInfo framework() {
        return FrameworkInfo.builder()
                .user(System.getProperty("user.name"))
                .name("test")
                .id(FRAMEWORK)
                .build();
    }

    private TaskInfo task(String id) throws IOException {
        String count = "echo started >> " + directory.resolve(id + ".starts") + "; ";
        var command = CommandInfo.builder()
                .value(count + (id.equals("long") || id.equals("killed") ? "exec sleep 600" : "exit 3"));
        if (id.equals("fetching")) {
            Path file = Files.writeString(directory.resolve("fetched"), "content");
            command.uris(
                    List.of(CommandInfo.Uri.builder().value(file.toString()).build()));
        }
        var task = TaskInfo.builder()
                .name(id)
                .taskId(new TaskId(id))
                .agentId(FakeMaster.AGENT)
                .command(command.build());
        return id.equals("heavy") ? task.data(Bytes.of(new byte[HEAVY_BYTES])).build() : task.build();
    }

    private int timesStarted(String task) throws IOException {
        try {
            return Files.readAllLines(directory.resolve(task + ".starts")).size();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Those whose command line or working directory names it. */
    private static List<String> processesOf(Path directory) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(each -> each.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                String line = read(process.resolve("cmdline"));
                if (line.contains(directory.toString()) && !line.contains(AgentApplication.class.getName())) {
                    found.add(process.getFileName() + " " + line);
                }
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return ""; // it ended meanwhile
        }
    }
}
