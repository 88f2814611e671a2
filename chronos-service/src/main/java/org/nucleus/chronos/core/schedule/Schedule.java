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
public record Schedule(String text, String zoneText, Instant since, Start anchor, long count, Period period) {
    /** The count of a schedule without one. */
    public static final long ENDLESS = -1;

    private static final Pattern TEXT = Pattern.compile("R([0-9]{0,18})/([^/]*)/(P[^/]*)");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Instant EARLIEST = Instant.EPOCH.plusSeconds(1);
    private static final DateTimeFormatter PRINTED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final long FAR = 1L << 52;

    /** What became of a text: a schedule, or a sentence for the one who wrote it. */
    public sealed interface Parsed {
        record Valid(Schedule schedule) implements Parsed {}

        record Invalid(String message) implements Parsed {}
    }

    /**
     * Reads a schedule. A zero period is refused unless the schedule fires at most once: {@code R1//P} is the idiom for
     * "once, now". Source: Iso8601Expressions.scala; the message's beginning is the original's.
     */
    public static Parsed parse(String text, String zoneText, Instant since) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return invalid(text, "write R[count]/start/period, for example R/2030-01-01T00:00:00Z/PT24H");
        }
        Optional<Period> period = Period.parse(parts.group(3));
        if (period.isEmpty()) {
            return invalid(text, "'" + parts.group(3) + "' is not an ISO 8601 period");
        }
        try {
            ZoneId zone = zoneText.isEmpty() ? null : ZoneId.of(zoneText, ZoneId.SHORT_IDS);
            Start anchor = Start.parse(parts.group(2), zone, since);
            long count = parts.group(1).isEmpty() ? ENDLESS : Long.parseLong(parts.group(1));
            return checked(new Schedule(text, zoneText, since, anchor, count, period.get()));
        } catch (DateTimeException e) {
            return zoneKnown(zoneText)
                    ? invalid(text, "'" + parts.group(2) + "' is not an ISO 8601 time")
                    : new Parsed.Invalid("Unknown scheduleTimeZone '" + zoneText + "'");
        }
    }

    /** The time of firing {@code k}; empty beyond the calendar. The count does not matter here. */
    public Optional<Instant> at(long k) {
        try {
            return Optional.of(period.after(anchor, k));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    /**
     * The smallest k whose firing is after {@code instant}. Firings never go back, though two may share an instant
     * where a zone skipped a day.
     */
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

    /** The place before the first firing. */
    public Position beginning() {
        return new Position(0, count);
    }

    /** When the next run is due; empty if all recurrences are used up or the calendar ends. */
    public Optional<Instant> next(Position position) {
        return position.remaining() == 0 ? Optional.empty() : at(position.next());
    }

    /**
     * What is due at {@code now}: one run at most, for the latest firing; earlier ones that nobody ran are reported as
     * missed, and the count drops by one only, as in the original.
     */
    public Optional<Due> due(Position position, Instant now) {
        Instant first = next(position).orElse(null);
        if (first == null || first.isAfter(now)) {
            return Optional.empty();
        }
        long after = firstAfter(now);
        Instant latest = at(after - 1).orElseThrow();
        Position moved = new Position(after, position.remaining() == ENDLESS ? ENDLESS : position.remaining() - 1);
        boolean missed = first.isBefore(latest);
        return Optional.of(new Due(latest, moved, missed ? after - 1 - position.next() : 0, first));
    }

    /** The schedule as the original rewrites it after a run: what remains of the count, and the next start. */
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

    /**
     * One run that is due.
     *
     * @param nominal the firing it runs for
     * @param moved the place after it
     * @param missed how many earlier firings it stands for
     * @param firstMissed the earliest of these; equal to {@code nominal} if there are none
     */
    public record Due(Instant nominal, Position moved, long missed, Instant firstMissed) {}

    private boolean isAfter(long k, Instant instant) {
        return at(k).map(time -> time.isAfter(instant)).orElse(true);
    }

    private static Parsed checked(Schedule schedule) {
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

    private static boolean zoneKnown(String zoneText) {
        try {
            return zoneText.isEmpty() || ZoneId.of(zoneText, ZoneId.SHORT_IDS) != null;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
