package org.nucleus.chronos.core.schedule;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The five fields of a cron expression, each as the set of its values. Source: crontab(5) of Vixie cron.
 *
 * @param everyHour the hour field begins with {@code *}: the job follows elapsed time, not the wall clock
 * @param anyDay the day of the month begins with {@code *}; together with {@code anyWeekday} it decides whether both
 *     day fields must match or one suffices
 */
record CronFields(
        BitSet minutes,
        BitSet hours,
        BitSet days,
        BitSet months,
        BitSet weekdays,
        boolean everyHour,
        boolean anyDay,
        boolean anyWeekday) {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int SUNDAY_TOO = 7;
    private static final int FIELDS = 5;

    /** Why a text is no expression; a sentence without its beginning. */
    static final class Bad extends RuntimeException {
        Bad(String message) {
            super(message);
        }
    }

    /** @throws Bad naming the field at fault */
    static CronFields parse(String text) {
        String[] parts = expanded(text).strip().split("\\s+");
        if (parts.length != FIELDS) {
            throw new Bad(
                    "a cron expression has five fields, minute hour day month weekday; these are " + parts.length);
        }
        BitSet weekdays = set("weekday", parts[4], 0, SUNDAY_TOO, WEEKDAYS, 0);
        if (weekdays.get(SUNDAY_TOO)) {
            weekdays.clear(SUNDAY_TOO);
            weekdays.set(0);
        }
        return new CronFields(
                set("minute", parts[0], 0, 59, List.of(), 0),
                set("hour", parts[1], 0, 23, List.of(), 0),
                set("day", parts[2], 1, 31, List.of(), 0),
                set("month", parts[3], 1, 12, MONTHS, 1),
                weekdays,
                parts[1].startsWith("*"),
                open(parts[2]),
                open(parts[4]));
    }

    /** Whether the job runs on this day. Where both day fields are given, one of them suffices. */
    boolean onDay(LocalDate date) {
        if (!months.get(date.getMonthValue())) {
            return false;
        }
        boolean day = days.get(date.getDayOfMonth());
        boolean weekday = weekdays.get(date.getDayOfWeek().getValue() % SUNDAY_TOO);
        return anyDay || anyWeekday ? day && weekday : day || weekday;
    }

    private static boolean open(String field) {
        return field.startsWith("*") || field.startsWith("?");
    }

    private static String expanded(String text) {
        if (!text.startsWith("@")) {
            return text;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "@yearly", "@annually" -> "0 0 1 1 *";
            case "@monthly" -> "0 0 1 * *";
            case "@weekly" -> "0 0 * * 0";
            case "@daily", "@midnight" -> "0 0 * * *";
            case "@hourly" -> "0 * * * *";
            default ->
                throw new Bad("'" + text
                        + "' is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly");
        };
    }

    private static BitSet set(String field, String text, int least, int most, List<String> names, int firstName) {
        BitSet set = new BitSet();
        for (String part : text.split(",", -1)) {
            new Reader(field, part, least, most, names, firstName).addTo(set);
        }
        return set;
    }

    /** Reads one part of a list: a value, a range, or either with a step. */
    private record Reader(String field, String part, int least, int most, List<String> names, int firstName) {
        void addTo(BitSet set) {
            int slash = part.indexOf('/');
            String range = slash < 0 ? part : part.substring(0, slash);
            int step = slash < 0 ? 1 : number(part.substring(slash + 1));
            if (step < 1) {
                throw bad("has a step below 1");
            }
            int from = least;
            int to = names == WEEKDAYS ? most - 1 : most;
            if (!range.equals("*") && !range.equals("?")) {
                int dash = range.indexOf('-', 1);
                from = value(dash < 0 ? range : range.substring(0, dash));
                to = dash >= 0 ? value(range.substring(dash + 1)) : slash < 0 ? from : to;
                if (to < from) {
                    throw bad("ends before it begins");
                }
            }
            for (int value = from; value <= to; value += step) {
                set.set(value);
            }
        }

        private int value(String text) {
            int named = names.indexOf(text.toUpperCase(Locale.ROOT));
            int value = named >= 0 ? named + firstName : number(text);
            if (value < least || value > most) {
                throw bad("is not within " + least + "-" + most);
            }
            return value;
        }

        private int number(String text) {
            if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw bad("is no number" + (names.isEmpty() ? "" : " or name"));
            }
            return Integer.parseInt(text);
        }

        private Bad bad(String why) {
            return new Bad("the " + field + " '" + part + "' " + why);
        }
    }
}
