package org.nucleus.chronos.core.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A repeating interval {@code R[n]/start/period}: its firings are {@code anchor + k periods}, k from 0, never
 * counted from the last firing, so that nothing drifts. Pure: the same text, zone and {@code since} give the same
 * firings for ever.
 *
 * @param text as its author wrote it
 * @param zoneText {@code scheduleTimeZone} as written, empty if none was
 * @param since when the schedule was given; the anchor of an empty start
 * @param anchor the first firing
 * @param count how often it fires; {@link #ENDLESS} for ever
 */
public record Interval(String text, String zoneText, Instant since, Start anchor, long count, Period period)
        implements Schedule {
    private static final Pattern TEXT = Pattern.compile("R([0-9]{0,18})/([^/]*)/(P[^/]*)");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Instant EARLIEST = Instant.EPOCH.plusSeconds(1);
    private static final DateTimeFormatter PRINTED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final long FAR = 1L << 52;

    /**
     * Reads a schedule. A zero period is refused unless the schedule fires at most once: {@code R1//P} is the idiom for
     * "once, now". Source: Iso8601Expressions.scala; the message's beginning is the original's.
     */
    static Parsed parse(String text, String zoneText, @Nullable ZoneId zone, Instant since) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return invalid(
                    text,
                    "write R[count]/start/period, for example R/2030-01-01T00:00:00Z/PT24H,"
                            + " or a cron expression such as 0 9 * * 1-5");
        }
        Optional<Period> period = Period.parse(parts.group(3));
        if (period.isEmpty()) {
            return invalid(text, "'" + parts.group(3) + "' is not an ISO 8601 period");
        }
        try {
            Start anchor = Start.parse(parts.group(2), zone, since);
            long count = parts.group(1).isEmpty() ? ENDLESS : Long.parseLong(parts.group(1));
            return checked(new Interval(text, zoneText, since, anchor, count, period.get()));
        } catch (DateTimeException e) {
            return invalid(text, "'" + parts.group(2) + "' is not an ISO 8601 time");
        }
    }

    /** {@inheritDoc} Firing k is k periods after the anchor. */
    @Override
    public Optional<Instant> at(long k) {
        try {
            return Optional.of(period.after(anchor, k));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    /** {@inheritDoc} Firings never go back, though two may share an instant where a zone skipped a day. */
    @Override
    public long firstAfter(Instant instant) {
        if (isAfter(0, instant)) {
            return 0;
        }
        if (period.isZero()) {
            return 1;
        }
        long before = 0;
        long after = 1;
        while (!isAfter(after, instant)) {
            before = after;
            after = after >= FAR ? Long.MAX_VALUE : after * 2;
        }
        while (after - before > 1) {
            long middle = before + (after - before) / 2;
            if (isAfter(middle, instant)) {
                after = middle;
            } else {
                before = middle;
            }
        }
        return after;
    }

    @Override
    public long following(long place) {
        return place + 1;
    }

    @Override
    public long lastUntil(Instant instant) {
        return firstAfter(instant) - 1;
    }

    @Override
    public long between(long from, long to) {
        return to - from;
    }

    @Override
    public Position beginning() {
        return new Position(0, count);
    }

    /** The schedule as the original rewrites it after a run: what remains of the count, and the next start. */
    @Override
    public String print(Position position) {
        if (position.equals(beginning())) {
            return text;
        }
        String left = position.remaining() == ENDLESS ? "" : Long.toString(position.remaining());
        String start = at(position.next())
                .map(instant -> PRINTED.format(instant.atZone(anchor.zone())))
                .orElse("");
        return "R" + left + "/" + start + "/" + text.substring(text.lastIndexOf('/') + 1);
    }

    private boolean isAfter(long k, Instant instant) {
        return at(k).map(time -> time.isAfter(instant)).orElse(true);
    }

    private static Parsed checked(Interval schedule) {
        boolean repeats = schedule.count != 0 && schedule.count != 1;
        if (repeats && schedule.period.isZero()) {
            return invalid(schedule.text, "a schedule that repeats needs a period longer than zero");
        }
        if (repeats && schedule.period.isShorterThan(SHORTEST)) {
            return invalid(schedule.text, "the period must be at least one second");
        }
        if (schedule.at(0).filter(first -> !first.isBefore(EARLIEST)).isEmpty()) {
            return invalid(schedule.text, "the start must not be before 1970-01-01T00:00:01Z");
        }
        return new Parsed.Valid(schedule);
    }

    private static Parsed invalid(String text, @Nullable String why) {
        return new Parsed.Invalid("Cannot parse schedule '" + text + "': " + why);
    }
}
