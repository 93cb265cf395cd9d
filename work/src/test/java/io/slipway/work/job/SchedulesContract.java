package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Outcome;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.store.Event;
import io.slipway.store.FactFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Jobs that run by themselves. */
@NullUnmarked
abstract class SchedulesContract extends WorkContract {
    private static final String CARL = "carl@example.com";

    private static JobWanted scheduled(String name, Schedule schedule) {
        return described(
                new JobSettings(name, List.of(task("a")), Map.of(), Map.of(), 0, 9, false, Optional.of(schedule)));
    }

    private Caller carl() {
        return identities.bootstrapAdmin(CARL).orElseThrow();
    }

    private Job hourly(boolean paused) {
        return jobs.create(carl(), scheduled("hourly", new Schedule("0 0 * * * ?", "Asia/Kolkata", paused)));
    }

    private List<Run> periodic(Job job) {
        return listed(ADMIN, RunFilter.of(job.id())).stream()
                .filter(run -> run.origin() == Run.Origin.PERIODIC)
                .toList();
    }

    @Test
    void a_schedule_begins_a_run_each_time_and_once_whatever_is_asked_again() {
        Job job = hourly(false);
        assertThat(scheduled).containsExactly(job.id());
        assertThat(schedules.unfinished()).containsExactly(job.id());
        // Half past in UTC is the full hour in India.
        assertThat(Duration.ofMillis(job.nextRunAt()).toMinutesPart()).isEqualTo(30);
        assertThat(schedules.reconcile(job.id())).isInstanceOf(Outcome.Again.class);
        assertThat(periodic(job)).isEmpty();

        clock.advance(Duration.ofMillis(job.nextRunAt() - clock.millis()));
        schedules.reconcile(job.id());
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(1);
        assertThat(periodic(job).get(0).owner().name()).isEqualTo(CARL);
        assertThat(woken).containsExactly(periodic(job).get(0).id());

        clock.advance(Duration.ofHours(1));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(2);
    }

    @Test
    void a_paused_or_removed_schedule_begins_nothing() {
        Job paused = hourly(true);
        Job changed = hourly(false);
        jobs.change(carl(), changed.id(), earlier -> settings("hourly", 9, task("a")));
        Job deleted = hourly(false);
        jobs.delete(ADMIN, deleted.id());
        assertThat(schedules.unfinished()).isEmpty();
        clock.advance(Duration.ofHours(1));
        for (Job job : List.of(paused, changed, deleted)) {
            assertThat(schedules.reconcile(job.id())).isEqualTo(Outcome.done());
            assertThat(periodic(job)).isEmpty();
        }
    }

    @Test
    void a_schedule_that_cannot_be_followed_is_refused() {
        for (Schedule wrong : List.of(
                new Schedule("0 0 * * *", "UTC", false),
                new Schedule("0 0 25 * * ?", "UTC", false),
                new Schedule("", "UTC", true),
                new Schedule("0 0 * * * ?", "Mars/Olympus", false))) {
            assertThatThrownBy(() -> jobs.create(ANN, scheduled("j", wrong)))
                    .as(wrong.toString())
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
        }
    }

    @Test
    void times_that_were_missed_are_left_out_and_written_down() {
        Job job = hourly(false);
        clock.advance(Duration.ofHours(7).plusMinutes(2));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).isEmpty();
        assertThat(jobs.get(ADMIN, job.id()).nextRunAt()).isGreaterThan(clock.millis());
        List<Event> written = database.read(handle -> base.facts()
                .of(handle, job.ref(), FactFilter.ALL, false, PageWanted.ALL)
                .items());
        assertThat(written).extracting(Event::kind).containsExactly("job.missed", "job.created");
        assertThat(written.get(0).body().path("why").asText()).isEqualTo("the platform did not run then");
    }

    @Test
    void a_clock_that_is_set_back_by_a_day_does_not_stop_a_schedule() {
        Job job = hourly(false);
        clock.jump(Duration.ofDays(-1));
        schedules.reconcile(job.id());
        long next = jobs.get(ADMIN, job.id()).nextRunAt();
        assertThat(next).isBetween(clock.millis(), clock.millis() + 3_600_000);
        clock.advance(Duration.ofMillis(next - clock.millis()));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(1);
    }

    @Test
    void a_clock_that_is_set_back_by_a_second_after_a_run_repeats_nothing() {
        Job job = hourly(false);
        clock.advance(Duration.ofMillis(job.nextRunAt() - clock.millis()));
        schedules.reconcile(job.id());
        clock.jump(Duration.ofSeconds(-1));
        schedules.reconcile(job.id());
        clock.advance(Duration.ofSeconds(2));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(1);
    }

    @Test
    void a_clock_that_is_set_forward_by_a_day_floods_nothing() {
        Job job = hourly(false);
        clock.jump(Duration.ofDays(1));
        schedules.reconcile(job.id());
        schedules.reconcile(job.id());
        assertThat(periodic(job)).isEmpty();
        clock.advance(Duration.ofMillis(jobs.get(ADMIN, job.id()).nextRunAt() - clock.millis()));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(1);
    }
}
