package org.nucleus.simulation;

import org.nucleus.agent.core.Agent;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.machine.Step;
import org.nucleus.resources.Resources;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentCall;

/** What must hold of an agent after every step, whatever happens around it. */
final class AgentChecks {
    private final AgentHost host;
    private final Agent machine;
    private final UpdateBook updates;
    private final Parsed parsed = new Parsed();

    AgentChecks(AgentHost host, Agent machine, UpdateBook updates) {
        this.host = host;
        this.machine = machine;
        this.updates = updates;
    }

    void stepped(Step<Change.Durable, Effect> step) {
        if (!step.durable().isEmpty()) {
            checkRoom(machine.state());
        }
        step.effects().forEach(this::checkUpdate);
    }

    private void checkUpdate(Effect effect) {
        AgentCall.Update update = effect instanceof Effect.SendCall(var _, var call) ? call.update() : null;
        if (update != null) {
            TaskKey key = new TaskKey(update.frameworkId(), update.status().taskId());
            TaskStatus head = machine.state().stream(key)
                    .map(stream -> stream.pending().getFirst())
                    .orElse(null);
            updates.sending(host, update.status(), head);
        }
    }

    /** What lives here never exceeds what there is, but for tasks whose framework is gone and which are being ended. */
    private void checkRoom(AgentState state) {
        Resources taken = Resources.none();
        for (TaskRun run : state.runs().values()) {
            if (!run.ended() && !isLeaving(run.key().framework(), state)) {
                taken = taken.plus(parsed.of(run.info().resources()).unallocated());
            }
        }
        for (ExecutorRun executor : state.executors().values()) {
            if (!executor.dying() && !isLeaving(executor.key().framework(), state)) {
                taken = taken.plus(parsed.of(executor.info().resources()).unallocated());
            }
        }
        Resources total = state.total().orElse(Resources.none());
        Broken.unless(
                total.asConfigured().equals(host.total()),
                "an agent's reservations and volumes are not made of what it has",
                host,
                total);
        Broken.unless(total.besides(taken).isPresent(), "live tasks exceed what the agent has", host, taken);
    }

    private static boolean isLeaving(FrameworkId framework, AgentState state) {
        return state.framework(framework).map(known -> known.shuttingDown()).orElse(false);
    }
}
