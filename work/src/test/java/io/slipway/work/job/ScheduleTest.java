package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

/** Quartz, whose expressions these are, is the judge. */
class ScheduleTest {
    private static final List<String> ZONES = List.of(
            "UTC", "Asia/Singapore", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
    private static final long BEGIN = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final long YEARS = 4L * 365 * 24 * 3600 * 1000;

    private static void agrees(String cron, String zone, long from, int times) throws ParseException {
        Schedule ours = new Schedule(cron, zone, false);
        ours.check();
        CronExpression theirs = new CronExpression(cron);
        theirs.setTimeZone(TimeZone.getTimeZone(zone));
        long at = from;
        for (int i = 0; i < times; i++) {
            Instant next = theirs.getNextValidTimeAfter(Date.from(Instant.ofEpochMilli(at)))
                    .toInstant();
            assertThat(ours.nextAfter(at).map(Instant::ofEpochMilli))
                    .as("%s in %s after %s", cron, zone, Instant.ofEpochMilli(at))
                    .hasValue(next);
            at = next.toEpochMilli();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 * * * ?", "*/10 * * * * ?", "0 0/15 * * * ?", "0 30 6 * * ?", "0 0 12 ? * MON-FRI",
                "0 15 10 15 * ?", "0 15 10 L * ?", "0 15 10 LW * ?", "0 15 10 ? * 6L", "0 15 10 ? * 6#3",
                "0 0 0 1 1 ?", "0 0 0 29 2 ?", "0 0 8,12,18 ? * 2-6", "0 5 0-4/2 ? * SUN", "0 0 9 1W * ?",
                "0 0 23 ? JAN,JUL FRI", "5 4 3 2 1/3 ?", "0 59 23 31 12 ?"
            })
    void usual_expressions_mean_what_quartz_says(String cron) throws ParseException {
        for (String zone : List.of("UTC", "Asia/Singapore", "Asia/Kolkata")) {
            agrees(cron, zone, BEGIN, 15);
        }
    }

    @Test
    void made_up_expressions_mean_what_quartz_says_where_clocks_do_not_change() throws ParseException {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            String cron = field(random, 0, 59) + " " + field(random, 0, 59) + " " + field(random, 0, 23)
                    + (random.nextBoolean()
                            ? " " + field(random, 1, 28) + " " + field(random, 1, 12) + " ?"
                            : " ? " + field(random, 1, 12) + " " + field(random, 1, 7));
            agrees(cron, ZONES.get(random.nextInt(3)), BEGIN + (long) (random.nextDouble() * YEARS), 15);
        }
    }

    /** Times of day that every day has. Where the clock jumps over a time, or shows it twice, libraries differ in good faith. */
    @Test
    void days_keep_their_hour_when_clocks_change() throws ParseException {
        for (String zone : ZONES) {
            for (String cron : List.of("0 30 6 * * ?", "0 0 12 ? * SUN", "0 0 0/6 * * ?", "0 15 22 L * ?")) {
                agrees(cron, zone, BEGIN, 500);
            }
        }
    }

    @Test
    void a_paused_schedule_has_no_next_time_and_one_of_the_past_has_none_either() {
        assertThat(new Schedule("0 0 * * * ?", "UTC", true).nextAfter(BEGIN)).isEmpty();
        assertThat(new Schedule("0 0 0 1 1 ? 2020", "UTC", false).nextAfter(BEGIN))
                .isEmpty();
    }

    private static String field(Random random, int low, int high) {
        int first = low + random.nextInt(high - low + 1);
        return switch (random.nextInt(4)) {
            case 0 -> "*";
            case 1 -> String.valueOf(first);
            case 2 -> first + "-" + (first + random.nextInt(high - first + 1));
            default -> low + "/" + (1 + random.nextInt(Math.max(1, (high - low) / 2)));
        };
    }
}
