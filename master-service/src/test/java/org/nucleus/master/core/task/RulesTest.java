package org.nucleus.master.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nucleus.machine.Ordered;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.master.core.state.RegistrySnapshot.Standing;
import org.nucleus.resources.ResourceParser;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.HealthCheck;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.LinuxInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;

/** The words in which tasks are refused: schedulers and people read them. Source: master/validation.cpp. */
class RulesTest {
    private static final Instant EPOCH = Instant.EPOCH;
    private static final AgentId AGENT = new AgentId("m-S0");
    private static final FrameworkId FRAMEWORK = new FrameworkId("m-0000");
    private static final Resources OFFERED = resources("cpus:2;mem:1024;ports:[31000-31001]");

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused("ID must not be empty", task -> task.taskId(new TaskId(""))),
                refused("'..' is disallowed", task -> task.taskId(new TaskId(".."))),
                refused("'a/b' contains invalid characters", task -> task.taskId(new TaskId("a/b"))),
                refused("ID must not be greater than 255 characters", task -> task.taskId(new TaskId("x".repeat(256)))),
                refused(
                        "Task uses invalid agent other while agent m-S0 is expected",
                        task -> task.agentId(new AgentId("other"))),
                refused(
                        "Task's 'kill_policy.grace_period' must be non-negative",
                        task -> task.killPolicy(new KillPolicy(new DurationInfo(-1)))),
                refused(
                        "Task's `max_completion_time` must be non-negative",
                        task -> task.maxCompletionTime(new DurationInfo(-1))),
                refused(
                        "Task uses invalid health check: HealthCheck must specify 'type'",
                        task -> task.healthCheck(HealthCheck.builder().build())),
                refused(
                        "Task uses invalid health check: Command health check must contain 'shell command'",
                        task -> task.healthCheck(HealthCheck.builder()
                                .type(HealthCheck.Type.COMMAND)
                                .command(CommandInfo.builder().build())
                                .build())),
                refused("Task uses no resources", task -> task.resources(List.of())),
                refused(
                        "Invalid task resources: The resources are not allocated to a role",
                        task -> task.resources(
                                ResourceParser.parse("cpus:1", "*").toList())),
                refused(
                        "Task's `CommandInfo` is invalid: Environment variable 'A' of type 'VALUE' must have a value set",
                        task -> task.command(CommandInfo.builder()
                                .value("true")
                                .environment(new Environment(List.of(
                                        new Environment.Variable("A", Environment.Variable.Type.VALUE, null, null))))
                                .build())),
                refused(
                        "Task's `ContainerInfo` is invalid: DockerInfo 'docker' is not set for DOCKER typed ContainerInfo",
                        task -> task.container(ContainerInfo.builder()
                                .type(ContainerInfo.Type.DOCKER)
                                .build())),
                refused(
                        "Task's `ContainerInfo` is invalid: Invalid volume: Only one of them should be set: 'host_path',"
                                + " 'image' and 'source'",
                        task -> task.container(ContainerInfo.builder()
                                .type(ContainerInfo.Type.MESOS)
                                .volumes(List.of(Volume.builder()
                                        .mode(Volume.Mode.RW)
                                        .containerPath("/x")
                                        .build()))
                                .build())),
                refused(
                        "Only cpus and mem may be included in a task's resource limits",
                        task -> task.limits(Map.of("disk", new Value.Scalar(1)))),
                refused(
                        "The cpu limit must be greater than or equal to the cpu request",
                        task -> task.limits(Map.of("cpus", new Value.Scalar(0.5)))),
                refused(
                        "Task should have at least one (but not both) of CommandInfo or ExecutorInfo present",
                        task -> task.command(null)),
                refused(
                        "'ExecutorInfo.type' must be 'CUSTOM'",
                        task -> task.command(null)
                                .executor(executor()
                                        .type(ExecutorInfo.Type.DEFAULT)
                                        .command(null)
                                        .build())),
                refused(
                        "ExecutorInfo has an invalid FrameworkID (Actual: x vs Expected: m-0000)",
                        task -> task.command(null)
                                .executor(executor()
                                        .frameworkId(new FrameworkId("x"))
                                        .build())),
                refused(
                        "Total resources cpus(allocated: *):3 required by task and its executor is more than available "
                                + OFFERED,
                        task -> task.resources(resources("cpus:3").toList())),
                refused(
                        "Only tasks in a task group may have 'share_cgroups' set to 'false'",
                        task -> task.container(ContainerInfo.builder()
                                .type(ContainerInfo.Type.MESOS)
                                .linuxInfo(
                                        LinuxInfo.builder().shareCgroups(false).build())
                                .build())));
    }

    private static Arguments refused(String message, UnaryOperator<TaskInfo.Builder> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesInTheOriginalsWords(String message, UnaryOperator<TaskInfo.Builder> change) {
        assertThat(refusal(change.apply(good()).build())).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"cpus:1", "cpus:2;mem:1024", "ports:[31000-31001]"})
    void acceptsWhatIsOffered(String resources) {
        assertThat(refusal(good().resources(resources(resources).toList()).build()))
                .isEmpty();
    }

    private static Optional<String> refusal(TaskInfo task) {
        return TaskRules.refusal(task, framework(), agent(), OFFERED, new MasterState());
    }

    private static TaskInfo.Builder good() {
        return TaskInfo.builder()
                .name("t")
                .taskId(new TaskId("t"))
                .agentId(AGENT)
                .resources(resources("cpus:1;mem:64").toList())
                .command(CommandInfo.builder().value("true").build());
    }

    private static ExecutorInfo.Builder executor() {
        return ExecutorInfo.builder()
                .executorId(new ExecutorId("e"))
                .frameworkId(FRAMEWORK)
                .type(ExecutorInfo.Type.CUSTOM)
                .command(CommandInfo.builder().value("true").build())
                .resources(resources("cpus:0.1;mem:32").toList());
    }

    private static Resources resources(String text) {
        return ResourceParser.parse(text, "*").allocatedTo("*");
    }

    private static Framework framework() {
        FrameworkInfo info =
                FrameworkInfo.builder().name("f").user("nobody").id(FRAMEWORK).build();
        return new Framework(
                new KnownFramework(info, List.of(), EPOCH, EPOCH, null, null),
                Framework.rolesOf(info),
                Ordered.setOf(List.of()),
                new Framework.Link.Recovered());
    }

    private static Agent agent() {
        AgentInfo info = AgentInfo.builder().hostname("h").port(5051).id(AGENT).build();
        List<AgentInfo.Capability> limits =
                List.of(new AgentInfo.Capability(AgentInfo.Capability.Type.TASK_RESOURCE_LIMITS));
        return new Agent(
                new KnownAgent(info, "1.11.0", limits, EPOCH, Standing.ADMITTED, EPOCH),
                Resources.none(),
                new Agent.Link.Recovered());
    }
}
