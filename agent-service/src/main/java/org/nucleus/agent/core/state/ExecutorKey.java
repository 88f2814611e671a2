package org.nucleus.agent.core.state;

import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;

/** An executor's name on this agent: executor ids are unique within their framework only. */
public record ExecutorKey(FrameworkId framework, ExecutorId executor) {
    public static ExecutorKey of(String framework, String executor) {
        return new ExecutorKey(new FrameworkId(framework), new ExecutorId(executor));
    }

    @Override
    public String toString() {
        return framework.value() + "/" + executor.value();
    }
}
