package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.Loop;
import io.slipway.kit.testing.FakeClock;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class DriverStatusesTest {
    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final List<String> woken = new ArrayList<>();
    private Database database;
    private DriverStatuses statuses;

    @BeforeEach
    void make() {
        database = TestDatabases.sqlite(folder);
        Base base = TestBase.of(database, clock);
        Loop<String> loop = TestBase.told(base, woken::add);
        statuses = new DriverStatuses(clock, loop);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static DriverStatus status(long now, long lastActivity, int commands, int pending, String... executors) {
        return new DriverStatus(
                DriverStatus.State.RUNNING,
                now,
                lastActivity,
                commands,
                0,
                List.of(executors).stream()
                        .map(id -> new DriverStatus.Executor(id, "h", 1, 0, 0, now))
                        .toList(),
                pending,
                0,
                2,
                List.of());
    }

    private void heard(DriverStatus status) {
        statuses.heard("c", 1, status);
    }

    @Test
    void only_what_decisions_are_made_of_wakes_the_cluster() {
        heard(status(10, 5, 0, 0));
        assertThat(woken).as("the driver is new").hasSize(1);
        heard(status(20, 15, 0, 0));
        assertThat(woken).as("only time has passed").hasSize(1);
        heard(status(20, 15, 1, 0));
        heard(status(20, 15, 3, 0));
        assertThat(woken).as("it is busy, however much").hasSize(2);
        heard(status(20, 15, 0, 0));
        heard(status(20, 15, 0, 4));
        heard(status(20, 15, 0, 9));
        heard(status(20, 15, 0, 9, "1"));
        heard(status(30, 15, 0, 9, "1"));
        assertThat(woken).hasSize(5);
        statuses.heard("c", 2, status(30, 15, 0, 9, "1"));
        assertThat(woken).as("it is another launch's").hasSize(6).containsOnly("c");
    }

    @Test
    void a_driver_that_tells_nothing_goes_on_with_what_it_was_at() {
        heard(status(1_000, 400, 0, 0));
        clock.advance(Duration.ofSeconds(9));
        assertThat(statuses.of("c", 1).orElseThrow())
                .satisfies(idle -> assertThat(idle.now()).isEqualTo(10_000))
                .satisfies(idle -> assertThat(idle.lastActivity()).isEqualTo(400));
        heard(status(20_000, 15_000, 1, 0));
        clock.advance(Duration.ofSeconds(5));
        assertThat(statuses.of("c", 1).orElseThrow().lastActivity()).isEqualTo(25_000);
    }

    @Test
    void a_driver_that_is_gone_or_of_another_launch_is_not_known() {
        heard(status(1, 1, 0, 0));
        assertThat(statuses.knows("c", 1)).isTrue();
        assertThat(statuses.knows("c", 2)).isFalse();
        assertThat(statuses.knows("d", 1)).isFalse();
        statuses.forget("c");
        assertThat(statuses.of("c", 1)).isEmpty();
        heard(status(1, 1, 0, 0));
        assertThat(woken).as("what it says then is new again").hasSize(2);
    }
}
