package org.nucleus.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.executor.Call;
import org.nucleus.wire.executor.Event;

/**
 * The process of a framework's own executor: subscribes with the agent, runs what it is given, holds its updates until
 * they are acknowledged, comes back when the agent does, and ends when told, when idle, or by accident.
 */
final class ExecutorProcess implements Containers.Program {
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final ExecutorKey key;
    private final AgentHost host;
    private final Weather weather;
    private final SequencedMap<TaskId, Work> works = new LinkedHashMap<>();
    private final SequencedMap<Bytes, Call.Update> unacknowledged = new LinkedHashMap<>();
    private List<Bytes> carried = List.of();
    private @Nullable Consumer<Ending> exit;
    private @Nullable Connection connection;
    private boolean subscribed;
    private boolean leaving;
    private boolean over;
    private Instant lostAt = Instant.MAX;
    private int updates;

    private static final class Work {
        private final TaskInfo info;
        private boolean heardOf;
        private boolean done;

        private Work(TaskInfo info) {
            this.info = info;
        }
    }

    ExecutorProcess(ExecutorKey key, AgentHost host, Weather weather) {
        this.key = key;
        this.host = host;
        this.weather = weather;
    }

    @Override
    public void begin(Consumer<Ending> end) {
        exit = end;
        lostAt = weather.now();
        if (!weather.fault(0.03)) {
            weather.agenda().in(weather.lot().millis(5, 2_000), this::connect);
        }
        if (weather.fault(0.1)) {
            weather.agenda().in(weather.lot().seconds(0, 60), () -> leave(new Ending.Exited(3)));
        }
    }

    @Override
    public void ended() {
        over = true;
        if (connection != null && connection.isOpenAtClient()) {
            connection.clientDied();
        }
    }

    @Override
    public List<TaskKey> tasks() {
        List<TaskKey> alive = new ArrayList<>();
        works.forEach((id, work) -> {
            if (!work.done) {
                alive.add(new TaskKey(key.framework(), id));
            }
        });
        return alive;
    }

    // --- connecting -------------------------------------------------------------------------------------------------

    private void connect() {
        if (over || leaving) {
            return;
        }
        Connection next = host.connectExecutor(new Ear());
        connection = next;
        carried = List.copyOf(unacknowledged.keySet());
        List<TaskInfo> unheard = works.values().stream()
                .filter(work -> !work.heardOf)
                .map(work -> work.info)
                .toList();
        next.call(call(Call.Type.SUBSCRIBE)
                .subscribe(new Call.Subscribe(unheard, List.copyOf(unacknowledged.values())))
                .build());
    }

    private Call.Builder call(Call.Type type) {
        return Call.builder().type(type).frameworkId(key.framework()).executorId(key.executor());
    }

    /** Hears one connection, until there is another. */
    private final class Ear implements Connection.End {
        @Override
        public void received(Object message) {
            if (!over) {
                weather.trace().add(ExecutorProcess.this + " <-", message);
                hear(weather.wire().unpack(message, Event.class));
            }
        }

        @Override
        public void closed(String reason) {
            if (!over && !leaving) {
                lostAt = subscribed ? weather.now() : lostAt;
                subscribed = false;
                if (lostAt.plus(RECOVERY).isBefore(weather.now())) {
                    leave(new Ending.Exited(4));
                } else {
                    weather.agenda().in(weather.lot().millis(100, 1_500), ExecutorProcess.this::connect);
                }
            }
        }
    }

    // --- events -----------------------------------------------------------------------------------------------------

    private void hear(Event event) {
        if (event.type() == Event.Type.SUBSCRIBED) {
            subscribed = true;
            tellWhatCameMeanwhile();
            leaveWhenIdle();
        } else if (event.type() == Event.Type.SHUTDOWN) {
            shutDown();
        } else if (event.launch() != null) {
            take(List.of(event.launch().task()));
        } else if (event.launchGroup() != null) {
            take(event.launchGroup().taskGroup().tasks());
        } else if (event.kill() != null) {
            TaskId task = event.kill().taskId();
            weather.agenda().in(weather.lot().millis(1, 3_000), () -> finish(task, TaskState.TASK_KILLED));
        } else if (event.acknowledged() != null) {
            acknowledged(event.acknowledged());
        }
    }

    /** Updates that the subscription did not carry, since they came after it was sent. */
    private void tellWhatCameMeanwhile() {
        unacknowledged.forEach((uuid, update) -> {
            if (!carried.contains(uuid)) {
                send(update);
            }
        });
    }

    private void send(Call.Update update) {
        if (connection != null && subscribed) {
            connection.call(call(Call.Type.UPDATE).update(update).build());
        }
    }

    private void acknowledged(Event.Acknowledged acknowledged) {
        unacknowledged.remove(acknowledged.uuid());
        Work work = works.get(acknowledged.taskId());
        if (work != null) {
            work.heardOf = true;
        }
    }

    private void take(List<TaskInfo> tasks) {
        for (TaskInfo info : tasks) {
            host.containers().runs(new TaskKey(key.framework(), info.taskId()));
            works.put(info.taskId(), new Work(info));
            if (weather.lot().chance(0.3)) {
                report(info.taskId(), TaskState.TASK_STARTING);
            }
            report(info.taskId(), TaskState.TASK_RUNNING);
            if (!Orders.isService(info)) {
                TaskState end = weather.lot().chance(0.8) ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED;
                weather.agenda().in(weather.lot().millis(100, 40_000), () -> finish(info.taskId(), end));
            }
        }
    }

    private void finish(TaskId task, TaskState state) {
        Work work = works.get(task);
        if (!over && work != null && !work.done) {
            work.done = true;
            report(task, state);
            leaveWhenIdle();
        }
    }

    private void report(TaskId task, TaskState state) {
        Bytes uuid = Bytes.of(uuid());
        Call.Update update = new Call.Update(TaskStatus.builder()
                .taskId(task)
                .state(state)
                .source(TaskStatus.Source.SOURCE_EXECUTOR)
                .executorId(key.executor())
                .uuid(uuid)
                .build());
        unacknowledged.put(uuid, update);
        send(update);
    }

    private byte[] uuid() {
        updates++;
        return ByteBuffer.allocate(16)
                .putLong(weather.lot().number())
                .putLong(updates)
                .array();
    }

    // --- leaving ----------------------------------------------------------------------------------------------------

    /** One that doesn't obey has to be killed. */
    private void shutDown() {
        if (!weather.fault(0.2)) {
            works.forEach((id, work) -> {
                if (weather.lot().chance(0.5)) {
                    finish(id, TaskState.TASK_KILLED);
                }
            });
            weather.agenda().in(weather.lot().millis(1, 3_000), () -> leave(new Ending.Exited(0)));
        }
    }

    /** Half of the executors stay for more tasks. */
    private void leaveWhenIdle() {
        if (tasks().isEmpty() && weather.lot().chance(0.5)) {
            weather.agenda().in(weather.lot().seconds(1, 20), () -> {
                if (tasks().isEmpty() && unacknowledged.isEmpty()) {
                    leave(new Ending.Exited(0));
                }
            });
        }
    }

    private void leave(Ending ending) {
        if (!over && !leaving && exit != null) {
            leaving = true;
            exit.accept(ending);
        }
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
