package org.nucleus.agent.api.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nucleus.agent.api.Seen;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.agent.Response;

/**
 * Parts of a picture as the operator's messages show them. Source: slave/http.cpp, Http::_getTasks, _getExecutors,
 * _getFrameworks.
 */
final class StateAnswers {
    private final AgentPicture picture;

    /** @param seen what the caller may see */
    StateAnswers(AgentPicture seen) {
        this.picture = seen;
    }

    Response.GetState state() {
        return new Response.GetState(tasks(), executors(), frameworks());
    }

    /** A task that an executor has not got yet is queued; one that is over and not acknowledged, terminated. */
    Response.GetTasks tasks() {
        List<Task> queued = new ArrayList<>();
        List<Task> launched = new ArrayList<>();
        List<Task> terminated = new ArrayList<>();
        for (TaskRun run : picture.runs()) {
            Optional<Task> task = picture.agentId().map(agent -> run.toTask(agent, null));
            task.ifPresent(each -> {
                if (run.ended()) {
                    terminated.add(each);
                } else if (isQueued(run)) {
                    queued.add(each);
                } else {
                    launched.add(each);
                }
            });
        }
        List<Task> completed = picture.completed();
        return new Response.GetTasks(List.of(), queued, launched, terminated, completed);
    }

    private static boolean isQueued(TaskRun run) {
        return !run.ownsContainer() && run.phase() instanceof Phase.Launching;
    }

    /** A command task's executor is the agent itself, and is shown under the task's id. */
    Response.GetExecutors executors() {
        List<Response.GetExecutors.Executor> present = new ArrayList<>();
        for (TaskRun run : picture.runs()) {
            if (run.runner() instanceof Runner.Command) {
                present.add(new Response.GetExecutors.Executor(
                        commandExecutor(run.key().framework(), run.info())));
            }
        }
        for (ExecutorRun run : picture.executors()) {
            present.add(new Response.GetExecutors.Executor(Seen.withoutSecrets(run.info())));
        }
        return new Response.GetExecutors(present, completedExecutors());
    }

    private List<Response.GetExecutors.Executor> completedExecutors() {
        Map<String, Response.GetExecutors.Executor> ended = new LinkedHashMap<>();
        for (Task task : picture.completed()) {
            ExecutorId executor =
                    task.executorId() == null ? new ExecutorId(task.taskId().value()) : task.executorId();
            if (!isPresent(task.frameworkId(), executor)) {
                ended.put(
                        task.frameworkId() + "/" + executor,
                        new Response.GetExecutors.Executor(ExecutorInfo.builder()
                                .executorId(executor)
                                .frameworkId(task.frameworkId())
                                .source(executor.value())
                                .build()));
            }
        }
        return List.copyOf(ended.values());
    }

    private boolean isPresent(FrameworkId framework, ExecutorId executor) {
        return picture.executors().stream()
                .anyMatch(run -> run.key().framework().equals(framework)
                        && run.key().executor().equals(executor));
    }

    static ExecutorInfo commandExecutor(FrameworkId framework, TaskInfo task) {
        String id = task.taskId().value();
        return ExecutorInfo.builder()
                .executorId(new ExecutorId(id))
                .frameworkId(framework)
                .name("Command Executor (Task: " + id + ")")
                .source(id)
                .resources(task.resources())
                .build();
    }

    Response.GetFrameworks frameworks() {
        return new Response.GetFrameworks(
                picture.frameworks().stream()
                        .map(framework -> new Response.GetFrameworks.Framework(framework.info()))
                        .toList(),
                List.of());
    }

    Response.GetAgent agent() {
        AgentInfo info = picture.settings().info();
        return new Response.GetAgent(
                new AgentInfo(
                        info.hostname(),
                        info.port(),
                        info.resources(),
                        info.attributes(),
                        picture.agentId().orElse(null),
                        info.domain()),
                picture.drain(),
                null);
    }

    Response.GetOperations operations() {
        return new Response.GetOperations(picture.operations());
    }
}
