package org.nucleus.driver;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.executor.Call;
import org.nucleus.wire.executor.Event;

/**
 * What an agent has not confirmed to an executor yet: the updates, and the tasks it launched of which it has confirmed
 * none. A returning agent is told both, so that nothing is lost and nothing launched twice. For one thread at a time.
 */
final class Unacknowledged {
    private final Map<Bytes, TaskStatus> updates = new LinkedHashMap<>();
    private final Map<TaskId, TaskInfo> tasks = new LinkedHashMap<>();
    private final Set<Bytes> told = new LinkedHashSet<>();

    void updated(TaskStatus status, Bytes uuid) {
        updates.put(uuid, status);
    }

    /** False if it is waiting already, as after a launch that was sent twice. */
    boolean launched(TaskInfo task) {
        return tasks.putIfAbsent(task.taskId(), task) == null;
    }

    void acknowledged(Event.Acknowledged acknowledged) {
        if (updates.remove(acknowledged.uuid()) != null) {
            tasks.remove(acknowledged.taskId());
        }
    }

    Call.Subscribe subscribe() {
        told.clear();
        told.addAll(updates.keySet());
        return new Call.Subscribe(
                List.copyOf(tasks.values()),
                updates.values().stream().map(Call.Update::new).toList());
    }

    /** The updates made since {@link #subscribe}, in order. */
    List<TaskStatus> untold() {
        return updates.entrySet().stream()
                .filter(update -> !told.contains(update.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
