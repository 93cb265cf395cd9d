package io.slipway.work.job;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.slipway.kit.PlatformException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a job runs by itself (Jobs API 2.1, {@code schedule}).
 *
 * @param cron in Quartz' form: seconds, minutes, hours, day of month, month, day of week, and perhaps years
 * @param zone of the IANA database; clocks that change there change the schedule
 */
public record Schedule(String cron, String zone, boolean paused) {
    private static final CronParser QUARTZ =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

    /** Throws INVALID_PARAMETER_VALUE if it can never be followed. */
    void check() {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw PlatformException.invalid("schedule.timezone_id '" + zone + "' is not a known time zone.");
        }
        try {
            QUARTZ.parse(cron).validate();
        } catch (IllegalArgumentException e) {
            throw PlatformException.invalid("schedule.quartz_cron_expression '" + cron
                    + "' is not a valid Quartz cron expression: " + e.getMessage());
        }
    }

    /** The first time after {@code millis} at which the job shall run; empty if there is none, or the schedule is paused. */
    Optional<Long> nextAfter(long millis) {
        if (paused) {
            return Optional.empty();
        }
        ZonedDateTime after =
                Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.of(zone));
        return ExecutionTime.forCron(QUARTZ.parse(cron))
                .nextExecution(after)
                .map(next -> next.toInstant().toEpochMilli());
    }
}
