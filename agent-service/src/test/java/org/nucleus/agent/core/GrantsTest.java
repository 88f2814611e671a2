package org.nucleus.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.machine.Ordered;
import org.nucleus.resources.ResourceParser;
import org.nucleus.resources.Resources;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.agentlink.AgentEvent;

/** What the containers of frameworks' own executors may use, as tasks come and go. */
class GrantsTest {
    private static final ExecutorInfo EXECUTOR = ExecutorInfo.builder()
            .type(ExecutorInfo.Type.CUSTOM)
            .executorId(new ExecutorId("e"))
            .frameworkId(AgentDriver.FRAMEWORK)
            .resources(ResourceParser.parse("cpus:0.1;mem:32", "*").toList())
            .command(CommandInfo.builder().value("./executor").build())
            .build();

    private final AgentDriver agent = AgentDriver.registered();

    private void run(String id, String resources, @Nullable Double memoryLimit) {
        TaskInfo.Builder task = AgentDriver.task(id)
                .command(null)
                .executor(EXECUTOR)
                .resources(ResourceParser.parse(resources, "*").toList());
        if (memoryLimit != null) {
            task.limits(Ordered.copyOf(Map.of("mem", new Value.Scalar(memoryLimit))));
        }
        agent.event(AgentEvent.runTask(AgentDriver.EPOCH, new AgentEvent.RunTask(agent.framework, task.build())));
    }

    private List<Effect.GrantContainer> grants() {
        return agent.effects(Effect.GrantContainer.class);
    }

    private long mem() {
        return Resources.of(grants().getLast().resources()).thousandths("mem") / 1000;
    }

    @Test
    void anExecutorStartsWithItsOwnAndItsFirstTasks() {
        run("t", "cpus:1;mem:128", null);
        assertThat(grants()).singleElement().satisfies(grant -> {
            var key = ExecutorKey.of("F", "e");
            assertThat(grant.container())
                    .isEqualTo(agent.state().executor(key).orElseThrow().container());
            assertThat(Resources.of(grant.resources()).thousandths("cpus")).isEqualTo(1100);
            assertThat(grant.limits()).isEmpty();
        });
        assertThat(mem()).isEqualTo(160);
    }

    @Test
    void itGetsMoreWithEachTaskAndLessWithItsEnd() {
        run("t", "cpus:1;mem:128", null);
        run("u", "cpus:1;mem:64", null);
        assertThat(mem()).isEqualTo(224);
        agent.event(AgentEvent.killTask(
                AgentDriver.EPOCH,
                new AgentEvent.KillTask(
                        AgentDriver.FRAMEWORK, AgentDriver.key("u").task(), null)));
        assertThat(mem()).isEqualTo(160);
    }

    @Test
    void aLimitOfOneTaskLeavesTheOthersWhatTheyRequested() {
        run("t", "cpus:1;mem:128", null);
        run("u", "cpus:1;mem:64", 512.0);
        assertThat(grants().getLast().limits()).containsOnly(Map.entry("mem", new Value.Scalar(32 + 128 + 512)));
        run("v", "cpus:1;mem:64", Double.POSITIVE_INFINITY);
        assertThat(grants().getLast().limits())
                .containsOnly(Map.entry("mem", new Value.Scalar(Double.POSITIVE_INFINITY)));
    }

    @Test
    void tasksWithContainersOfTheirOwnAreNotGrantedAnything() {
        agent.event(AgentEvent.runTask(
                AgentDriver.EPOCH,
                new AgentEvent.RunTask(agent.framework, AgentDriver.task("t").build())));
        agent.step(new AgentInput.ContainerStarted(
                agent.state().run(AgentDriver.key("t")).orElseThrow().container()));
        assertThat(grants()).isEmpty();
    }
}
