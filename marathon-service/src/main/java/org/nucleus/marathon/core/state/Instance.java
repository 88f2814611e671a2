package org.nucleus.marathon.core.state;

import java.time.Instant;
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
        @Nullable Instant killedAt) {

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
                null);
    }

    public String taskId() {
        return id.task(incarnation);
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

    public Instance launched(App from, Run where, Instant now) {
        return new Instance(
                id,
                app,
                incarnation,
                from.version(),
                from.versionInfo().lastConfigChangeAt(),
                goal,
                Condition.PROVISIONED,
                now,
                scheduledAt,
                where,
                null,
                null);
    }

    /** Waits anew, under the next incarnation. */
    public Instance rescheduled(App from, Instant now) {
        return new Instance(
                id,
                app,
                incarnation + 1,
                from.version(),
                from.versionInfo().lastConfigChangeAt(),
                goal,
                Condition.SCHEDULED,
                now,
                now,
                null,
                null,
                null);
    }

    public Instance in(Condition changed, Instant now) {
        return new Instance(
                id,
                app,
                incarnation,
                version,
                configuration,
                goal,
                changed,
                changed == condition ? since : now,
                scheduledAt,
                run,
                healthy,
                killedAt);
    }

    public Instance with(@Nullable Run changed, @Nullable Boolean health) {
        return new Instance(
                id,
                app,
                incarnation,
                version,
                configuration,
                goal,
                condition,
                since,
                scheduledAt,
                changed,
                health,
                killedAt);
    }

    public Instance killed(Goal newGoal, Instant now) {
        return new Instance(
                id,
                app,
                incarnation,
                version,
                configuration,
                newGoal,
                condition,
                since,
                scheduledAt,
                run,
                healthy,
                now);
    }
}
