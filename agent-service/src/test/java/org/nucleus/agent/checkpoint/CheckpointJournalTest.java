package org.nucleus.agent.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.core.Volumes;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Operation;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.OperationState;
import org.nucleus.wire.OperationStatus;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Uuid;

class CheckpointJournalTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final TaskKey KEY = TaskKey.of("F", "t");

    @TempDir
    Path workDir;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = workDir.resolve("meta/agent.journal");
    }

    @Test
    void everyChangeComesBackAsItWas() {
        ChangeCodec codec = new ChangeCodec();
        TaskStatus status = status(TaskState.TASK_RUNNING, 1);
        Intent.Die die = new Intent.Die(Intent.Cause.KILL, NOW, NOW.plusSeconds(3));
        TaskRun run = run();
        TaskRun ended = new TaskRun(
                KEY,
                run.info(),
                "root",
                run.container(),
                NOW,
                new Phase.Ended(),
                die,
                TaskState.TASK_KILLED,
                List.of(status),
                new Runner.Pod(new ExecutorId("e"), List.of(new TaskId("t"), new TaskId("u"))));
        ExecutorKey executor = ExecutorKey.of("F", "e");
        ExecutorInfo info =
                ExecutorInfo.builder().executorId(executor.executor()).build();
        ContainerId container = new ContainerId("c3", null);
        List<Change.Durable> all = List.of(
                new Change.AgentAdmitted(new AgentId("m-S0")),
                new Change.AgentDismissed("gone"),
                new Change.AgentCleared(),
                new Change.EpochAdvanced(9),
                new Change.FrameworkStored(framework()),
                new Change.FrameworkShutDown(new FrameworkId("F")),
                new Change.FrameworkForgotten(new FrameworkId("F")),
                new Change.TaskAccepted(run),
                new Change.TaskAccepted(ended),
                new Change.ContainerReplaced(KEY, new ContainerId("c2", null)),
                new Change.TaskStarted(KEY, NOW),
                new Change.TaskDoomed(KEY, die),
                new Change.TaskEnded(KEY),
                new Change.ExecutorAccepted(ExecutorRun.launching(executor, info, "root", container)),
                new Change.ExecutorAccepted(
                        new ExecutorRun(executor, info, "root", container, new Phase.Running(NOW), true, die)),
                new Change.ExecutorReplaced(executor, container),
                new Change.ExecutorStarted(executor, NOW),
                new Change.ExecutorSeen(executor),
                new Change.ExecutorDoomed(executor, die),
                new Change.ExecutorForgotten(executor),
                new Change.UpdateQueued(new FrameworkId("F"), status),
                new Change.UpdateAcknowledged(KEY, status.uuid()),
                new Change.TaskForgotten(KEY),
                new Change.ResourcesCheckpointed(Resources.of(Volumes.reserved("cpus", 1), Volumes.volume("v", 5))),
                new Change.OperationKept(operation()),
                new Change.OperationForgotten(operation().uuid()));

        assertThat(codec.decode(codec.encode(all))).isEqualTo(all);
    }

    private static Operation operation() {
        var info = Offer.Operation.builder()
                .type(Offer.Operation.Type.RESERVE)
                .id(new OperationId("op"))
                .reserve(new Offer.Operation.Reserve(List.of(), List.of(Volumes.reserved("cpus", 1))))
                .build();
        var status = OperationStatus.builder()
                .operationId(new OperationId("op"))
                .state(OperationState.OPERATION_FINISHED)
                .uuid(new Uuid(Bytes.of(new byte[16])))
                .build();
        return new Operation(
                new FrameworkId("F"),
                new AgentId("m-S0"),
                info,
                status,
                List.of(status),
                new Uuid(Bytes.of(new byte[16])));
    }

    @Test
    void whatWasCommittedIsThereAfterReopening() throws IOException {
        try (var journal = CheckpointJournal.open(workDir)) {
            journal.commit(admission());
            journal.commit(List.of(new Change.TaskStarted(KEY, NOW)));
        }
        try (var journal = CheckpointJournal.open(workDir)) {
            assertThat(journal.history())
                    .contains(new Change.AgentAdmitted(new AgentId("m-S0")))
                    .anyMatch(change -> change instanceof Change.TaskAccepted(TaskRun run)
                            && run.phase().equals(new Phase.Running(NOW)));
        }
    }

    @Test
    void aTornCommitIsCutOffAndTheNextOneFollowsTheLastWhole() throws IOException {
        try (var journal = CheckpointJournal.open(workDir)) {
            journal.commit(admission());
        }
        long whole = Files.size(file);
        try (var journal = CheckpointJournal.open(workDir)) {
            journal.commit(List.of(new Change.TaskStarted(KEY, NOW)));
        }
        byte[] all = Files.readAllBytes(file);
        for (int length = (int) whole; length < all.length; length += 17) {
            Files.write(file, Arrays.copyOf(all, length));
            try (var journal = CheckpointJournal.open(workDir)) {
                assertThat(journal.history())
                        .anyMatch(change -> change instanceof Change.TaskAccepted(TaskRun run)
                                && run.phase() instanceof Phase.Launching);
                assertThat(Files.size(file)).isEqualTo(whole);
                journal.commit(List.of(new Change.EpochAdvanced(length)));
            }
            try (var journal = CheckpointJournal.open(workDir)) {
                assertThat(journal.history()).contains(new Change.EpochAdvanced(length));
            }
        }
    }

    @Test
    void garbageBeforeWholeCommitsStopsTheStart() throws IOException {
        try (var journal = CheckpointJournal.open(workDir)) {
            journal.commit(admission());
            journal.commit(List.of(new Change.EpochAdvanced(3)));
        }
        byte[] content = Files.readAllBytes(file);
        content[20] ^= 1;
        Files.write(file, content);

        assertThatThrownBy(() -> CheckpointJournal.open(workDir))
                .isInstanceOf(CheckpointJournal.Damaged.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aGrownJournalIsShortenedAndKeepsItsMeaning() throws IOException {
        try (var journal = CheckpointJournal.open(workDir)) {
            journal.commit(admission());
            for (int i = 0; i < 40_000; i++) {
                journal.commit(List.of(
                        new Change.UpdateQueued(new FrameworkId("F"), status(TaskState.TASK_RUNNING, i)),
                        new Change.UpdateAcknowledged(
                                KEY, status(TaskState.TASK_RUNNING, i).uuid())));
                if (Files.size(file) < 100_000 && i > 1_000) {
                    break;
                }
            }
            assertThat(Files.size(file)).isLessThan(4L << 20);
        }
        try (var journal = CheckpointJournal.open(workDir)) {
            assertThat(journal.history())
                    .contains(new Change.AgentAdmitted(new AgentId("m-S0")))
                    .hasAtLeastOneElementOfType(Change.TaskAccepted.class)
                    .doesNotHaveAnyElementsOfTypes(Change.UpdateQueued.class);
        }
    }

    @Test
    void twoAgentsCannotShareAWorkDirectory() throws IOException {
        try (var _ = CheckpointJournal.open(workDir)) {
            assertThatThrownBy(() -> CheckpointJournal.open(workDir))
                    .isInstanceOf(CheckpointJournal.InUse.class)
                    .hasMessageContaining("--work_dir");
        }
        CheckpointJournal.open(workDir).close();
    }

    @Test
    void onlyTheOwnerReadsIt() throws IOException {
        CheckpointJournal.open(workDir).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theIdentityIsShownWhereTheOriginalHasIt() throws IOException {
        AgentMeta meta = new AgentMeta(workDir);
        AgentInfo info = new AgentInfo("h1", 5051, List.of(), List.of(), null, null);
        meta.admitted(new AgentId("m-S0"), info);
        meta.admitted(new AgentId("m-S1"), info);
        Path latest = workDir.resolve("meta/slaves/latest");

        assertThat(Files.readSymbolicLink(latest)).hasToString("m-S1");
        assertThat(latest.resolve("slave.info")).content().contains("\"m-S1\"");
        meta.cleared();
        assertThat(latest).doesNotExist();
    }

    private static List<Change.Durable> admission() {
        return List.of(
                new Change.AgentAdmitted(new AgentId("m-S0")),
                new Change.FrameworkStored(framework()),
                new Change.TaskAccepted(run()));
    }

    private static FrameworkInfo framework() {
        return FrameworkInfo.builder()
                .user("root")
                .name("test")
                .id(new FrameworkId("F"))
                .build();
    }

    private static TaskRun run() {
        TaskInfo info = TaskInfo.builder()
                .name("t")
                .taskId(new TaskId("t"))
                .agentId(new AgentId("m-S0"))
                .command(CommandInfo.builder().value("echo 'äöü\n'").build())
                .build();
        return TaskRun.accepted(KEY, info, "root", new ContainerId("c1", null), NOW);
    }

    private static TaskStatus status(TaskState state, int number) {
        byte[] uuid = new byte[16];
        uuid[0] = (byte) number;
        uuid[1] = (byte) (number >> 8);
        return TaskStatus.builder()
                .taskId(new TaskId("t"))
                .state(state)
                .timestamp(1.5)
                .uuid(Bytes.of(uuid))
                .build();
    }
}
