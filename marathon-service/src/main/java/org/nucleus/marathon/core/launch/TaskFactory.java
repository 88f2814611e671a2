package org.nucleus.marathon.core.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonState;
import org.nucleus.marathon.core.state.Program;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TaskCheck;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Value;

/** Makes the task of an instance from its app and the place it was given. Source: mesos.TaskBuilder. */
final class TaskFactory {
    private final MarathonState state;
    private final Containers containers;

    TaskFactory(MarathonState state) {
        this.state = state;
        this.containers = new Containers(state.settings().tasks());
    }

    TaskInfo task(App app, Instance instance, Run run, List<Resource> resources) {
        CommandInfo command = command(app, instance, run);
        boolean own = hasExecutor(app);
        return TaskInfo.builder()
                .name(app.id().hostName())
                .taskId(new TaskId(instance.taskId()))
                .agentId(new AgentId(run.agent()))
                .resources(resources)
                .command(own ? null : command)
                .executor(own ? executor(app, instance, command) : null)
                .container(containers.of(app, run, instance.taskId()))
                .healthCheck(Checks.health(app, run))
                .check(check(app, run))
                .killPolicy(killPolicy(app.policy().killGracePeriodSeconds()))
                .labels(app.labels().isEmpty() ? null : Commands.labels(app.labels()))
                .discovery(Discoveries.of(app, run, _ -> true))
                .limits(limits(app.footprint()))
                .build();
    }

    private static boolean hasExecutor(App app) {
        String executor = app.program().executor();
        return !executor.isEmpty() && !executor.equals("//cmd");
    }

    /** A framework's own executor: it is fetched and started like a command, and given the app's command as its task. */
    private static ExecutorInfo executor(App app, Instance instance, CommandInfo command) {
        String cmd = app.program().cmd();
        String line = "chmod ug+rx '" + app.program().executor() + "' && exec '"
                + app.program().executor() + "'" + (cmd == null ? "" : " " + cmd);
        return ExecutorInfo.builder()
                .executorId(new ExecutorId("marathon-" + instance.taskId()))
                .command(command.toBuilder()
                        .shell(true)
                        .value(line)
                        .arguments(List.of())
                        .build())
                .build();
    }

    private CommandInfo command(App app, Instance instance, Run run) {
        Program program = app.program();
        var command = CommandInfo.builder()
                .uris(Commands.uris(program.fetch()))
                .environment(Commands.environment(
                        new TaskEnvironment(state).of(app, instance, run), program.secretEnv(), program.secrets()))
                .user(program.user());
        if (program.cmd() != null) {
            return command.shell(true).value(program.cmd()).build();
        }
        boolean byImage = app.container() != null && app.container().image() != null;
        List<String> args = program.args();
        return command.shell(false)
                .value(byImage || args.isEmpty() ? null : args.getFirst())
                .arguments(args)
                .build();
    }

    private static @Nullable CheckInfo check(App app, Run run) {
        TaskCheck check = app.check();
        return check == null
                ? null
                : Checks.general(check, Endpoints.inside(app, run, check.portIndex() == null ? 0 : check.portIndex()));
    }

    static @Nullable KillPolicy killPolicy(@Nullable Integer graceSeconds) {
        return graceSeconds == null ? null : new KillPolicy(new DurationInfo(graceSeconds * 1_000_000_000L));
    }

    static Map<String, Value.Scalar> limits(Footprint footprint) {
        Map<String, Value.Scalar> limits = new LinkedHashMap<>();
        if (footprint.cpuLimit() != null) {
            limits.put("cpus", new Value.Scalar(footprint.cpuLimit()));
        }
        if (footprint.memLimit() != null) {
            limits.put("mem", new Value.Scalar(footprint.memLimit()));
        }
        return limits;
    }
}
