package org.nucleus.chronos.core.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The start of a repeating interval as people write it: empty, a date, a date and time, or a time alone, with or without
 * an offset. A zone given beside it keeps the wall-clock fields and replaces the offset.
 */
final class Start {
    private static final Pattern TEXT = Pattern.compile("([0-9W-]*)(?:[Tt]([0-9:.,]+))?(Z|z|[+-]\\d{2}(?::?\\d{2})?)?");
    private static final Pattern HOUR_ONLY = Pattern.compile("\\d{2}");
    private static final Pattern YEAR_ONLY = Pattern.compile("\\d{4}");
    private static final Pattern YEAR_AND_MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern YEAR_AND_DAY = Pattern.compile("\\d{4}-\\d{3}");

    private Start() {}

    /**
     * @param since when the schedule was given; an empty start is one second before, a time alone is the first such
     *     time from then on
     * @param zone that replaces the offset of the text, if given
     * @throws DateTimeException if the text is not a time
     */
    static ZonedDateTime parse(String text, @Nullable ZoneId zone, Instant since) {
        if (text.isEmpty()) {
            return since.minusSeconds(1).atZone(zone == null ? ZoneOffset.UTC : zone);
        }
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("not a time: " + text);
        }
        ZoneId place = zone != null ? zone : offset(parts.group(3));
        LocalTime time = time(parts.group(2));
        if (parts.group(1).isEmpty()) {
            return firstOf(time, since.atZone(place));
        }
        return date(parts.group(1)).atTime(time).atZone(place);
    }

    private static ZonedDateTime firstOf(LocalTime time, ZonedDateTime since) {
        ZonedDateTime today = since.toLocalDate().atTime(time).atZone(since.getZone());
        return today.isBefore(since) ? since.toLocalDate().plusDays(1).atTime(time).atZone(since.getZone()) : today;
    }

    private static ZoneId offset(@Nullable String text) {
        return text == null || text.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    private static LocalTime time(@Nullable String text) {
        if (text == null) {
            return LocalTime.MIDNIGHT;
        }
        String plain = HOUR_ONLY.matcher(text).matches() ? text + ":00" : text.replace(',', '.');
        return LocalTime.parse(plain).truncatedTo(ChronoUnit.MILLIS);
    }

    private static LocalDate date(String text) {
        if (YEAR_ONLY.matcher(text).matches()) {
            return LocalDate.of(Integer.parseInt(text), 1, 1);
        }
        if (YEAR_AND_MONTH.matcher(text).matches()) {
            return YearMonth.parse(text).atDay(1);
        }
        if (YEAR_AND_DAY.matcher(text).matches()) {
            return LocalDate.parse(text, DateTimeFormatter.ISO_ORDINAL_DATE);
        }
        return text.contains("W") ? weekDate(text) : LocalDate.parse(text);
    }

    private static LocalDate weekDate(String text) {
        String full = text.length() == "2026-W01".length() ? text + "-1" : text;
        return LocalDate.parse(full, DateTimeFormatter.ISO_WEEK_DATE);
    }
}
