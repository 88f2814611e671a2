package org.nucleus.agent.core.state;

import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ExecutorInfo;

/**
 * An executor that a framework named, until it is gone. The built-in default executor has no process of its own: its
 * container is only a sandbox's name.
 *
 * @param user whom it runs as by the command's or the framework's word
 * @param seen whether it has ever subscribed
 */
public record ExecutorRun(
        ExecutorKey key,
        ExecutorInfo info,
        String user,
        ContainerId container,
        Phase phase,
        boolean seen,
        Intent intent) {

    public static ExecutorRun launching(ExecutorKey key, ExecutorInfo info, String user, ContainerId container) {
        return new ExecutorRun(key, info, user, container, new Phase.Launching(), false, new Intent.Live());
    }

    /** Whether the agent itself is the executor. */
    public boolean isBuiltIn() {
        return info.type() == ExecutorInfo.Type.DEFAULT;
    }

    public boolean dying() {
        return intent instanceof Intent.Die;
    }

    ExecutorRun in(ContainerId other) {
        return new ExecutorRun(key, info, user, other, phase, seen, intent);
    }

    ExecutorRun at(Phase next) {
        return new ExecutorRun(key, info, user, container, next, seen, intent);
    }

    ExecutorRun subscribed() {
        return new ExecutorRun(key, info, user, container, phase, true, intent);
    }

    ExecutorRun meantTo(Intent next) {
        return new ExecutorRun(key, info, user, container, phase, seen, next);
    }
}
