package org.nucleus.master.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.nucleus.machine.Step;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Event;

/** What steps did, in lines that people can review. Alarms are left out: what they lead to shows. */
final class Transcript {
    private Transcript() {}

    static List<String> of(List<Step<Change.Durable, Effect>> steps) {
        List<String> lines = new ArrayList<>();
        for (Step<Change.Durable, Effect> step : steps) {
            step.durable().forEach(change -> lines.add("commit " + of(change)));
            step.effects().stream()
                    .filter(effect -> !(effect instanceof Effect.Wake))
                    .map(Transcript::of)
                    .filter(line -> !line.endsWith(" PING") && !line.endsWith(" HEARTBEAT"))
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String of(Change.Durable change) {
        String name = change.getClass().getSimpleName();
        return switch (change) {
            case Change.AgentAdmitted(var agent) ->
                name + " " + agent.info().id() + " " + agent.info().hostname();
            case Change.AgentUnreachable(var agent, var _) -> name + " " + agent;
            case Change.AgentGone(var agent, var _) -> name + " " + agent;
            case Change.AgentRemoved(var agent, var _) -> name + " " + agent;
            case Change.AgentForgotten(var agent) -> name + " " + agent;
            case Change.FrameworkStored(var framework) ->
                name + " " + framework.info().id() + " " + framework.info().name();
            case Change.FrameworkDisconnected(var framework, var at, var deadline) ->
                name + " " + framework + " for " + Duration.between(at, deadline);
            case Change.FrameworkCompleted(var framework, var _) -> name + " " + framework;
            case Change.FrameworkForgotten(var framework) -> name + " " + framework;
            case Change.RolesSuppressed(var framework, var roles) -> name + " " + framework + " " + roles;
            case Change.Decree decree -> decree.toString();
            case Change.TaskAdded(var task) ->
                name + " " + task.taskId() + " " + task.state() + " on " + task.agentId();
            case Change.TaskMoved(var task) -> name + " " + task.taskId() + " " + task.state();
            case Change.TaskUnreachable(var task) -> name + " " + task.taskId() + " " + task.state();
            case Change.TaskCompleted(var task, var _) -> name + " " + task.taskId() + " " + task.state();
            case Change.TaskForgotten(var _, var task) -> name + " " + task;
        };
    }

    private static String of(Effect effect) {
        return switch (effect) {
            case Effect.SendEvent(var stream, var event) -> stream + " <- " + of(event);
            case Effect.CloseStream(var stream) -> stream + " closed";
            case Effect.SendToAgent(var stream, var _, var event) -> stream + " <- " + of(event);
            case Effect.CloseAgentStream(var stream) -> stream + " closed";
            case Effect.Reply(var _, var outcome, var message) ->
                "reply " + outcome.status() + (message.isEmpty() ? "" : " " + message);
            case Effect.Wake wake -> wake.toString();
        };
    }

    private static String of(Event event) {
        Event.Type type = Objects.requireNonNull(event.type());
        return switch (type) {
            case SUBSCRIBED ->
                "SUBSCRIBED " + Objects.requireNonNull(event.subscribed()).frameworkId();
            case OFFERS ->
                "OFFERS "
                        + Objects.requireNonNull(event.offers()).offers().stream()
                                .map(Transcript::of)
                                .collect(Collectors.joining(", "));
            case RESCIND -> "RESCIND " + Objects.requireNonNull(event.rescind()).offerId();
            case UPDATE -> "UPDATE " + of(Objects.requireNonNull(event.update()).status());
            case ERROR -> "ERROR " + Objects.requireNonNull(event.error()).message();
            case FAILURE -> {
                Event.Failure failure = Objects.requireNonNull(event.failure());
                yield "FAILURE " + failure.agentId()
                        + (failure.executorId() == null ? "" : " " + failure.executorId() + " " + failure.status());
            }
            case UPDATE_OPERATION_STATUS -> {
                var status =
                        Objects.requireNonNull(event.updateOperationStatus()).status();
                yield "UPDATE_OPERATION_STATUS " + status.operationId() + " " + status.state() + " " + status.message();
            }
            default -> type.name();
        };
    }

    private static String of(Offer offer) {
        Resources resources = Resources.of(offer.resources());
        return offer.id() + " " + offer.agentId() + " " + resources;
    }

    private static String of(TaskStatus status) {
        String text = status.taskId() + " " + status.state() + " " + status.source();
        text += status.reason() == null ? "" : " " + status.reason();
        text += status.uuid() == null ? "" : " uuid";
        return text + (status.message() == null ? "" : " '" + status.message() + "'");
    }

    private static String of(AgentEvent event) {
        return switch (event.type()) {
            case SUBSCRIBED ->
                "SUBSCRIBED " + Objects.requireNonNull(event.subscribed()).agentId();
            case RUN_TASK ->
                "RUN_TASK " + Objects.requireNonNull(event.runTask()).task().taskId()
                        + (Boolean.FALSE.equals(event.runTask().launchExecutor()) ? " in its running executor" : "");
            case RUN_TASK_GROUP ->
                "RUN_TASK_GROUP "
                        + Objects.requireNonNull(event.runTaskGroup()).tasks().stream()
                                .map(task -> task.taskId().value())
                                .toList();
            case KILL_TASK ->
                "KILL_TASK " + Objects.requireNonNull(event.killTask()).taskId();
            case ACKNOWLEDGED ->
                "ACKNOWLEDGED " + Objects.requireNonNull(event.acknowledged()).taskId();
            case SHUTDOWN_FRAMEWORK ->
                "SHUTDOWN_FRAMEWORK "
                        + Objects.requireNonNull(event.shutdownFramework()).frameworkId();
            case SHUTDOWN_EXECUTOR ->
                "SHUTDOWN_EXECUTOR "
                        + Objects.requireNonNull(event.shutdownExecutor()).executorId();
            case RECONCILE_TASKS ->
                "RECONCILE_TASKS "
                        + Objects.requireNonNull(event.reconcileTasks()).taskIds();
            case SHUTDOWN ->
                "SHUTDOWN " + Objects.requireNonNull(event.shutdown()).message();
            default -> event.type().name();
        };
    }
}
