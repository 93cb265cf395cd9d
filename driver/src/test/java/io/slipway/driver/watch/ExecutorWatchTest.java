package io.slipway.driver.watch;

import static io.slipway.driver.watch.SparkEvents.added;
import static io.slipway.driver.watch.SparkEvents.completed;
import static io.slipway.driver.watch.SparkEvents.removed;
import static io.slipway.driver.watch.SparkEvents.stage;
import static io.slipway.driver.watch.SparkEvents.submitted;
import static io.slipway.driver.watch.SparkEvents.taskEnd;
import static io.slipway.driver.watch.SparkEvents.taskStart;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.protocol.driver.DriverStatus;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExecutorWatchTest {
    private final AtomicInteger changes = new AtomicInteger();
    private final ExecutorFailures failures = new ExecutorFailures("secret", () -> {});
    private final ExecutorWatch watch = new ExecutorWatch(failures, changes::incrementAndGet);

    @Test
    void executors_come_and_go_with_their_cores() {
        watch.onExecutorAdded(added("0", "10.0.0.1", 4));
        watch.onExecutorAdded(added("1", "10.0.0.2", 2));
        assertThat(watch.load().totalCores()).isEqualTo(6);
        assertThat(watch.load().executors())
                .extracting(DriverStatus.Executor::host)
                .containsExactly("10.0.0.1", "10.0.0.2");
        watch.onExecutorRemoved(removed("0", "worker lost"));
        watch.onExecutorRemoved(removed("never", "seen"));
        assertThat(watch.load().executors())
                .extracting(DriverStatus.Executor::id)
                .containsExactly("1");
        assertThat(watch.load().totalCores()).isEqualTo(2);
        assertThat(changes).hasValue(4);
    }

    @Test
    void an_executor_is_idle_from_the_end_of_its_last_task_on() {
        watch.addLocal("127.0.0.1", 2);
        DriverStatus.Executor fresh = watch.load().executors().get(0);
        assertThat(fresh.idleSince()).isEqualTo(fresh.addedAt()).isPositive();
        watch.onTaskStart(taskStart(1, 0, "driver"));
        watch.onTaskStart(taskStart(1, 0, "driver"));
        watch.onTaskEnd(taskEnd(1, 0, "driver", true));
        DriverStatus.Executor working = watch.load().executors().get(0);
        assertThat(working.activeTasks()).isEqualTo(1);
        assertThat(working.idleSince()).as("it works").isZero();
        watch.onTaskEnd(taskEnd(1, 0, "driver", false));
        DriverStatus.Executor idle = watch.load().executors().get(0);
        assertThat(idle.activeTasks()).isZero();
        assertThat(idle.idleSince()).isGreaterThanOrEqualTo(fresh.addedAt());
    }

    @Test
    void tasks_wait_from_their_stages_submission_until_they_start() {
        watch.onStageSubmitted(submitted(stage(1, 0, 10)));
        watch.onStageSubmitted(submitted(stage(2, 0, 5)));
        assertThat(watch.load().pendingTasks()).isEqualTo(15);
        watch.onTaskStart(taskStart(1, 0, "0"));
        watch.onTaskStart(taskStart(1, 0, "0"));
        assertThat(watch.load().pendingTasks()).isEqualTo(13);
        assertThat(watch.load().runningTasks()).isEqualTo(2);
        watch.onStageCompleted(completed(stage(1, 0, 10)));
        assertThat(watch.load().pendingTasks()).as("cancelled with its stage").isEqualTo(5);
        watch.onTaskEnd(taskEnd(1, 0, "0", true));
        watch.onTaskEnd(taskEnd(1, 0, "0", true));
        assertThat(watch.load().runningTasks()).isZero();
    }

    @Test
    void a_stage_that_is_tried_again_is_counted_anew() {
        watch.onStageSubmitted(submitted(stage(1, 0, 4)));
        watch.onStageSubmitted(submitted(stage(1, 1, 3)));
        watch.onTaskStart(taskStart(1, 1, "0"));
        assertThat(watch.load().pendingTasks()).isEqualTo(6);
        watch.onStageCompleted(completed(stage(1, 0, 4)));
        assertThat(watch.load().pendingTasks()).isEqualTo(2);
    }

    @Test
    void more_starts_and_ends_than_there_are_tasks_count_nothing_below_zero() {
        watch.onStageSubmitted(submitted(stage(1, 0, 1)));
        watch.onTaskStart(taskStart(1, 0, "gone"));
        watch.onTaskStart(taskStart(1, 0, "gone"));
        for (int i = 0; i < 5; i++) {
            watch.onTaskEnd(taskEnd(1, 0, "gone", false));
        }
        assertThat(watch.load().pendingTasks()).isZero();
        assertThat(watch.load().runningTasks()).isZero();
    }
}
