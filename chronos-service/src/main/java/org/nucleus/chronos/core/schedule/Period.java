package org.nucleus.chronos.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The step of a repeating interval: months and days follow the calendar of the schedule's zone, {@code exact} follows
 * the clock. {@code P1D} keeps the hour of day over a change of daylight saving, {@code PT24H} does not. No part is
 * negative.
 */
public record Period(long months, long days, Duration exact) {
    private static final Pattern TEXT =
            Pattern.compile("P(?:(\\d{1,9})Y)?(?:(\\d{1,9})M)?(?:(\\d{1,9})W)?(?:(\\d{1,9})D)?"
                    + "(?:T(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})(?:[.,](\\d{1,9}))?S)?)?");
    private static final int MONTHS_OF_YEAR = 12;
    private static final int DAYS_OF_WEEK = 7;

    /** Reads {@code PnYnMnWnDTnHnMn.nS}; {@code P} alone is the empty period. Empty if the text is none of these. */
    public static Optional<Period> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long months = number(parts, 1) * MONTHS_OF_YEAR + number(parts, 2);
        long days = number(parts, 3) * DAYS_OF_WEEK + number(parts, 4);
        Duration exact = Duration.ofHours(number(parts, 5))
                .plusMinutes(number(parts, 6))
                .plusSeconds(number(parts, 7))
                .plusMillis(millis(parts.group(8)));
        return Optional.of(new Period(months, days, exact));
    }

    public boolean isZero() {
        return months == 0 && days == 0 && exact.isZero();
    }

    /** Shorter than {@code least}, however long its months and days are taken. */
    public boolean isShorterThan(Duration least) {
        return months == 0 && days == 0 && exact.compareTo(least) < 0;
    }

    /**
     * The time {@code times} periods after {@code anchor}, always counted from the anchor: a monthly schedule that
     * starts on the 31st returns to the 31st after February. Months and days are counted on the wall clock; the zone
     * is asked once, for the day that they lead to: a time that it skips moves on by the gap, of one that it repeats
     * the first counts.
     *
     * @throws ArithmeticException or DateTimeException beyond the calendar
     */
    Instant after(Start anchor, long times) {
        return anchor.local()
                .plusMonths(Math.multiplyExact(months, times))
                .plusDays(Math.multiplyExact(days, times))
                .atZone(anchor.zone())
                .plus(exact.multipliedBy(times))
                .toInstant();
    }

    private static long number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long millis(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
    }
}
