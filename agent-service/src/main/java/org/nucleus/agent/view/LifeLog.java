package org.nucleus.agent.view;

import java.io.IOException;
import java.time.Instant;
import org.nucleus.agent.checkpoint.AgentMeta;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes down the turns of the agent's and its tasks' lives: in the log, and its identity where the original has it.
 */
public final class LifeLog implements Observer<AgentInput, Change.Durable, Effect> {
    private static final Logger log = LoggerFactory.getLogger(LifeLog.class);

    private final AgentState state;
    private final AgentMeta meta;

    public LifeLog(AgentState state, AgentMeta meta) {
        this.state = state;
        this.meta = meta;
    }

    @Override
    public void stepped(Instant now, AgentInput input, Step<Change.Durable, Effect> step) {
        step.durable().forEach(this::write);
        if (input instanceof AgentInput.EventReceived(var _, AgentEvent event) && event.subscribed() != null) {
            log.atInfo()
                    .addKeyValue("agent", event.subscribed().agentId().value())
                    .addKeyValue("epoch", event.epoch())
                    .log("Registered with the master");
        }
    }

    private void write(Change.Durable change) {
        switch (change) {
            case Change.AgentAdmitted(var id) ->
                keep(() -> meta.admitted(id, state.settings().info()));
            case Change.AgentCleared _ -> keep(meta::cleared);
            case Change.AgentDismissed(var reason) ->
                log.atWarn().addKeyValue("reason", reason).log("The agent ends: killing all tasks");
            case Change.TaskAccepted(var run) ->
                log.atInfo()
                        .addKeyValue("task", run.key())
                        .addKeyValue("container", run.container().value())
                        .log("Accepted task");
            case Change.TaskDoomed(var key, Intent.Die intent) ->
                log.atInfo()
                        .addKeyValue("task", key)
                        .addKeyValue("cause", intent.cause())
                        .log("Killing task");
            case Change.UpdateQueued(var _, TaskStatus status) ->
                log.atLevel(UpdateStreams.isTerminal(status.state()) ? Level.INFO : Level.DEBUG)
                        .addKeyValue("task", status.taskId().value())
                        .addKeyValue("state", status.state())
                        .addKeyValue("message", status.message())
                        .log("Task changed");
            case Change.FrameworkShutDown(var id) ->
                log.atInfo().addKeyValue("framework", id.value()).log("Shutting down framework");
            case Change.ExecutorAccepted(var run) ->
                log.atInfo()
                        .addKeyValue("executor", run.key())
                        .addKeyValue("container", run.container().value())
                        .log("Accepted executor");
            case Change.ExecutorDoomed(var key, Intent.Die intent) ->
                log.atInfo()
                        .addKeyValue("executor", key)
                        .addKeyValue("cause", intent.cause())
                        .log("Ending executor");
            case Change.ExecutorForgotten(var key) ->
                log.atInfo().addKeyValue("executor", key).log("Executor ended");
            case Change.ResourcesCheckpointed(var resources) ->
                log.atInfo().addKeyValue("resources", resources).log("Checkpointed reservations and volumes");
            case Change.EpochAdvanced _,
                    Change.ExecutorReplaced _,
                    Change.ExecutorStarted _,
                    Change.ExecutorSeen _,
                    Change.FrameworkStored _,
                    Change.FrameworkForgotten _,
                    Change.ContainerReplaced _,
                    Change.TaskStarted _,
                    Change.TaskEnded _,
                    Change.UpdateAcknowledged _,
                    Change.TaskForgotten _,
                    Change.OperationKept _,
                    Change.OperationForgotten _ -> {}
        }
    }

    /** A file write that may fail. */
    private interface Keeping {
        void run() throws IOException;
    }

    private static void keep(Keeping keeping) {
        try {
            keeping.run();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("Could not write the agent's identity for people; it is safe in the journal");
        }
    }
}
