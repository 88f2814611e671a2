package org.nucleus.master.api.operator;

import java.util.ArrayList;
import java.util.List;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.Picture.CompletedFramework;
import org.nucleus.master.core.state.Picture.FrameworkPicture;
import org.nucleus.master.view.Messages;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Operation;
import org.nucleus.wire.Task;
import org.nucleus.wire.master.Response;

/** What one viewer gets to see of a picture. Source: master/readonly_handler.cpp. */
record ClusterAnswers(Picture picture, Viewer viewer) {
    Response.GetState state() {
        return new Response.GetState(tasks(), executors(), frameworks(), agents());
    }

    Response.GetAgents agents() {
        List<Response.GetAgents.Agent> agents = new ArrayList<>();
        List<AgentInfo> recovered = new ArrayList<>();
        for (Picture.AgentPicture each : picture.agents()) {
            if (each.agent().isRecovered()) {
                recovered.add(each.agent().known().info());
            } else {
                agents.add(Messages.agent(each));
            }
        }
        return new Response.GetAgents(agents, recovered);
    }

    Response.GetFrameworks frameworks() {
        List<Response.GetFrameworks.Framework> frameworks =
                visible().stream().map(Messages::framework).toList();
        List<Response.GetFrameworks.Framework> completed =
                visibleCompleted().stream().map(Messages::framework).toList();
        return new Response.GetFrameworks(frameworks, completed, List.of());
    }

    /** The executors of frameworks; those that agents start for command tasks are theirs alone. */
    Response.GetExecutors executors() {
        List<Response.GetExecutors.Executor> executors = visible().stream()
                .filter(each -> viewer.seesExecutors(each.framework().info()))
                .flatMap(each -> each.executors().stream())
                .map(each -> new Response.GetExecutors.Executor(each.executor(), each.agent()))
                .toList();
        return new Response.GetExecutors(executors, List.of());
    }

    /** Those with feedback whose end is not acknowledged: all others are over as soon as they are known. */
    Response.GetOperations operations() {
        List<Operation> operations = new ArrayList<>();
        for (FrameworkPicture owner : visible()) {
            for (Picture.AgentPicture agent : picture.agents()) {
                agent.operations().stream()
                        .filter(each -> owner.framework().id().equals(each.frameworkId()))
                        .forEach(operations::add);
            }
        }
        return new Response.GetOperations(operations);
    }

    Response.GetTasks tasks() {
        List<Task> running = new ArrayList<>();
        List<Task> unreachable = new ArrayList<>();
        List<Task> completed = new ArrayList<>();
        for (FrameworkPicture each : visible()) {
            FrameworkInfo owner = each.framework().info();
            addVisible(each.tasks(), owner, running);
            addVisible(each.unreachableTasks(), owner, unreachable);
            addVisible(each.completedTasks(), owner, completed);
        }
        for (CompletedFramework each : visibleCompleted()) {
            addVisible(each.completedTasks(), each.framework().info(), completed);
        }
        return new Response.GetTasks(List.of(), running, unreachable, completed, List.of());
    }

    private void addVisible(List<Task> tasks, FrameworkInfo owner, List<Task> to) {
        tasks.stream().filter(task -> viewer.sees(task, owner)).forEach(to::add);
    }

    private List<FrameworkPicture> visible() {
        return picture.frameworks().stream()
                .filter(each -> viewer.sees(each.framework().info()))
                .toList();
    }

    private List<CompletedFramework> visibleCompleted() {
        return picture.completedFrameworks().stream()
                .filter(each -> viewer.sees(each.framework().info()))
                .toList();
    }
}
