package org.nucleus.chronos.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.ChronosInput.Timing;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Tally;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole job as callers send and get it: fields in the original's order. */
public final class JobJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JobJson() {}

    /** What a caller posted. */
    public record Posted(JobSpec spec, Timing timing, Tally tally) {}

    /**
     * Reads a job. Parents win over a schedule; neither of them means once, now.
     *
     * @throws BadJob if it is none
     */
    public static Posted read(byte[] body) {
        Fields in;
        try {
            in = Fields.of(JSON.readTree(body), "The body");
        } catch (JacksonException e) {
            throw new BadJob("The body is not JSON: " + e.getOriginalMessage());
        }
        return new Posted(SpecJson.read(in), timing(in), tally(in));
    }

    public static void write(Job job, ObjectNode out) {
        SpecJson.writeHead(job.spec(), out);
        Tally tally = job.tally();
        out.put("successCount", tally.successCount());
        out.put("errorCount", tally.errorCount());
        out.put("lastSuccess", text(tally.lastSuccess()));
        out.put("lastError", text(tally.lastError()));
        SpecJson.writeMiddle(job.spec(), out);
        out.put("errorsSinceLastSuccess", tally.errorsSinceLastSuccess());
        SpecJson.writeTail(job.spec(), out);
        switch (job.plan()) {
            case Plan.Scheduled scheduled -> {
                out.put("schedule", scheduled.schedule().text());
                out.put("scheduleTimeZone", scheduled.schedule().zoneText());
            }
            case Plan.Dependent dependent -> {
                ArrayNode parents = out.putArray("parents");
                dependent.parents().forEach(parents::add);
            }
        }
        PolicyJson.write(job.spec().policy(), out);
    }

    /** With milliseconds, in UTC; empty for never. */
    public static String text(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    private static Timing timing(Fields in) {
        if (!in.texts("parents").isEmpty()) {
            return new Timing.AfterParents(in.texts("parents"));
        }
        if (in.text("schedule", "").isEmpty()) {
            return new Timing.Once();
        }
        return new Timing.OnSchedule(in.text("schedule", ""), in.text("scheduleTimeZone", ""));
    }

    private static Tally tally(Fields in) {
        return new Tally(
                in.whole("successCount", 0),
                in.whole("errorCount", 0),
                in.whole("errorsSinceLastSuccess", 0),
                time(in, "lastSuccess"),
                time(in, "lastError"));
    }

    private static @Nullable Instant time(Fields in, String name) {
        String text = in.text(name, "");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw in.wrong(name, "an ISO 8601 time");
        }
    }
}
