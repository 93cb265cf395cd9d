package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerTest {
    @Test
    void tasks_run_in_the_order_of_their_times_on_a_named_thread() throws Exception {
        List<String> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(2);
        try (Timer timer = Timer.system("ticker")) {
            timer.after(Duration.ofSeconds(1), () -> {
                seen.add("later");
                done.countDown();
            });
            timer.after(Duration.ZERO, () -> {
                seen.add(Thread.currentThread().getName());
                done.countDown();
            });
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(seen).containsExactly("ticker-1", "later");
    }

    @Test
    void a_closed_timer_takes_nothing_and_does_not_complain() {
        Timer timer = Timer.system("ticker");
        timer.close();
        List<String> seen = new ArrayList<>();
        timer.after(Duration.ZERO, () -> seen.add("never"));
        assertThat(seen).isEmpty();
    }
}
