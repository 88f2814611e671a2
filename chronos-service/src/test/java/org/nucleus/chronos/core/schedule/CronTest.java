package org.nucleus.chronos.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.scheduling.support.CronExpression;

/** Cron expressions: their grammar, and their firings against a walk over every minute and against Spring's. */
class CronTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T19:00:00Z");
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Paris",
            "America/Los_Angeles",
            "America/Sao_Paulo",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Asia/Kathmandu",
            "America/St_Johns",
            "Asia/Tehran",
            "Africa/Cairo",
            "America/Asuncion");

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "0 9 * * 1-5, UTC, 2026-11-23T09:00:00Z",
        "0 9 * * MON-FRI, Europe/Paris, 2026-11-23T08:00:00Z",
        "*/15 * * * *, UTC, 2026-11-22T19:15:00Z",
        "'5,35 20-22/2 * * *', UTC, 2026-11-22T20:05:00Z",
        "0 0 29 2 *, UTC, 2028-02-29T00:00:00Z",
        "0 0 13 * 5, UTC, 2026-11-27T00:00:00Z",
        "0 0 * * 7, UTC, 2026-11-29T00:00:00Z",
        "0 0 1 jan ?, UTC, 2027-01-01T00:00:00Z",
        "@hourly, UTC, 2026-11-22T20:00:00Z",
        "@daily, America/New_York, 2026-11-23T05:00:00Z",
        "@midnight, UTC, 2026-11-23T00:00:00Z",
        "@weekly, UTC, 2026-11-29T00:00:00Z",
        "@monthly, UTC, 2026-12-01T00:00:00Z",
        "@yearly, UTC, 2027-01-01T00:00:00Z",
        "10/20 19 * * *, UTC, 2026-11-22T19:10:00Z"
    })
    void theFirstFiringIsWhereCronHasIt(String text, String zone, Instant first) {
        Schedule cron = cron(text, zone);
        assertThat(cron.next(cron.beginning())).hasValue(first);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * *|five fields",
                "* * * * * *|five fields",
                "60 * * * *|minute '60' is not within 0-59",
                "* 24 * * *|hour '24' is not within 0-23",
                "* * 0 * *|day '0' is not within 1-31",
                "* * * 13 *|month '13' is not within 1-12",
                "* * * * 8|weekday '8' is not within 0-7",
                "* * * * FOO|weekday 'FOO' is no number or name",
                "5-1 * * * *|ends before it begins",
                "*/0 * * * *|step below 1",
                "1,,2 * * * *|is no number",
                "0 0 30 2 *|never fires",
                "@reboot|is none of",
                "-1 * * * *|is no number"
            })
    void whatIsNoExpressionIsRefusedByTheFieldAtFault(String text, String part) {
        assertThat(Schedule.parse(text, "", SINCE))
                .isInstanceOfSatisfying(
                        Schedule.Parsed.Invalid.class,
                        invalid -> assertThat(invalid.message())
                                .startsWith("Cannot parse schedule '" + text + "': ")
                                .contains(part));
    }

    @ParameterizedTest(name = "{0} in {1} from {2}: {3}, {4}")
    @CsvSource({
        "30 2 * * *, Europe/Paris, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
        "'0,30 2 * * *', Europe/Paris, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z",
        "30 2 * * *, Europe/Paris, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "30 * * * *, Europe/Paris, 2026-03-29T00:00:00Z, 2026-03-29T00:30:00Z, 2026-03-29T01:30:00Z",
        "30 * * * *, Europe/Paris, 2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z"
    })
    void whenTheClocksChangeItIsAsInVixieCron(String text, String zone, Instant from, Instant first, Instant second) {
        Schedule cron = cron(text, zone, from);
        assertThat(cron.upcoming(cron.beginning(), 2)).containsExactly(first, second);
    }

    @Test
    void everyChangeOfTheClocksIsAsAWalkOverTheWallClockSays() {
        Random random = new Random(7);
        for (String id : ZONES) {
            ZoneId zone = ZoneId.of(id);
            Instant at = Instant.parse("1985-01-01T00:00:00Z");
            ZoneOffsetTransition change = zone.getRules().nextTransition(at);
            while (change != null && change.getInstant().isBefore(Instant.parse("2037-01-01T00:00:00Z"))) {
                compareWithAWalk(expression(random), zone, change.getInstant().minus(Duration.ofHours(4)));
                change = zone.getRules().nextTransition(change.getInstant());
            }
        }
    }

    /** Left out: steps of weekdays, which Spring counts from Monday, and two day fields, of which it wants both. */
    @Test
    void awayFromChangesOfTheClocksItIsAsSpringHasIt() {
        Random random = new Random(11);
        int compared = 0;
        for (int i = 0; i < 4_000; i++) {
            String text = expression(random);
            String[] fields = text.split(" ");
            if (fields[4].equals("*") || fields[2].startsWith("*") && !fields[4].startsWith("*")) {
                ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
                Instant from = Instant.parse("1985-01-01T00:00:00Z").plusSeconds(random.nextLong(50L * 366 * 86_400));
                ZonedDateTime theirs = CronExpression.parse("0 " + text).next(from.atZone(zone));
                if (theirs != null && calm(zone, theirs.toInstant()) && calm(zone, from)) {
                    Schedule cron = cron(text, zone.getId(), from);
                    assertThat(cron.next(cron.beginning()))
                            .as("%s in %s from %s", text, zone, from)
                            .hasValue(theirs.toInstant());
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    @Test
    void placesGoForwardsAndBackwardsAlike() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            String zone = ZONES.get(random.nextInt(ZONES.size()));
            Instant from = Instant.parse("2020-01-01T00:00:00Z").plusSeconds(random.nextLong(10L * 366 * 86_400));
            Schedule cron = cron(expression(random), zone, from);
            long first = cron.firstAfter(from);
            long third = cron.following(cron.following(first));
            Instant at = cron.at(third).orElseThrow();
            assertThat(cron.lastUntil(at)).isEqualTo(third);
            assertThat(cron.lastUntil(at.minusSeconds(1))).isEqualTo(cron.following(first));
            assertThat(cron.between(first, third)).isEqualTo(2);
        }
    }

    @Test
    void aWholeDowntimeIsOneRunThatSaysHowManyItStandsFor() {
        Schedule cron = cron("0 * * * *", "UTC");
        Schedule.Due due =
                cron.due(cron.beginning(), SINCE.plus(Duration.ofMinutes(301))).orElseThrow();
        assertThat(due.nominal()).isEqualTo("2026-11-23T00:00:00Z");
        assertThat(due.missed()).isEqualTo(4);
        assertThat(cron.next(due.moved())).hasValue(Instant.parse("2026-11-23T01:00:00Z"));
    }

    private static void compareWithAWalk(String text, ZoneId zone, Instant from) {
        Instant end = from.plus(Duration.ofHours(30));
        Schedule cron = cron(text, zone.getId(), from);
        TreeSet<Instant> ours = new TreeSet<>();
        for (long place = cron.firstAfter(from);
                !cron.at(place).orElse(end).isAfter(end);
                place = cron.following(place)) {
            ours.add(cron.at(place).orElseThrow());
        }
        assertThat(ours).as("%s in %s from %s", text, zone, from).isEqualTo(walk((Cron) cron, zone, from, end));
    }

    /** Every minute of the wall clock from the day before to the day after, by the rule in words. */
    private static TreeSet<Instant> walk(Cron cron, ZoneId zone, Instant from, Instant end) {
        TreeSet<Instant> firings = new TreeSet<>();
        boolean elapsed = cron.fields().everyHour();
        LocalDateTime minute = LocalDateTime.ofInstant(from, zone).minusDays(1).truncatedTo(ChronoUnit.MINUTES);
        LocalDateTime last = LocalDateTime.ofInstant(end, zone).plusDays(1);
        for (; minute.isBefore(last); minute = minute.plusMinutes(1)) {
            if (!matches(cron.fields(), minute)) {
                continue;
            }
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(minute);
            if (offsets.isEmpty() && !elapsed) {
                firings.add(zone.getRules().getTransition(minute).getInstant());
            }
            for (int i = 0; i < (elapsed ? offsets.size() : Math.min(1, offsets.size())); i++) {
                firings.add(minute.toInstant(offsets.get(i)));
            }
        }
        firings.removeIf(firing -> !firing.isAfter(from) || firing.isAfter(end));
        return firings;
    }

    private static boolean matches(CronFields fields, LocalDateTime minute) {
        return fields.minutes().get(minute.getMinute())
                && fields.hours().get(minute.getHour())
                && fields.onDay(minute.toLocalDate());
    }

    /** No change of the clocks on this day, the one before and the one after. */
    private static boolean calm(ZoneId zone, Instant at) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(at.minus(Duration.ofDays(2)));
        return next == null || next.getInstant().isAfter(at.plus(Duration.ofDays(2)));
    }

    private static String expression(Random random) {
        return field(random, 0, 59) + " " + field(random, 0, 23) + " "
                + (random.nextInt(3) > 0 ? "*" : field(random, 1, 28)) + " "
                + (random.nextInt(3) > 0 ? "*" : field(random, 1, 12)) + " "
                + (random.nextInt(3) > 0 ? "*" : field(random, 0, 6));
    }

    private static String field(Random random, int least, int most) {
        int from = random.nextInt(least, most + 1);
        int to = random.nextInt(from, most + 1);
        return switch (random.nextInt(5)) {
            case 0 -> "*";
            case 1 -> "*/" + (1 + random.nextInt(7));
            case 2 -> from + "-" + to;
            case 3 ->
                String.join(
                        ",",
                        IntStream.range(0, 3)
                                .mapToObj(_ -> Integer.toString(random.nextInt(least, most + 1)))
                                .toList());
            default -> Integer.toString(from);
        };
    }

    private static Schedule cron(String text, String zone) {
        return cron(text, zone, SINCE);
    }

    private static Schedule cron(String text, String zone, Instant since) {
        return ((Schedule.Parsed.Valid) Schedule.parse(text, zone, since)).schedule();
    }
}
