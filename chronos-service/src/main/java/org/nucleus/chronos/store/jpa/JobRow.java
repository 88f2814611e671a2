package org.nucleus.chronos.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.schedule.Position;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Tally;
import org.nucleus.chronos.json.SpecJson;
import org.nucleus.machine.Invariant;

/** A job as stored. */
@Entity
@Table(name = "job")
class JobRow {
    @Id
    @Column(name = "name")
    private String name;

    @Column(name = "spec")
    private String spec;

    @Column(name = "since")
    private Instant since;

    @Column(name = "schedule")
    private @Nullable String schedule;

    @Column(name = "schedule_zone")
    private @Nullable String scheduleZone;

    @Column(name = "schedule_since")
    private @Nullable Instant scheduleSince;

    @Column(name = "next_firing")
    private @Nullable Long nextFiring;

    @Column(name = "remaining")
    private @Nullable Long remaining;

    @Column(name = "parents")
    private @Nullable String parents;

    @Column(name = "passes")
    private @Nullable String passes;

    @Column(name = "success_count")
    private long successCount;

    @Column(name = "error_count")
    private long errorCount;

    @Column(name = "errors_since_last_success")
    private long errorsSinceLastSuccess;

    @Column(name = "last_success")
    private @Nullable Instant lastSuccess;

    @Column(name = "last_error")
    private @Nullable Instant lastError;

    @Column(name = "last_stamp")
    private long lastStamp;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected JobRow() {}

    JobRow(Job job) {
        name = job.name();
        spec = SpecJson.encode(job.spec());
        since = job.since();
        successCount = job.tally().successCount();
        errorCount = job.tally().errorCount();
        errorsSinceLastSuccess = job.tally().errorsSinceLastSuccess();
        lastSuccess = job.tally().lastSuccess();
        lastError = job.tally().lastError();
        lastStamp = job.lastStamp();
        switch (job.plan()) {
            case Plan.Scheduled scheduled -> {
                schedule = scheduled.schedule().text();
                scheduleZone = scheduled.schedule().zoneText();
                scheduleSince = scheduled.schedule().since();
                nextFiring = scheduled.position().next();
                remaining = scheduled.position().remaining();
            }
            case Plan.Dependent dependent -> {
                parents = Ends.counts(dependent);
                passes = Ends.passes(dependent);
            }
        }
    }

    Job job() {
        Tally tally = new Tally(successCount, errorCount, errorsSinceLastSuccess, lastSuccess, lastError);
        return new Job(SpecJson.decode(spec), since, plan(), tally, lastStamp);
    }

    private Plan plan() {
        if (parents != null) {
            return Ends.decode(parents, passes);
        }
        Position position = new Position(there(nextFiring), there(remaining));
        return switch (Schedule.parse(there(schedule), there(scheduleZone), there(scheduleSince))) {
            case Schedule.Parsed.Valid valid -> new Plan.Scheduled(valid.schedule(), position);
            case Schedule.Parsed.Invalid invalid -> {
                Invariant.check(false, "a stored schedule cannot be read", invalid.message());
                throw new IllegalStateException(invalid.message());
            }
        };
    }

    private static <T> T there(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
