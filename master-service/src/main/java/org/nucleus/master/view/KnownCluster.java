package org.nucleus.master.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Step;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.Picture.FrameworkPicture;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.CheckStatusInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.master.Event;

/**
 * What the readers of the feed have been told, which decides what a step is news of: a task is news when its state, its
 * health or its check changes, not when an acknowledgement is noted. Used by one thread.
 */
final class KnownCluster {
    private final Map<AgentId, Member> agents = new HashMap<>();
    private final Map<FrameworkId, KnownFramework> frameworks = new HashMap<>();
    private final Map<TaskKey, Shown> tasks = new HashMap<>();

    /** @param told whether readers know of it: not of agents that haven't come back since the election */
    private record Member(KnownAgent agent, boolean told) {}

    private record Shown(
            TaskState state,
            @Nullable Boolean healthy,
            @Nullable CheckStatusInfo check) {
        static Shown of(Task task) {
            TaskStatus last = task.statuses().isEmpty() ? null : task.statuses().getLast();
            return new Shown(
                    task.state(), last == null ? null : last.healthy(), last == null ? null : last.checkStatus());
        }
    }

    KnownCluster(Picture picture) {
        picture.agents()
                .forEach(each -> agents.put(
                        each.agent().id(),
                        new Member(each.agent().known(), !each.agent().isRecovered())));
        for (FrameworkPicture each : picture.frameworks()) {
            frameworks.put(each.framework().id(), each.framework().known());
            each.tasks().forEach(task -> tasks.put(TaskKey.of(task), Shown.of(task)));
            each.unreachableTasks().forEach(task -> tasks.put(TaskKey.of(task), Shown.of(task)));
        }
    }

    /** The news of a step: who came, then what became of tasks, then who went. */
    List<ClusterNews> learn(MasterInput input, Step<Change.Durable, Effect> step) {
        List<ClusterNews> news = new ArrayList<>();
        step.durable().forEach(change -> arrived(change, news));
        if (input instanceof MasterInput.AgentSubscribe subscribe) {
            step.effects().forEach(effect -> admitted(effect, subscribe.address(), news));
        }
        step.durable().forEach(change -> ofTask(change, news));
        step.durable().forEach(change -> left(change, news));
        return news;
    }

    private void arrived(Change.Durable change, List<ClusterNews> news) {
        if (change instanceof Change.AgentAdmitted admitted) {
            AgentId id = Objects.requireNonNull(admitted.agent().info().id());
            Member before = agents.get(id);
            agents.put(id, new Member(admitted.agent(), before != null && before.told()));
        } else if (change instanceof Change.FrameworkStored stored) {
            KnownFramework framework = stored.framework();
            FrameworkId id = Objects.requireNonNull(framework.info().id());
            boolean isNew = frameworks.put(id, framework) == null;
            var message = Messages.framework(framework);
            Event.Builder event = isNew
                    ? Event.builder().type(Event.Type.FRAMEWORK_ADDED).frameworkAdded(new Event.FrameworkAdded(message))
                    : Event.builder()
                            .type(Event.Type.FRAMEWORK_UPDATED)
                            .frameworkUpdated(new Event.FrameworkUpdated(message));
            news.add(new ClusterNews.OfFramework(event.build(), framework.info()));
        }
    }

    /** An agent is part of the cluster when it is told so: then it is connected, and what it runs is taken over. */
    private void admitted(Effect effect, String address, List<ClusterNews> news) {
        if (effect instanceof Effect.SendToAgent send && send.event().type() == AgentEvent.Type.SUBSCRIBED) {
            Member member = agents.get(send.agent());
            if (member != null && !member.told()) {
                agents.put(send.agent(), new Member(member.agent(), true));
                news.add(new ClusterNews.OfAgent(Event.builder()
                        .type(Event.Type.AGENT_ADDED)
                        .agentAdded(new Event.AgentAdded(Messages.agent(member.agent(), address)))
                        .build()));
            }
        }
    }

    private void ofTask(Change.Durable change, List<ClusterNews> news) {
        switch (change) {
            case Change.TaskAdded(var task) -> changed(task, true, news);
            case Change.TaskMoved(var task) -> changed(task, false, news);
            case Change.TaskUnreachable(var task) -> changed(task, false, news);
            case Change.TaskCompleted(var task, var _) -> {
                changed(task, false, news);
                tasks.remove(TaskKey.of(task));
            }
            case Change.TaskForgotten(var framework, var task) -> tasks.remove(new TaskKey(framework, task));
            default -> {
                // no task's
            }
        }
    }

    private void changed(Task task, boolean mayBeNew, List<ClusterNews> news) {
        KnownFramework owner = frameworks.get(task.frameworkId());
        Shown now = Shown.of(task);
        Shown before = tasks.get(TaskKey.of(task));
        if (owner == null || now.equals(before) || before == null && !mayBeNew) {
            return;
        }
        tasks.put(TaskKey.of(task), now);
        Event event = before == null ? added(task) : updated(task);
        news.add(new ClusterNews.OfTask(event, task, owner.info()));
    }

    private void left(Change.Durable change, List<ClusterNews> news) {
        switch (change) {
            case Change.AgentUnreachable(var agent, var _) -> removed(agent, news);
            case Change.AgentGone(var agent, var _) -> removed(agent, news);
            case Change.AgentRemoved(var agent, var _) -> removed(agent, news);
            case Change.FrameworkCompleted(var framework, var _) -> {
                KnownFramework ended = frameworks.remove(framework);
                if (ended != null) {
                    tasks.keySet().removeIf(key -> key.framework().equals(framework));
                    news.add(new ClusterNews.OfFramework(
                            Event.builder()
                                    .type(Event.Type.FRAMEWORK_REMOVED)
                                    .frameworkRemoved(new Event.FrameworkRemoved(ended.info()))
                                    .build(),
                            ended.info()));
                }
            }
            default -> {
                // nobody leaves
            }
        }
    }

    private void removed(AgentId agent, List<ClusterNews> news) {
        Member member = agents.remove(agent);
        if (member != null && member.told()) {
            news.add(new ClusterNews.OfAgent(Event.builder()
                    .type(Event.Type.AGENT_REMOVED)
                    .agentRemoved(new Event.AgentRemoved(agent))
                    .build()));
        }
    }

    private static Event added(Task task) {
        return Event.builder()
                .type(Event.Type.TASK_ADDED)
                .taskAdded(new Event.TaskAdded(task))
                .build();
    }

    private static Event updated(Task task) {
        TaskStatus status = task.statuses().isEmpty()
                ? TaskStatus.builder()
                        .taskId(task.taskId())
                        .agentId(task.agentId())
                        .state(task.state())
                        .build()
                : task.statuses().getLast();
        return Event.builder()
                .type(Event.Type.TASK_UPDATED)
                .taskUpdated(new Event.TaskUpdated(task.frameworkId(), status, task.state()))
                .build();
    }
}
