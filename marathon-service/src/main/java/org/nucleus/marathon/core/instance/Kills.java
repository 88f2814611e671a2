package org.nucleus.marathon.core.instance;

import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Change.InstanceStored;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Goal;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.scheduler.Call;

/** Asks for a task's death, stored first, and repeated until it is over. */
final class Kills {
    void kill(Instance instance, Goal goal, Frame frame) {
        Instance killed = instance.killed(goal, frame.now());
        frame.record(new InstanceStored(killed));
        repeat(killed, frame);
    }

    void repeat(Instance instance, Frame frame) {
        Run run = instance.run();
        AgentId agent = run == null ? null : new AgentId(run.agent());
        for (String task : instance.taskIds()) {
            if (!isOver(instance, task)) {
                frame.call(call(task, agent, grace(instance, frame)));
            }
        }
        frame.wake(new TimerKey.Overdue(instance.id()), frame.state().settings().killRetry());
    }

    private static boolean isOver(Instance instance, String task) {
        String container = instance.id().container(task);
        return instance.members().stream().anyMatch(member -> member.container().equals(container) && member.isOver());
    }

    private static @Nullable Integer grace(Instance instance, Frame frame) {
        return frame.state()
                .definition(instance)
                .map(app -> app.policy().killGracePeriodSeconds())
                .orElse(null);
    }

    static Call call(String task, @Nullable AgentId agent, @Nullable Integer graceSeconds) {
        KillPolicy policy =
                graceSeconds == null ? null : new KillPolicy(new DurationInfo(graceSeconds * 1_000_000_000L));
        return Call.builder()
                .type(Call.Type.KILL)
                .kill(new Call.Kill(new TaskId(task), agent, policy))
                .build();
    }
}
