package org.nucleus.master.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.machine.Journal;
import org.nucleus.machine.Ordered;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.master.core.state.RegistrySnapshot.Standing;
import org.nucleus.master.registry.Registry;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;

/** The registry on a real database: what is committed is recovered, whatever the order and however often. */
@Timeout(120)
class JpaRegistryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final FrameworkId FRAMEWORK = new FrameworkId("f");

    @Test
    void whatIsCommittedIsRecovered() throws Exception {
        try (RunningMaster master = RunningMaster.start(TestDatabase.fresh()).awaitLeader()) {
            Registry registry = master.bean(Registry.class);
            Journal<Change.Durable> earlier = registry.journal(registry.elected());
            Journal<Change.Durable> journal = registry.journal(registry.elected());
            KnownAgent agent = agent("a1");
            KnownFramework framework = framework();
            Task running = task("t1", TaskState.TASK_RUNNING);
            Task ended = task("t2", TaskState.TASK_FINISHED);
            List<Change.Durable> changes = List.of(
                    new Change.AgentAdmitted(agent),
                    new Change.AgentAdmitted(agent("a2")),
                    new Change.FrameworkStored(framework),
                    new Change.TaskAdded(task("t1", TaskState.TASK_STAGING)),
                    new Change.TaskAdded(task("t2", TaskState.TASK_STAGING)),
                    new Change.TaskMoved(running),
                    new Change.TaskCompleted(ended, NOW),
                    new Change.AgentRemoved(new AgentId("a2"), NOW));

            journal.commit(changes);
            journal.commit(changes);

            var snapshot = registry.recover();
            assertThat(snapshot.agents()).containsExactly(agent);
            assertThat(snapshot.frameworks()).containsExactly(framework);
            assertThat(snapshot.tasks()).containsExactly(running);
            assertThat(snapshot.completedTasks()).containsExactly(ended);
            assertThatThrownBy(() -> earlier.commit(changes)).isInstanceOf(Journal.Deposed.class);

            journal.commit(List.of(
                    new Change.AgentUnreachable(new AgentId("a1"), NOW),
                    new Change.FrameworkDisconnected(FRAMEWORK, NOW, NOW.plusSeconds(60)),
                    new Change.RolesSuppressed(FRAMEWORK, Ordered.setOf(List.of("a", "b")))));
            var changed = registry.recover();
            assertThat(changed.agents().getFirst().standing()).isEqualTo(Standing.UNREACHABLE);
            assertThat(changed.frameworks().getFirst().failoverDeadline()).isEqualTo(NOW.plusSeconds(60));
            assertThat(changed.frameworks().getFirst().suppressedRoles()).containsExactly("a", "b");

            journal.commit(List.of(
                    new Change.FrameworkCompleted(FRAMEWORK, NOW),
                    new Change.FrameworkForgotten(FRAMEWORK),
                    new Change.AgentForgotten(new AgentId("a1"))));
            var empty = registry.recover();
            assertThat(empty.agents()).isEmpty();
            assertThat(empty.frameworks()).isEmpty();
            assertThat(empty.tasks()).isEmpty();
            assertThat(empty.completedTasks()).isEmpty();
        }
    }

    @Test
    void aThousandChangesAreOneCommit() throws Exception {
        try (RunningMaster master = RunningMaster.start(TestDatabase.fresh()).awaitLeader()) {
            Registry registry = master.bean(Registry.class);
            List<Change.Durable> changes = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                changes.add(new Change.TaskAdded(task("t" + i, TaskState.TASK_STAGING)));
            }
            registry.journal(registry.elected()).commit(changes);

            assertThat(registry.recover().tasks()).hasSize(1_000);
        }
    }

    private static KnownAgent agent(String id) {
        AgentInfo info = AgentInfo.builder().hostname("h").id(new AgentId(id)).build();
        return new KnownAgent(
                info,
                "1.11.0",
                List.of(new AgentInfo.Capability(AgentInfo.Capability.Type.MULTI_ROLE)),
                NOW,
                Standing.ADMITTED,
                NOW);
    }

    private static KnownFramework framework() {
        FrameworkInfo info =
                FrameworkInfo.builder().user("u").name("n").id(FRAMEWORK).build();
        return new KnownFramework(info, List.of(), NOW, NOW, null, null);
    }

    private static Task task(String id, TaskState state) {
        return Task.builder()
                .name(id)
                .taskId(new TaskId(id))
                .frameworkId(FRAMEWORK)
                .agentId(new AgentId("a1"))
                .state(state)
                .build();
    }
}
