package org.nucleus.chronos.core.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a job fires: an ISO 8601 repeating {@link Interval} or a {@link Cron} expression. Pure: the same text, zone and
 * {@code since} give the same firings for ever. A firing has a <em>place</em>, a number that grows with its time; how
 * places are numbered is each form's own affair.
 */
public sealed interface Schedule permits Interval, Cron {
    /** The count of a schedule without one. */
    long ENDLESS = -1;

    /** What became of a text: a schedule, or a sentence for the one who wrote it. */
    sealed interface Parsed {
        record Valid(Schedule schedule) implements Parsed {}

        record Invalid(String message) implements Parsed {}
    }

    /**
     * One run that is due.
     *
     * @param nominal the firing it runs for
     * @param moved the place after it
     * @param missed how many earlier firings it stands for
     * @param firstMissed the earliest of these; equal to {@code nominal} if there are none
     */
    record Due(Instant nominal, Position moved, long missed, Instant firstMissed) {}

    /** As its author wrote it. */
    String text();

    /** {@code scheduleTimeZone} as written, empty if none was. */
    String zoneText();

    /** When the schedule was given. */
    Instant since();

    /** How often it fires; {@link #ENDLESS} for ever. */
    long count();

    /** The time of the firing at a place; empty beyond the calendar. The count does not matter here. */
    Optional<Instant> at(long place);

    /** The smallest place whose firing is after {@code instant}. */
    long firstAfter(Instant instant);

    /** The place of the firing that follows the one at {@code place}. */
    long following(long place);

    /** The largest place whose firing is not after {@code instant}; there must be one. */
    long lastUntil(Instant instant);

    /** How many firings lie from one place, inclusive, to a later one, exclusive. */
    long between(long from, long to);

    /** The position before the first firing. */
    Position beginning();

    /** The schedule as the original shows it after some runs. */
    String print(Position position);

    /**
     * Reads either form. The beginning of the message of a refusal is the original's.
     *
     * @param zoneText an id of the time zone database, one of the original's three-letter names, or empty for UTC
     */
    static Parsed parse(String text, String zoneText, Instant since) {
        ZoneId zone;
        try {
            zone = zoneText.isEmpty() ? null : ZoneId.of(zoneText, ZoneId.SHORT_IDS);
        } catch (DateTimeException _) {
            return new Parsed.Invalid("Unknown scheduleTimeZone '" + zoneText + "'");
        }
        return Cron.looksLike(text)
                ? Cron.parse(text, zoneText, zone, since)
                : Interval.parse(text, zoneText, zone, since);
    }

    /** When the next run is due; empty if all recurrences are used up or the calendar ends. */
    default Optional<Instant> next(Position position) {
        return position.remaining() == 0 ? Optional.empty() : at(position.next());
    }

    /**
     * What is due at {@code now}: one run at most, for the latest firing; earlier ones that nobody ran are reported as
     * missed, and the count drops by one only, as in the original.
     */
    default Optional<Due> due(Position position, Instant now) {
        Instant first = next(position).orElse(null);
        if (first == null || first.isAfter(now)) {
            return Optional.empty();
        }
        long last = lastUntil(now);
        Instant latest = at(last).orElseThrow();
        boolean missed = first.isBefore(latest);
        return Optional.of(new Due(latest, after(position, last), missed ? between(position.next(), last) : 0, first));
    }

    /** The earliest firing that is due at {@code now}, standing for itself alone. */
    default Optional<Due> earliest(Position position, Instant now) {
        return next(position)
                .filter(first -> !first.isAfter(now))
                .map(first -> new Due(first, after(position, position.next()), 0, first));
    }

    /** The next firings from a position on, {@code most} of them at most. */
    default List<Instant> upcoming(Position position, int most) {
        List<Instant> firings = new ArrayList<>();
        Position ahead = position;
        while (firings.size() < most) {
            Instant next = next(ahead).orElse(null);
            if (next == null) {
                break;
            }
            firings.add(next);
            ahead = after(ahead, ahead.next());
        }
        return firings;
    }

    private Position after(Position position, long place) {
        long left = position.remaining() == ENDLESS ? ENDLESS : position.remaining() - 1;
        return new Position(following(place), left);
    }
}
