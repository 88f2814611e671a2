package org.nucleus.master.core.state;

import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;

/** An executor's name on its agent. */
public record ExecutorKey(FrameworkId framework, ExecutorId executor) {
    @Override
    public String toString() {
        return framework + "/" + executor;
    }
}
