package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.protocol.driver.DriverStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AutoscalerTest {
    private static final ClusterSize.Autoscale BOUNDS = new ClusterSize.Autoscale(1, 8);
    private static final long NOW = 1_700_000_000_000L;

    private static DriverStatus status(int pendingTasks, long... idleSince) {
        List<DriverStatus.Executor> executors = Stream.of(idleSince)
                .flatMap(all -> java.util.Arrays.stream(all).boxed())
                .map(since -> new DriverStatus.Executor("e", "h", 4, 0, 0, since))
                .toList();
        return new DriverStatus(DriverStatus.State.RUNNING, NOW, NOW, 0, 0, executors, pendingTasks, 0, 8, List.of());
    }

    private static int target(int current, DriverStatus status, long backlogMillis) {
        return Autoscaler.target(BOUNDS, current, 4, status, backlogMillis, Duration.ofSeconds(150));
    }

    @Test
    void a_short_wait_grows_nothing() {
        assertThat(target(2, status(100), 4_999)).isEqualTo(2);
    }

    @Test
    void a_long_wait_grows_by_what_the_waiting_tasks_can_use() {
        assertThat(target(4, status(5), 5_000)).isEqualTo(6);
    }

    @Test
    void growth_at_most_doubles_and_stays_within_bounds() {
        assertThat(target(2, status(1000), 5_000)).isEqualTo(4);
        assertThat(target(6, status(1000), 5_000)).isEqualTo(8);
        assertThat(target(0, status(1000), 5_000)).isEqualTo(1);
    }

    @Test
    void workers_that_were_idle_long_enough_leave() {
        long longAgo = NOW - 150_000;
        assertThat(target(4, status(0, longAgo, longAgo, NOW - 149_999, 0), 0)).isEqualTo(2);
    }

    @Test
    void the_least_number_stays_and_nobody_leaves_while_tasks_wait() {
        long longAgo = NOW - 150_000;
        assertThat(target(2, status(0, longAgo, longAgo), 0)).isEqualTo(1);
        assertThat(target(2, status(1, longAgo, longAgo), 0)).isEqualTo(2);
    }

    @Test
    void a_number_outside_of_changed_bounds_moves_into_them() {
        assertThat(target(20, status(0), 0)).isEqualTo(8);
        assertThat(target(0, status(0), 0)).isEqualTo(1);
    }
}
