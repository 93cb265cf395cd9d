package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000;

    private static int turns(Pace pace, long from, long until) {
        int turns = 0;
        for (long now = from; now < until; now += MILLI) {
            if (pace.delay(now).isZero()) {
                pace.took(now);
                turns++;
            }
        }
        return turns;
    }

    @Test
    void after_a_rest_some_turns_follow_each_other_at_once() {
        Pace pace = new Pace(Duration.ofMillis(50), 3, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(pace.delay(0)).isZero();
            pace.took(0);
        }
        assertThat(pace.delay(0)).isEqualTo(Duration.ofMillis(50));
        assertThat(pace.delay(20 * MILLI)).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void who_never_rests_gets_one_turn_an_interval() {
        Pace pace = new Pace(Duration.ofMillis(50), 3, 0);
        turns(pace, 0, 1_000 * MILLI);
        assertThat(turns(pace, 1_000 * MILLI, 11_000 * MILLI)).isEqualTo(200);
    }

    @Test
    void no_more_turns_are_saved_up_however_long_the_rest() {
        Pace pace = new Pace(Duration.ofMillis(50), 3, 0);
        long later = Duration.ofDays(1).toNanos();
        assertThat(turns(pace, later, later + 49 * MILLI)).isEqualTo(3);
    }

    @Test
    void the_clock_may_begin_anywhere_and_pass_its_end() {
        long start = Long.MAX_VALUE - 100 * MILLI;
        Pace pace = new Pace(Duration.ofMillis(50), 1, start);
        pace.took(start);
        assertThat(pace.delay(start)).isEqualTo(Duration.ofMillis(50));
        pace.took(start + 60 * MILLI);
        assertThat(pace.delay(start + 60 * MILLI)).isEqualTo(Duration.ofMillis(50));
        assertThat(pace.delay(start + 110 * MILLI)).isZero();
    }
}
