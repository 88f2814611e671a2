package org.nucleus.chronos.core.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression of five fields, or a macro, in a time zone; UTC if none is given. A place is the time of a firing
 * in seconds since 1970. When the clocks change, it is as in Vixie cron: a time that the zone skips fires at the
 * moment of the change, once; of a time that it repeats the first counts. With {@code *} or {@code *}{@code /n} for
 * the hour, a job follows elapsed time instead: skipped times do not fire, repeated ones fire each time.
 */
public record Cron(String text, String zoneText, Instant since, ZoneId zone, CronFields fields) implements Schedule {
    /** Every expression that fires at all does within eight years: 29 February, over a century without leap day. */
    private static final int SEARCHED_DAYS = 8 * 366 + 1;

    private static final List<Duration> LOOK_BACK =
            List.of(Duration.ofHours(2), Duration.ofDays(2), Duration.ofDays(40), Duration.ofDays(400));

    /** Five fields or a macro: what a repeating interval, which has slashes and no blanks, never is. */
    static boolean looksLike(String text) {
        return text.startsWith("@") || text.strip().contains(" ");
    }

    static Parsed parse(String text, String zoneText, @Nullable ZoneId zone, Instant since) {
        try {
            Cron cron = new Cron(text, zoneText, since, zone == null ? ZoneOffset.UTC : zone, CronFields.parse(text));
            return cron.firing(since).isPresent()
                    ? new Parsed.Valid(cron)
                    : new Parsed.Invalid("Cannot parse schedule '" + text + "': it never fires");
        } catch (CronFields.Bad e) {
            return new Parsed.Invalid("Cannot parse schedule '" + text + "': " + e.getMessage());
        }
    }

    @Override
    public long count() {
        return ENDLESS;
    }

    @Override
    public Optional<Instant> at(long place) {
        try {
            return Optional.of(Instant.ofEpochSecond(place));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @Override
    public long firstAfter(Instant instant) {
        return firing(instant).map(Instant::getEpochSecond).orElse(Long.MAX_VALUE);
    }

    @Override
    public long following(long place) {
        return at(place).map(this::firstAfter).orElse(Long.MAX_VALUE);
    }

    @Override
    public long lastUntil(Instant instant) {
        for (Duration back : LOOK_BACK) {
            long last = lastUntil(instant, instant.minus(back));
            if (last != Long.MAX_VALUE) {
                return last;
            }
        }
        return lastUntil(instant, instant.minus(Duration.ofDays(2L * SEARCHED_DAYS)));
    }

    @Override
    public long between(long from, long to) {
        long firings = 0;
        for (long place = from; place < to; place = following(place)) {
            firings++;
        }
        return firings;
    }

    @Override
    public Position beginning() {
        return new Position(Math.max(0, firstAfter(since)), ENDLESS);
    }

    @Override
    public String print(Position position) {
        return text;
    }

    private long lastUntil(Instant instant, Instant from) {
        long last = Long.MAX_VALUE;
        for (long place = firstAfter(from); place <= instant.getEpochSecond(); place = following(place)) {
            last = place;
        }
        return last;
    }

    /** The first firing after {@code instant}. */
    private Optional<Instant> firing(Instant instant) {
        LocalDate first = LocalDate.ofInstant(instant, zone).minusDays(1);
        for (int day = 0; day <= SEARCHED_DAYS; day++) {
            Instant earliest = earliestOf(first.plusDays(day), instant);
            if (earliest != null) {
                // clocks put back over midnight let the next day begin before this one ends
                Instant next = earliestOf(first.plusDays(day + 1), instant);
                return Optional.of(next != null && next.isBefore(earliest) ? next : earliest);
            }
        }
        return Optional.empty();
    }

    /**
     * The earliest firing of one day of the wall clock that is after {@code instant}. On a day on which the clocks are
     * put back firings are not in the order of their wall-clock times, so hours are left out only where no offset of
     * these days could make them matter.
     */
    private @Nullable Instant earliestOf(LocalDate date, Instant instant) {
        if (!fields.onDay(date)) {
            return null;
        }
        List<ZoneOffset> offsets = offsetsAround(date);
        Instant earliest = null;
        for (int hour = fields.hours().nextSetBit(0);
                hour >= 0;
                hour = fields.hours().nextSetBit(hour + 1)) {
            LocalDateTime begin = date.atTime(hour, 0);
            Instant bound = earliest;
            if (bound != null
                    && offsets.stream()
                            .noneMatch(offset -> begin.toInstant(offset).isBefore(bound))) {
                continue;
            }
            if (offsets.stream()
                    .anyMatch(offset -> begin.plusHours(1).toInstant(offset).isAfter(instant))) {
                earliest = earlier(earliest, earliestOf(begin, instant));
            }
        }
        return earliest;
    }

    /** The earliest firing of one hour of the wall clock that is after {@code instant}. */
    private @Nullable Instant earliestOf(LocalDateTime hour, Instant instant) {
        Instant earliest = null;
        for (int minute = fields.minutes().nextSetBit(0);
                minute >= 0;
                minute = fields.minutes().nextSetBit(minute + 1)) {
            earliest = earlier(earliest, firingAt(hour.withMinute(minute), instant));
        }
        return earliest;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.isBefore(one) ? other : one;
    }

    /** The offsets that hold on this day and the ones before and after. */
    private List<ZoneOffset> offsetsAround(LocalDate date) {
        ZoneRules rules = zone.getRules();
        return IntStream.rangeClosed(-1, 2)
                .mapToObj(days -> rules.getOffset(date.plusDays(days).atStartOfDay()))
                .distinct()
                .toList();
    }

    /** The first firing after {@code instant} that belongs to one time of the wall clock, if there is any. */
    private @Nullable Instant firingAt(LocalDateTime time, Instant instant) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            Instant change = zone.getRules().getTransition(time).getInstant();
            return !fields.everyHour() && change.isAfter(instant) ? change : null;
        }
        for (ZoneOffset offset : fields.everyHour() ? offsets : offsets.subList(0, 1)) {
            Instant firing = time.toInstant(offset);
            if (firing.isAfter(instant)) {
                return firing;
            }
        }
        return null;
    }
}
