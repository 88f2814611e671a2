package org.nucleus.chronos.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of schedules, and their firings over decades, zones and changes of daylight saving. */
class ScheduleTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T19:00:00Z");
    private static final int RANDOM_SCHEDULES = 3_000;
    private static final List<String> ZONES = List.of(
            "",
            "Europe/Paris",
            "America/Los_Angeles",
            "America/Sao_Paulo",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Asia/Kathmandu",
            "Africa/Casablanca",
            "America/St_Johns",
            "Asia/Tehran",
            "+05:30");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bogus",
                "",
                "R5/2012-01-01T00:00:00Z",
                "R5/2012-01-01T00:00:00Z/",
                "R5/2012-01-01T00:00:00Z/P1H",
                "R5/2012-13-01T00:00:00Z/P1D",
                "R5/2012-02-30T00:00:00Z/P1D",
                "R-1/2012-01-01T00:00:00Z/P1D",
                "R/2012-01-01T00:00:00Z/P-1D",
                "R/2012-01-01T00:00:00Z/P",
                "R2/2012-01-01T00:00:00Z/PT0S",
                "R/2012-01-01T00:00:00Z/PT0.5S",
                "R/1970-01-01T00:00:00Z/P1D",
                "R/yesterday/P1D",
                "R/2012-01-01T00:00:00Z/P1D/P1D",
                "R99999999999999999999/2012-01-01T00:00:00Z/P1D"
            })
    void whatIsNoScheduleIsRefusedWithASentence(String text) {
        assertThat(Schedule.parse(text, "", SINCE))
                .isInstanceOfSatisfying(
                        Schedule.Parsed.Invalid.class,
                        invalid -> assertThat(invalid.message()).contains("'" + text + "'"));
    }

    @Test
    void anUnknownZoneIsRefusedByName() {
        assertThat(Schedule.parse("R/2030-01-01T00:00:00Z/P1D", "Mars/Olympus", SINCE))
                .isEqualTo(new Schedule.Parsed.Invalid("Unknown scheduleTimeZone 'Mars/Olympus'"));
    }

    @ParameterizedTest(name = "{0} in {1} begins {2}")
    @CsvSource({
        "R5/2012-01-01T00:00:00.000Z/P1D, '', 2012-01-01T00:00:00Z",
        "R/2012-01-01T13:00:00-04:00/P1D, '', 2012-01-01T17:00:00Z",
        "R/2012-01-01T13:00:00-04:00/P1D, PST, 2012-01-01T21:00:00Z",
        "R/2012-01-01T13:00:00Z/P1D, BST, 2012-01-01T07:00:00Z",
        "R/2012-06-01T00:00:00/P1D, Europe/Paris, 2012-05-31T22:00:00Z",
        "R/2012-06-01/P1D, Europe/Paris, 2012-05-31T22:00:00Z",
        "R/2012-06-01/P1D, '', 2012-06-01T00:00:00Z",
        "R/2012-06/P1D, '', 2012-06-01T00:00:00Z",
        "R/2012/P1D, '', 2012-01-01T00:00:00Z",
        "R/2012-032/P1D, '', 2012-02-01T00:00:00Z",
        "R/2012-W01/P1D, '', 2012-01-02T00:00:00Z",
        "R/2012-W01-3T10/P1D, '', 2012-01-04T10:00:00Z",
        "R/2012-01-01T10:30:15.5Z/P1D, '', 2012-01-01T10:30:15.500Z",
        "R/2012-01-01T10:30+0530/P1D, '', 2012-01-01T05:00:00Z",
        "R//PT1H, '', 2026-11-22T18:59:59Z",
        "R1//P, '', 2026-11-22T18:59:59Z",
        "R/T05:50Z/PT24H, '', 2026-11-23T05:50:00Z",
        "R/T20:00Z/PT24H, '', 2026-11-22T20:00:00Z"
    })
    void startsAreReadAsTheOriginalReadsThem(String text, String zone, Instant first) {
        assertThat(schedule(text, zone).at(0)).hasValue(first);
    }

    @Test
    void monthEndsDoNotDrift() {
        Schedule schedule = schedule("R/2023-01-31T00:00:00Z/P1M", "");

        assertThat(List.of(at(schedule, 1), at(schedule, 2), at(schedule, 3), at(schedule, 13)))
                .containsExactly(
                        Instant.parse("2023-02-28T00:00:00Z"),
                        Instant.parse("2023-03-31T00:00:00Z"),
                        Instant.parse("2023-04-30T00:00:00Z"),
                        Instant.parse("2024-02-29T00:00:00Z"));
    }

    @Test
    void aMonthlyScheduleSkipsForwardToDayOne() {
        Schedule schedule = schedule("R/2012-01-01T00:00:00Z/P1M", "");

        Schedule.Due due = schedule.due(schedule.beginning(), SINCE).orElseThrow();

        assertThat(due.nominal()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(schedule.next(due.moved())).hasValue(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(due.missed()).isEqualTo(178);
        assertThat(due.firstMissed()).isEqualTo("2012-01-01T00:00:00Z");
        assertThat(schedule.print(due.moved())).isEqualTo("R/2026-12-01T00:00:00.000Z/P1M");
    }

    @Test
    void aDayKeepsItsHourOverDaylightSavingAndTwentyFourHoursDoNot() {
        Schedule day = schedule("R/2026-03-28T08:00:00/P1D", "Europe/Paris");
        Schedule hours = schedule("R/2026-03-28T08:00:00/PT24H", "Europe/Paris");

        assertThat(at(day, 1)).isEqualTo("2026-03-29T06:00:00Z");
        assertThat(at(hours, 1)).isEqualTo("2026-03-29T07:00:00Z");
    }

    @Test
    void aFiringInTheSpringGapMovesOnAndComesBackTheNextDay() {
        Schedule schedule = schedule("R/2026-03-28T02:30:00/P1D", "Europe/Paris");

        assertThat(at(schedule, 1)).isEqualTo("2026-03-29T01:30:00Z");
        assertThat(at(schedule, 2)).isEqualTo("2026-03-30T00:30:00Z");
    }

    @Test
    void aFiringInTheAutumnOverlapHappensOnce() {
        Schedule schedule = schedule("R/2026-10-24T02:30:00/P1D", "Europe/Paris");

        assertThat(at(schedule, 1)).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(at(schedule, 2)).isEqualTo("2026-10-26T01:30:00Z");
    }

    @Test
    void aDayThatTheZoneSkippedIsNoMissedRun() {
        Schedule schedule = schedule("R/2011-12-29T10:00:00/P1D", "Pacific/Apia");
        Position second = new Position(1, Schedule.ENDLESS);

        Schedule.Due due = schedule.due(second, at(schedule, 2)).orElseThrow();

        assertThat(at(schedule, 1)).isEqualTo(at(schedule, 2));
        assertThat(due.missed()).isZero();
        assertThat(due.moved().next()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0} at {1}: {2} runs are left")
    @CsvSource({
        "R1/2026-11-22T19:00:00Z/P1D, PT0S, 0",
        "R3/2026-11-22T19:00:00Z/P1D, PT0S, 2",
        "R1/2026-11-21T19:00:00Z/PT1S, PT0S, 0",
        "R1/2012-01-01T00:00:00Z/PT0S, PT0S, 0",
        "R5/2026-11-22T19:00:00Z/P1D, PT72H, 4",
        "R/2026-11-22T19:00:00Z/P1D, PT72H, -1"
    })
    void aRunUsesUpOneRecurrenceHoweverManyWereMissed(String text, Duration later, long left) {
        Schedule schedule = schedule(text, "");

        assertThat(schedule.due(schedule.beginning(), SINCE.plus(later)))
                .hasValueSatisfying(due -> assertThat(due.moved().remaining()).isEqualTo(left));
    }

    @Test
    void nothingIsDueBeforeItsTimeOrAfterTheLast() {
        Schedule schedule = schedule("R1/2030-01-01T00:00:00Z/P1D", "");

        assertThat(schedule.due(schedule.beginning(), Instant.parse("2029-12-31T23:59:59.999Z")))
                .isEmpty();
        assertThat(schedule.due(new Position(1, 0), Instant.parse("2040-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(schedule("R0/2012-01-01T00:00:00Z/P1D", "").due(new Position(0, 0), SINCE))
                .isEmpty();
    }

    @Test
    void theCalendarEndsWithoutHarm() {
        Schedule schedule = schedule("R/2030-01-01T00:00:00Z/P999999999Y", "");

        assertThat(schedule.at(1)).isEmpty();
        assertThat(schedule.firstAfter(Instant.parse("2040-01-01T00:00:00Z"))).isEqualTo(1);
        assertThat(schedule.due(new Position(1, Schedule.ENDLESS), SINCE)).isEmpty();
    }

    /** Random schedules, walked firing by firing with arithmetic that knows nothing of ours. */
    @Test
    void firingsAgreeWithSlowReckoning() {
        long seed = Long.getLong("chronos.seed", 20261122L);
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_SCHEDULES; i++) {
            Reckoned reckoned = Reckoned.draw(random);
            Schedule schedule = schedule(reckoned.text(), reckoned.zone());
            int firings = 1 + random.nextInt(200);
            for (int k = 0; k < firings; k++) {
                assertThat(schedule.at(k))
                        .as("%s k=%d seed=%d", reckoned, k, seed)
                        .hasValue(reckoned.at(k));
            }
            agreeOnWhatIsDue(schedule, reckoned, random, firings, seed);
        }
    }

    private static void agreeOnWhatIsDue(Schedule schedule, Reckoned reckoned, Random random, int firings, long seed) {
        int from = random.nextInt(firings);
        Instant now = reckoned.at(random.nextInt(firings)).plusMillis(random.nextInt(3) - 1);
        Position position = new Position(from, Schedule.ENDLESS);
        int after = 0;
        while (!reckoned.at(after).isAfter(now)) {
            after++;
        }
        var due = schedule.due(position, now);
        assertThat(schedule.firstAfter(now)).as("%s seed=%d", reckoned, seed).isEqualTo(after);
        assertThat(due.isPresent()).as("%s seed=%d", reckoned, seed).isEqualTo(after > from);
        int following = after;
        due.ifPresent(run -> {
            assertThat(run.nominal()).isEqualTo(reckoned.at(following - 1)).isBeforeOrEqualTo(now);
            assertThat(run.moved().next()).isEqualTo(following);
            assertThat(schedule.due(run.moved(), now)).as("never twice").isEmpty();
        });
    }

    private static Schedule schedule(String text, String zone) {
        return ((Schedule.Parsed.Valid) Schedule.parse(text, zone, SINCE)).schedule();
    }

    private static Instant at(Schedule schedule, long k) {
        return schedule.at(k).orElseThrow();
    }

    /** A schedule whose firings are reckoned from calendar numbers and the zone's transitions. */
    private record Reckoned(LocalDateTime start, String zone, int months, int days, long seconds) {
        static Reckoned draw(Random random) {
            LocalDateTime start = LocalDate.of(1985 + random.nextInt(60), 1, 1)
                    .plusDays(random.nextInt(366))
                    .atTime(LocalTime.ofSecondOfDay(random.nextInt(48) * 1_800L));
            String zone = ZONES.get(random.nextInt(ZONES.size()));
            return switch (random.nextInt(5)) {
                case 0 -> new Reckoned(start, zone, 1 + random.nextInt(14), 0, 0);
                case 1 -> new Reckoned(start, zone, 0, 1 + random.nextInt(10), 0);
                case 2 -> new Reckoned(start, zone, 0, 0, 1 + random.nextInt(200_000));
                case 3 -> new Reckoned(start, zone, 12 * (1 + random.nextInt(3)), random.nextInt(3), 0);
                default -> new Reckoned(start, zone, random.nextInt(2), 1 + random.nextInt(5), random.nextInt(90_000));
            };
        }

        String text() {
            return "R/" + start + (start.getSecond() == 0 ? ":00" : "") + "/P" + months + "M" + days + "DT" + seconds
                    + "S";
        }

        Instant at(int k) {
            int month = start.getYear() * 12 + start.getMonthValue() - 1 + months * k;
            YearMonth target = YearMonth.of(Math.floorDiv(month, 12), Math.floorMod(month, 12) + 1);
            int day = Math.min(start.getDayOfMonth(), target.lengthOfMonth());
            long epochDay = target.atDay(1).toEpochDay() + day - 1 + (long) days * k;
            return instant(LocalDate.ofEpochDay(epochDay).atTime(start.toLocalTime()))
                    .plusSeconds(seconds * k);
        }

        private Instant instant(LocalDateTime local) {
            ZoneRules rules = ZoneId.of(zone.isEmpty() ? "Z" : zone).getRules();
            ZoneOffsetTransition gap = rules.getTransition(local);
            if (gap != null && gap.isGap()) {
                return local.plus(gap.getDuration()).toInstant(gap.getOffsetAfter());
            }
            return local.toInstant(rules.getValidOffsets(local).getFirst());
        }
    }
}
