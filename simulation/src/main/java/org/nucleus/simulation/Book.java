package org.nucleus.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/** What a scheduler has written down of its tasks, before it launched them and of what it heard. */
final class Book {
    private final SequencedMap<TaskId, Entry> entries = new LinkedHashMap<>();

    /** One task. */
    static final class Entry {
        private final TaskId id;
        private final AgentId agent;
        private final boolean service;
        private final int connection;
        private TaskState state = TaskState.TASK_STAGING;
        private boolean ended;
        private boolean killWanted;

        private boolean heardOf;

        private Entry(TaskId id, AgentId agent, boolean service, int connection) {
            this.id = id;
            this.agent = agent;
            this.service = service;
            this.connection = connection;
        }

        /** Whether its launch has certainly arrived or is certainly lost, seen from a later {@code connection}. */
        boolean isSettledFor(int later) {
            return heardOf || connection < later;
        }

        TaskId id() {
            return id;
        }

        AgentId agent() {
            return agent;
        }

        boolean isService() {
            return service;
        }

        TaskState state() {
            return state;
        }

        /** Whether it has reached a state that is never left. */
        boolean hasEnded() {
            return ended;
        }

        boolean isKillWanted() {
            return killWanted;
        }

        void wantKill() {
            killWanted = true;
        }

        /** The master has lost sight of it: it is over, or comes back with its agent. */
        boolean isLost() {
            return state == TaskState.TASK_LOST || state == TaskState.TASK_UNKNOWN;
        }

        @Override
        public String toString() {
            return id + " on " + agent + " " + state + (killWanted ? " to be killed" : "");
        }
    }

    /** @param connection the number of that on which it is launched */
    void launching(TaskInfo task, int connection) {
        entries.put(task.taskId(), new Entry(task.taskId(), task.agentId(), Orders.isService(task), connection));
    }

    /**
     * A status reached the scheduler: once a task has ended, nothing else is ever true of it.
     *
     * @param forgetful whether masters have lost histories, so that they may miss a task that they knew to have ended
     */
    void heard(TaskStatus status, boolean forgetful) {
        Entry entry = entries.get(status.taskId());
        Broken.unless(entry != null, "a scheduler heard of a task it never launched", status);
        if (entry == null) {
            return;
        }
        TaskState state = status.state();
        entry.heardOf = true;
        if (entry.ended) {
            boolean answer = forgetful || status.reason() == TaskStatus.Reason.REASON_RECONCILIATION;
            boolean missed = status.uuid() == null && answer && isMissed(state);
            Broken.unless(
                    state == entry.state || missed || areBothMissing(entry.state, state),
                    "a task that had ended did something else",
                    entry,
                    status);
            return;
        }
        entry.state = state;
        entry.ended = isEnd(state, status.uuid() != null);
    }

    /** The master says TASK_LOST of tasks that may come back, an agent doesn't. */
    private static boolean isEnd(TaskState state, boolean ofAgent) {
        return switch (state) {
            case TASK_FINISHED, TASK_FAILED, TASK_KILLED, TASK_ERROR, TASK_GONE_BY_OPERATOR -> true;
            case TASK_LOST -> ofAgent;
            case TASK_DROPPED, TASK_GONE -> true;
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_UNREACHABLE, TASK_UNKNOWN -> false;
        };
    }

    /** What the master says of a task that it can't find. */
    private static boolean isMissed(TaskState state) {
        return switch (state) {
            case TASK_LOST, TASK_DROPPED, TASK_GONE, TASK_GONE_BY_OPERATOR, TASK_UNREACHABLE, TASK_UNKNOWN -> true;
            case TASK_STAGING,
                    TASK_STARTING,
                    TASK_RUNNING,
                    TASK_KILLING,
                    TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR -> false;
        };
    }

    /** The master and the agent have different words for a task that was asked for and isn't there. */
    private static boolean areBothMissing(TaskState known, TaskState said) {
        return isMissing(known) && isMissing(said);
    }

    private static boolean isMissing(TaskState state) {
        return state == TaskState.TASK_GONE || state == TaskState.TASK_DROPPED || state == TaskState.TASK_LOST;
    }

    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** Tasks that have not ended, lost ones among them. */
    List<Entry> open() {
        List<Entry> open = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (!entry.ended) {
                open.add(entry);
            }
        }
        return open;
    }

    @Nullable
    Entry get(TaskId id) {
        return entries.get(id);
    }
}
