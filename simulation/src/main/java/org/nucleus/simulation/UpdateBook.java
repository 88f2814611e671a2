package org.nucleus.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskStatus;

/**
 * What agents have stored of tasks and their updates, against which is held what they send and what frameworks hear: a
 * task is taken on once in the whole world, updates go and arrive in order, and an acknowledged one is never sent
 * again.
 */
final class UpdateBook {
    private final SequencedMap<TaskKey, AgentHost> takenOn = new LinkedHashMap<>();
    private final SequencedMap<StreamKey, Stream> streams = new LinkedHashMap<>();
    private final SequencedMap<Bytes, StreamKey> byUuid = new LinkedHashMap<>();

    private record StreamKey(String host, TaskKey task) {}

    private static final class Stream {
        private final List<Bytes> queued = new ArrayList<>();
        private final SequencedSet<Bytes> acknowledged = new LinkedHashSet<>();
        private int heard = -1;
    }

    void committed(AgentHost host, Change.Durable change) {
        switch (change) {
            case Change.TaskAccepted(var run) -> {
                AgentHost before = takenOn.put(run.key(), host);
                Broken.unless(before == null, "a task was taken on twice", run.key(), before, host);
            }
            case Change.UpdateQueued queued -> queue(new StreamKey(host.toString(), queued.key()), queued.status());
            case Change.UpdateAcknowledged(var key, var uuid) ->
                stream(new StreamKey(host.toString(), key)).acknowledged.add(uuid);
            case Change.TaskForgotten(var key) -> {
                Stream stream = stream(new StreamKey(host.toString(), key));
                stream.heard = stream.queued.size() - 1;
            }
            default -> {
                // says nothing of tasks or updates
            }
        }
    }

    /**
     * A step decided to send an update.
     *
     * @param head the first of the task's updates that this process knows not to be acknowledged
     */
    void sending(AgentHost host, TaskStatus status, @Nullable TaskStatus head) {
        Bytes uuid = status.uuid();
        StreamKey key = uuid == null ? null : byUuid.get(uuid);
        if (uuid != null && key != null) {
            Stream stream = stream(key);
            Broken.unless(!stream.acknowledged.contains(uuid), "an acknowledged update is sent again", host, status);
            Broken.unless(status.equals(head), "an update overtook one before it", host, status, String.valueOf(head));
        }
    }

    /** @param status with a uuid, so that it is an agent's */
    void heard(FrameworkId framework, TaskStatus status) {
        Bytes uuid = status.uuid();
        StreamKey key = uuid == null ? null : byUuid.get(uuid);
        if (key != null) {
            Broken.unless(key.task().framework().equals(framework), "an update reached another framework", key, status);
            Stream stream = stream(key);
            int place = stream.queued.indexOf(uuid);
            Broken.unless(place <= stream.heard + 1, "an update arrived before its predecessor", key, status);
            stream.heard = Math.max(stream.heard, place);
        }
    }

    /** Where a task was taken on, if anywhere. */
    @Nullable
    AgentHost hostOf(TaskKey key) {
        return takenOn.get(key);
    }

    private void queue(StreamKey key, TaskStatus status) {
        Bytes uuid = status.uuid();
        Broken.unless(uuid != null, "an agent's update has no uuid", status);
        if (uuid != null) {
            StreamKey before = byUuid.put(uuid, key);
            Broken.unless(before == null, "an update's uuid was used before", key, status);
            stream(key).queued.add(uuid);
        }
    }

    private Stream stream(StreamKey key) {
        return streams.computeIfAbsent(key, _ -> new Stream());
    }
}
