package io.slipway.driver.watch;

import static io.slipway.driver.watch.SparkEvents.jobEnd;
import static io.slipway.driver.watch.SparkEvents.jobStart;
import static io.slipway.driver.watch.SparkEvents.stage;
import static io.slipway.driver.watch.SparkEvents.taskEnd;
import static io.slipway.driver.watch.SparkEvents.taskStart;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.output.Journal;
import io.slipway.protocol.driver.News;
import io.slipway.protocol.driver.SparkJob;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkJobsTest {
    private static final String TAG = "slipway:context:command:with:colons";

    private final Journal journal = new Journal();
    private final SparkJobs jobs = new SparkJobs(journal);

    @BeforeEach
    void open() {
        journal.open("context");
    }

    @Test
    void a_job_counts_the_tasks_of_all_its_stages() {
        jobs.onJobStart(jobStart(3, "other," + TAG, stage(1, 0, 8), stage(2, 0, 2)));
        assertThat(jobs.progress(TAG)).containsExactly(new SparkJob(3, SparkJob.State.RUNNING, 10, 0, 0, 0));
        jobs.onTaskStart(taskStart(1, 0, "0"));
        jobs.onTaskStart(taskStart(1, 0, "0"));
        jobs.onTaskStart(taskStart(2, 0, "0"));
        jobs.onTaskEnd(taskEnd(1, 0, "0", true));
        jobs.onTaskEnd(taskEnd(1, 0, "0", false));
        assertThat(jobs.progress(TAG)).containsExactly(new SparkJob(3, SparkJob.State.RUNNING, 10, 1, 1, 1));
    }

    @Test
    void a_job_that_has_ended_has_no_task_that_runs() {
        jobs.onJobStart(jobStart(3, TAG, stage(1, 0, 2)));
        jobs.onTaskStart(taskStart(1, 0, "0"));
        jobs.onJobEnd(jobEnd(3, false));
        assertThat(jobs.progress(TAG)).containsExactly(new SparkJob(3, SparkJob.State.FAILED, 2, 0, 0, 0));
        jobs.onTaskEnd(taskEnd(1, 0, "0", true));
        assertThat(jobs.progress(TAG))
                .as("a straggler")
                .extracting(SparkJob::done)
                .containsExactly(0);
        jobs.onJobStart(jobStart(4, TAG, stage(5, 0, 1)));
        jobs.onJobEnd(jobEnd(4, true));
        assertThat(jobs.progress(TAG))
                .extracting(SparkJob::state)
                .containsExactly(SparkJob.State.FAILED, SparkJob.State.DONE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "mine", "notslipway:context:command"})
    void jobs_of_nobody_are_not_counted(@Nullable String tags) throws InterruptedException {
        jobs.onJobStart(jobStart(3, tags, stage(1, 0, 2)));
        jobs.onTaskStart(taskStart(1, 0, "0"));
        jobs.onTaskEnd(taskEnd(1, 0, "0", true));
        jobs.onJobEnd(jobEnd(3, true));
        assertThat(jobs.progress(TAG)).isEmpty();
        assertThat(journal.since("", 0).progress()).isEmpty();
    }

    @Test
    void the_server_hears_of_the_command_in_its_context() throws InterruptedException {
        jobs.onJobStart(jobStart(3, TAG, stage(1, 0, 2)));
        News news = journal.since("", 60_000);
        assertThat(news.progress())
                .containsExactly(new News.Progress("context", "command:with:colons", jobs.progress(TAG)));
    }

    @Test
    void commands_do_not_mix() {
        jobs.onJobStart(jobStart(1, "slipway:context:a", stage(1, 0, 1)));
        jobs.onJobStart(jobStart(2, "slipway:context:b", stage(2, 0, 1)));
        jobs.onTaskStart(taskStart(2, 0, "0"));
        assertThat(jobs.progress("slipway:context:a"))
                .extracting(SparkJob::active)
                .containsExactly(0);
        assertThat(jobs.progress("slipway:context:b"))
                .extracting(SparkJob::active)
                .containsExactly(1);
    }

    @Test
    void a_loop_of_jobs_is_counted_up_to_a_thousand() {
        for (int i = 0; i < 1_001; i++) {
            jobs.onJobStart(jobStart(i, TAG, stage(i, 0, 1)));
            jobs.onTaskStart(taskStart(i, 0, "0"));
            jobs.onTaskEnd(taskEnd(i, 0, "0", true));
            jobs.onJobEnd(jobEnd(i, true));
        }
        assertThat(jobs.progress(TAG)).hasSize(1_000).allMatch(job -> job.done() == 1);
    }

    @Test
    void a_forgotten_command_is_gone_and_what_it_still_runs_hurts_nobody() {
        jobs.onJobStart(jobStart(1, TAG, stage(1, 0, 1)));
        jobs.onJobStart(jobStart(2, "slipway:context:b", stage(2, 0, 1)));
        jobs.forget(TAG);
        jobs.forget("slipway:context:unknown");
        jobs.onTaskStart(taskStart(1, 0, "0"));
        jobs.onTaskEnd(taskEnd(1, 0, "0", true));
        jobs.onJobEnd(jobEnd(1, true));
        assertThat(jobs.progress(TAG)).isEmpty();
        assertThat(jobs.progress("slipway:context:b")).hasSize(1);
    }
}
