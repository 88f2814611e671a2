package org.nucleus.chronos.core.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The start of a repeating interval as people write it: empty, a date, a date and time, or a time alone, with or
 * without an offset. A zone given beside it keeps the wall-clock fields and replaces the offset. The fields are kept
 * even where the zone skips them: only the firing of that day moves on.
 */
public record Start(LocalDateTime local, ZoneId zone) {
    private static final Pattern TEXT = Pattern.compile("([0-9W-]*)(?:[Tt]([0-9:.,]+))?(Z|z|[+-]\\d{2}(?::?\\d{2})?)?");
    private static final Pattern HOUR_ONLY = Pattern.compile("\\d{2}");
    private static final Pattern YEAR_ONLY = Pattern.compile("\\d{4}");
    private static final Pattern YEAR_AND_MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern YEAR_AND_DAY = Pattern.compile("\\d{4}-\\d{3}");

    /**
     * @param since when the schedule was given; an empty start is one second before, a time alone is the first such
     *     time from then on
     * @param zone that replaces the offset of the text, if given
     * @throws DateTimeException if the text is not a time
     */
    static Start parse(String text, @Nullable ZoneId zone, Instant since) {
        if (text.isEmpty()) {
            return at(since.minusSeconds(1), zone == null ? ZoneOffset.UTC : zone);
        }
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("not a time: " + text);
        }
        ZoneId place = zone != null ? zone : offset(parts.group(3));
        LocalTime time = time(parts.group(2));
        if (parts.group(1).isEmpty()) {
            return firstOf(time, at(since, place));
        }
        return new Start(date(parts.group(1)).atTime(time), place);
    }

    private static Start at(Instant instant, ZoneId zone) {
        return new Start(LocalDateTime.ofInstant(instant, zone), zone);
    }

    private static Start firstOf(LocalTime time, Start since) {
        LocalDateTime today = since.local().toLocalDate().atTime(time);
        return new Start(today.isBefore(since.local()) ? today.plusDays(1) : today, since.zone());
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
