package org.nucleus.marathon.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One copy of an app that is to run, runs, or is to go.
 *
 * @param incarnation counts the tasks that were launched for it, from 1
 * @param version of the app it was launched from; before that, of the app when it was scheduled
 * @param configuration the {@link VersionInfo#lastConfigChangeAt} of that app: instances of another one are old
 * @param since when it came into its condition
 * @param run where it was launched; absent while scheduled
 * @param healthy the verdict of the app's health checks; absent while unknown
 * @param killedAt when its task was asked to die; absent if it wasn't
 * @param sickSince since when it is to be replaced for its bad health, once another one does its work; absent if it isn't
 * @param role under which its resources were taken; absent: it was never launched
 * @param home where its data is; absent: it has none
 * @param members of a pod: how each container's task is
 */
public record Instance(
        InstanceId id,
        AppPath app,
        int incarnation,
        Version version,
        Version configuration,
        Goal goal,
        Condition condition,
        Instant since,
        Instant scheduledAt,
        @Nullable Run run,
        @Nullable Boolean healthy,
        @Nullable Instant killedAt,
        @Nullable Instant sickSince,
        @Nullable String role,
        @Nullable Home home,
        List<Member> members) {
    public Instance {
        members = List.copyOf(members);
    }

    /**
     * The agent that holds an instance's reservation, and the volumes on it.
     *
     * @param settled whether a task ran there: before, the reservation may never have come about
     */
    public record Home(String agent, String host, List<LocalVolume> volumes, boolean settled) {
        public Home {
            volumes = List.copyOf(volumes);
        }
    }

    /** A persistent volume of an instance. */
    public record LocalVolume(String containerPath, String persistenceId) {}

    /**
     * One container of a pod's instance.
     *
     * @param state on the wire; absent before the first word of it
     */
    public record Member(
            String container,
            @Nullable String state,
            Instant since,
            @Nullable Boolean healthy,
            String message,
            @Nullable Integer exitCode) {
        public boolean isOver() {
            return state != null
                    && switch (state) {
                        case "TASK_STAGING", "TASK_STARTING", "TASK_RUNNING", "TASK_KILLING", "TASK_UNREACHABLE" ->
                            false;
                        default -> true;
                    };
        }
    }

    public static Instance scheduled(InstanceId id, App app, Instant now) {
        return new Instance(
                id,
                app.id(),
                1,
                app.version(),
                app.versionInfo().lastConfigChangeAt(),
                Goal.RUNNING,
                Condition.SCHEDULED,
                now,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    /** The id of its task; of a pod, of its first container's. */
    public String taskId() {
        return members.isEmpty()
                ? id.task(incarnation)
                : id.task(members.getFirst().container(), incarnation);
    }

    public List<String> taskIds() {
        return members.isEmpty()
                ? List.of(id.task(incarnation))
                : members.stream()
                        .map(member -> id.task(member.container(), incarnation))
                        .toList();
    }

    public boolean hasTask(String task) {
        return isLaunched() && taskIds().contains(task);
    }

    public boolean isActive() {
        return goal == Goal.RUNNING && (condition.isActive() || condition == Condition.SCHEDULED);
    }

    public boolean waits() {
        return goal == Goal.RUNNING && condition == Condition.SCHEDULED;
    }

    public boolean isLaunched() {
        return condition != Condition.SCHEDULED;
    }

    /** Running, and not told to die. */
    public boolean isRunning() {
        return condition == Condition.RUNNING && goal == Goal.RUNNING && killedAt == null;
    }

    /** Stopped for good or for a while: nothing of it runs, but its data is kept. */
    public boolean rests() {
        return goal == Goal.STOPPED && condition == Condition.SCHEDULED;
    }

    public Instance launched(App from, Run where, @Nullable Home keeps, Instant now) {
        return change(parts -> {
            parts.version = from.version();
            parts.configuration = from.versionInfo().lastConfigChangeAt();
            parts.move(Condition.PROVISIONED, now);
            parts.run = where;
            parts.home = keeps;
            parts.role = from.role();
            parts.forgetTask();
            parts.members = members(from, now);
        });
    }

    private static List<Member> members(App from, Instant now) {
        return from.pod() == null
                ? List.of()
                : from.pod().containers().stream()
                        .map(container -> new Member(container.name(), null, now, null, "", null))
                        .toList();
    }

    /** Waits anew, under the next incarnation. */
    public Instance rescheduled(App from, Instant now) {
        return change(parts -> {
            parts.incarnation = incarnation + 1;
            parts.version = from.version();
            parts.configuration = from.versionInfo().lastConfigChangeAt();
            parts.since = now;
            parts.condition = Condition.SCHEDULED;
            parts.scheduledAt = now;
            parts.run = null;
            parts.forgetTask();
            parts.members = List.of();
        });
    }

    /** Nothing runs any more; the data stays until it is wanted again. */
    public Instance resting(Instant now) {
        return change(parts -> {
            parts.incarnation = incarnation + 1;
            parts.since = now;
            parts.condition = Condition.SCHEDULED;
            parts.run = null;
            parts.forgetTask();
            parts.members = List.of();
        });
    }

    /** Wanted again after it rested. */
    public Instance woken(App from, Instant now) {
        return change(parts -> {
            parts.goal = Goal.RUNNING;
            parts.version = from.version();
            parts.configuration = from.versionInfo().lastConfigChangeAt();
            parts.since = now;
            parts.scheduledAt = now;
        });
    }

    public boolean isSettled() {
        return home != null && home.settled();
    }

    /** Its task runs where its data is. */
    public Instance settled() {
        return home == null || home.settled()
                ? this
                : change(parts -> parts.home = new Home(home.agent(), home.host(), home.volumes(), true));
    }

    /** Without its data: it may go anywhere. */
    public Instance homeless() {
        return change(parts -> parts.home = null);
    }

    public Instance in(Condition changed, Instant now) {
        return change(parts -> parts.move(changed, now));
    }

    public Instance with(@Nullable Run changed, @Nullable Boolean health) {
        return change(parts -> {
            parts.run = changed;
            parts.healthy = health;
        });
    }

    public Instance killed(Goal newGoal, Instant now) {
        return change(parts -> {
            parts.goal = newGoal;
            parts.killedAt = now;
        });
    }

    public Instance sick(@Nullable Instant from) {
        return change(parts -> parts.sickSince = from);
    }

    public Instance with(Member changed) {
        List<Member> all = new ArrayList<>();
        members.forEach(one -> all.add(one.container().equals(changed.container()) ? changed : one));
        return change(parts -> parts.members = all);
    }

    private Instance change(Consumer<Parts> what) {
        Parts parts = new Parts(this);
        what.accept(parts);
        return new Instance(
                id,
                app,
                parts.incarnation,
                parts.version,
                parts.configuration,
                parts.goal,
                parts.condition,
                parts.since,
                parts.scheduledAt,
                parts.run,
                parts.healthy,
                parts.killedAt,
                parts.sickSince,
                parts.role,
                parts.home,
                parts.members);
    }

    /** What of an instance may change. */
    private static final class Parts {
        private int incarnation;
        private Version version;
        private Version configuration;
        private Goal goal;
        private Condition condition;
        private Instant since;
        private Instant scheduledAt;
        private @Nullable Run run;
        private @Nullable Boolean healthy;
        private @Nullable Instant killedAt;
        private @Nullable Instant sickSince;
        private @Nullable String role;
        private @Nullable Home home;
        private List<Member> members;

        Parts(Instance from) {
            incarnation = from.incarnation;
            version = from.version;
            configuration = from.configuration;
            goal = from.goal;
            condition = from.condition;
            since = from.since;
            scheduledAt = from.scheduledAt;
            run = from.run;
            healthy = from.healthy;
            killedAt = from.killedAt;
            sickSince = from.sickSince;
            role = from.role;
            home = from.home;
            members = from.members;
        }

        void move(Condition to, Instant now) {
            since = to == condition ? since : now;
            condition = to;
        }

        void forgetTask() {
            healthy = null;
            killedAt = null;
            sickSince = null;
        }
    }
}
