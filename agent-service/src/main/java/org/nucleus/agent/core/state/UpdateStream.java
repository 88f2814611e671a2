package org.nucleus.agent.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.TaskStatus;

/** A task's status updates that its scheduler has not acknowledged, oldest first. Only the head is ever in flight. */
public record UpdateStream(TaskKey key, List<TaskStatus> pending) {
    public UpdateStream {
        pending = List.copyOf(pending);
    }

    public static UpdateStream empty(TaskKey key) {
        return new UpdateStream(key, List.of());
    }

    public boolean isHead(Bytes uuid) {
        return !pending.isEmpty() && Objects.equals(uuid, pending.getFirst().uuid());
    }

    UpdateStream with(TaskStatus status) {
        List<TaskStatus> longer = new ArrayList<>(pending);
        longer.add(status);
        return new UpdateStream(key, longer);
    }

    UpdateStream withoutHead() {
        return new UpdateStream(key, pending.subList(1, pending.size()));
    }
}
