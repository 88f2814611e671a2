package org.nucleus.agent.api;

import java.util.List;
import java.util.Optional;
import org.nucleus.access.Action;
import org.nucleus.agent.access.Viewer;
import org.nucleus.agent.core.state.Framework;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;

/**
 * The part of a picture that one viewer may see. Source: slave/http.cpp, where each object is authorized by the user
 * whose it is.
 */
public final class Seen {
    private Seen() {}

    public static AgentPicture by(Viewer viewer, AgentPicture whole) {
        return new AgentPicture(
                whole.settings(),
                whole.identity(),
                whole.registered(),
                whole.total(),
                whole.frameworks().stream()
                        .filter(framework -> viewer.sees(framework.info()))
                        .toList(),
                whole.executors().stream()
                        .filter(executor -> viewer.seesExecutor(executor.user()))
                        .toList(),
                whole.runs().stream().filter(run -> sees(viewer, run)).toList(),
                whole.streams(),
                whole.operations(),
                whole.completed().stream()
                        .filter(task -> sees(viewer, task, whole.frameworks()))
                        .toList(),
                whole.drain());
    }

    private static boolean sees(Viewer viewer, TaskRun run) {
        return viewer.grants().permits(Action.VIEW_TASKS, run.user());
    }

    private static boolean sees(Viewer viewer, Task task, List<Framework> frameworks) {
        return framework(task.frameworkId(), frameworks)
                .map(framework -> viewer.sees(task, framework))
                .orElseGet(() -> viewer.grants().permits(Action.VIEW_TASKS, Optional.ofNullable(task.user())));
    }

    private static Optional<FrameworkInfo> framework(FrameworkId id, List<Framework> frameworks) {
        return frameworks.stream()
                .map(Framework::info)
                .filter(info -> id.equals(info.id()))
                .findFirst();
    }

    /** An executor as anybody may see it: its command's secrets are named, and not told. */
    public static ExecutorInfo withoutSecrets(ExecutorInfo executor) {
        CommandInfo command = executor.command();
        if (command == null || command.environment() == null) {
            return executor;
        }
        return executor.toBuilder().command(withoutSecrets(command)).build();
    }

    /** The same for a command. */
    static CommandInfo withoutSecrets(CommandInfo command) {
        Environment environment = command.environment();
        if (environment == null) {
            return command;
        }
        List<Environment.Variable> variables = environment.variables().stream()
                .map(variable -> variable.secret() == null
                        ? variable
                        : new Environment.Variable(variable.name(), variable.type(), variable.value(), null))
                .toList();
        return command.toBuilder().environment(new Environment(variables)).build();
    }
}
