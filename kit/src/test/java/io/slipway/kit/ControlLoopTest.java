package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlLoopTest {
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final Deque<Runnable> delayed = new ArrayDeque<>();
    private final Timer timer = new Timer() {
        @Override
        public void after(Duration delay, Runnable task) {
            delays.add(delay);
            delayed.add(task);
        }

        @Override
        public void close() {}
    };
    private final Ids ids = new Ids(Clock.system(), new Random(1));

    private void drain() {
        while (!work.isEmpty()) {
            work.pop().run();
        }
    }

    private ControlLoop<String> loop(ControlLoop.Reconciler<String> reconciler) {
        return new ControlLoop<>("test", reconciler, work::add, timer, ids);
    }

    @Test
    void many_enqueues_before_a_pass_are_one_pass() {
        List<String> seen = new ArrayList<>();
        ControlLoop<String> loop = loop(key -> {
            seen.add(key);
            return Outcome.done();
        });
        loop.enqueue("a");
        loop.enqueue("a");
        loop.enqueue("b");
        drain();
        assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void a_key_enqueued_during_its_pass_gets_another_pass() {
        List<String> seen = new ArrayList<>();
        List<ControlLoop<String>> self = new ArrayList<>();
        self.add(loop(key -> {
            if (seen.isEmpty()) {
                self.get(0).enqueue(key);
            }
            seen.add(key);
            return Outcome.done();
        }));
        self.get(0).enqueue("a");
        drain();
        assertThat(seen).hasSize(2);
    }

    @Test
    void a_pass_that_throws_comes_back_with_growing_delay_and_forgets_it_after_success() {
        List<Integer> left = new ArrayList<>(List.of(1, 2, 3));
        ControlLoop<String> loop = loop(key -> {
            if (left.isEmpty()) {
                return Outcome.done();
            }
            left.remove(0);
            throw new IllegalStateException("boom");
        });
        loop.enqueue("a");
        drain();
        while (!delayed.isEmpty()) {
            delayed.pop().run();
            drain();
        }
        assertThat(left).isEmpty();
        assertThat(delays).hasSize(3);
        assertThat(delays.get(2)).isGreaterThan(delays.get(0));
    }

    @Test
    void nothing_starts_after_close() {
        List<String> seen = new ArrayList<>();
        ControlLoop<String> loop = loop(key -> {
            seen.add(key);
            return Outcome.done();
        });
        loop.enqueue("a");
        loop.close();
        loop.enqueue("b");
        drain();
        assertThat(seen).isEmpty();
    }
}
