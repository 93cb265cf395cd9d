package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LoopTest {
    private record Planned(long at, Runnable task, AtomicBoolean cancelled) {}

    private final Deque<Runnable> work = new ArrayDeque<>();
    private final PriorityQueue<Planned> agenda = new PriorityQueue<>(Comparator.comparingLong(Planned::at));
    private final List<String> seen = new ArrayList<>();
    private long nanos;
    private final Clock clock = new Clock() {
        @Override
        public long millis() {
            return nanos / 1_000_000;
        }

        @Override
        public long nanos() {
            return nanos;
        }
    };
    private final Timer timer = new Timer() {
        @Override
        public Alarm after(Duration delay, Runnable task) {
            AtomicBoolean cancelled = new AtomicBoolean();
            agenda.add(new Planned(nanos + delay.toNanos(), task, cancelled));
            return () -> cancelled.set(true);
        }

        @Override
        public void close() {}
    };
    private final Loops loops = new Loops(clock, timer, new Ids(clock, new Random(1)), work::add);

    private void drain() {
        while (!work.isEmpty()) {
            work.pop().run();
        }
    }

    private void live(Duration duration) {
        long until = nanos + duration.toNanos();
        drain();
        while (!agenda.isEmpty() && agenda.peek().at() <= until) {
            Planned next = agenda.remove();
            if (!next.cancelled().get()) {
                nanos = next.at();
                next.task().run();
                drain();
            }
        }
        nanos = until;
    }

    private Loop<String> loop(List<String> unfinished, Function<String, Outcome> pass) {
        Loop<String> loop = loops.loop("test");
        loops.run(loop, new Reconciler<>() {
            @Override
            public Outcome reconcile(String key) {
                seen.add(key);
                return pass.apply(key);
            }

            @Override
            public Iterable<String> unfinished() {
                return unfinished;
            }
        });
        return loop;
    }

    private Loop<String> loop(Function<String, Outcome> pass) {
        return loop(List.of(), pass);
    }

    @Test
    void many_wakes_before_a_pass_are_one_pass() {
        Loop<String> loop = loop(key -> Outcome.done());
        loop.wake("a");
        loop.wake("a");
        loop.wake("b");
        drain();
        assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void a_key_woken_during_its_pass_gets_another_pass() {
        List<Loop<String>> self = new ArrayList<>();
        self.add(loop(key -> {
            if (seen.size() == 1) {
                self.get(0).wake(key);
            }
            return Outcome.done();
        }));
        self.get(0).wake("a");
        drain();
        assertThat(seen).hasSize(2);
    }

    @Test
    void a_key_that_looks_again_has_one_due_time_however_often_it_is_woken() {
        Loop<String> loop = loop(key -> Outcome.again(Duration.ofSeconds(2)));
        for (int i = 0; i < 100; i++) {
            loop.wake("a");
            live(Duration.ofMillis(100));
        }
        seen.clear();
        live(Duration.ofSeconds(20));
        assertThat(seen).hasSize(10);
    }

    @Test
    void a_pass_that_is_done_takes_back_the_due_time_of_an_earlier_one() {
        Loop<String> loop = loop(key -> seen.size() == 1 ? Outcome.again(Duration.ofSeconds(2)) : Outcome.done());
        loop.wake("a");
        drain();
        loop.wake("a");
        live(Duration.ofMinutes(1));
        assertThat(seen).hasSize(2);
    }

    @Test
    void resync_adds_no_passes_to_a_key_that_looks_again_by_itself() {
        Duration[] pause = {Duration.ofSeconds(2)};
        loop(List.of("a"), key -> Outcome.again(pause[0]));
        loops.start();
        live(Duration.ofHours(1));
        assertThat(seen).hasSizeBetween(1_799, 1_801);

        pause[0] = Duration.ofSeconds(30);
        live(Duration.ofMinutes(1));
        seen.clear();
        live(Duration.ofHours(1));
        assertThat(seen).hasSizeBetween(119, 121);
    }

    @Test
    void resync_finds_a_key_whose_wake_was_lost_or_whose_due_time_is_far_away() {
        loop(List.of("lost", "far"), key -> key.equals("far") ? Outcome.again(Duration.ofDays(1)) : Outcome.done());
        loops.start();
        drain();
        seen.clear();
        live(Duration.ofSeconds(31));
        assertThat(seen).containsExactlyInAnyOrder("lost", "far");
    }

    @Test
    void resync_goes_on_after_anything_that_listing_throws() {
        List<Error> thrown = new ArrayList<>(List.of(new StackOverflowError(), new NoClassDefFoundError()));
        Loop<String> loop = loops.loop("test");
        loops.run(loop, new Reconciler<>() {
            @Override
            public Outcome reconcile(String key) {
                seen.add(key);
                return Outcome.done();
            }

            @Override
            public Iterable<String> unfinished() {
                if (!thrown.isEmpty()) {
                    throw thrown.remove(0);
                }
                return List.of("a");
            }
        });
        loops.start();
        live(Duration.ofSeconds(61));
        assertThat(seen).containsExactly("a");
    }

    @Test
    void a_pass_that_throws_an_exception_comes_back_with_growing_delay_and_forgets_it_after_success() {
        List<Long> times = new ArrayList<>();
        Loop<String> loop = loop(key -> {
            times.add(nanos);
            if (times.size() % 4 != 0) {
                throw new IllegalStateException("boom");
            }
            return Outcome.done();
        });
        loop.wake("a");
        live(Duration.ofMinutes(1));
        assertThat(times).hasSize(4);
        assertThat(times.get(3) - times.get(2)).isGreaterThan(times.get(1) - times.get(0));

        loop.wake("a");
        live(Duration.ofMinutes(1));
        assertThat(times).hasSize(8);
        assertThat(times.get(5) - times.get(4))
                .isLessThanOrEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void a_pass_that_throws_an_error_leaves_the_key_alive() {
        Loop<String> loop = loop(key -> {
            if (seen.size() == 1) {
                throw new OutOfMemoryError("made up");
            }
            return Outcome.done();
        });
        loop.wake("a");
        live(Duration.ofSeconds(1));
        assertThat(seen).hasSize(2);
        loop.wake("a");
        drain();
        assertThat(seen).hasSize(3);
    }

    @Test
    void a_key_that_no_worker_takes_can_be_woken_later() {
        boolean[] refuses = {true};
        Loops strict = new Loops(clock, timer, new Ids(clock, new Random(1)), task -> {
            if (refuses[0]) {
                throw new RejectedExecutionException("full");
            }
            work.add(task);
        });
        Loop<String> loop = strict.loop("strict");
        strict.run(loop, new Reconciler<>() {
            @Override
            public Outcome reconcile(String key) {
                seen.add(key);
                return Outcome.done();
            }

            @Override
            public Iterable<String> unfinished() {
                return List.of();
            }
        });
        loop.wake("a");
        refuses[0] = false;
        loop.wake("a");
        drain();
        assertThat(seen).containsExactly("a");
    }

    @Test
    void nothing_starts_after_close() {
        Loop<String> loop = loop(List.of("c"), key -> Outcome.done());
        loop.wake("a");
        loops.close();
        loop.wake("b");
        live(Duration.ofMinutes(5));
        assertThat(seen).isEmpty();
    }
}
