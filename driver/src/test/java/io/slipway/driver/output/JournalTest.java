package io.slipway.driver.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.DriverProtocol;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.News;
import io.slipway.protocol.driver.SparkJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private final Journal journal = new Journal();
    private final List<String> acknowledged = new ArrayList<>();

    @BeforeEach
    void open() {
        journal.open("c");
    }

    @Test
    void what_is_acknowledged_is_not_told_again_and_the_rest_is() throws InterruptedException {
        text("k", 1, "a");
        News first = journal.since("", 0);
        text("k", 2, "b");
        assertThat(texts(journal.since("", 0))).containsExactly("a", "b");
        assertThat(texts(journal.since(first.next(), 0))).containsExactly("b");
        assertThat(texts(journal.since("", 0))).as("a is gone").containsExactly("b");
    }

    @Test
    void a_cursor_of_another_driver_acknowledges_nothing() throws InterruptedException {
        text("k", 1, "a");
        String foreign = new Journal().since("", 0).next();
        assertThat(texts(journal.since(foreign.replaceAll("-0$", "-9"), 0))).containsExactly("a");
        assertThat(texts(journal.since("", 0))).containsExactly("a");
    }

    @Test
    void the_end_of_a_command_stands_behind_its_output() throws InterruptedException {
        state("k", CommandStatus.State.RUNNING);
        String big = "x".repeat(DriverProtocol.NEWS_LIMIT_BYTES * 2 / 3);
        text("k", 1, big);
        text("k", 2, big);
        state("k", CommandStatus.State.FINISHED);
        News first = journal.since("", 0);
        assertThat(first.outputs()).hasSize(1);
        assertThat(first.commands()).isEmpty();
        News second = journal.since(first.next(), 0);
        assertThat(second.outputs()).hasSize(1);
        assertThat(second.commands()).extracting(CommandStatus::state).containsExactly(CommandStatus.State.FINISHED);
        assertThat(acknowledged).isEmpty();
        journal.since(second.next(), 0);
        assertThat(acknowledged)
                .as("the state that was replaced was never told")
                .containsExactly("k FINISHED");
    }

    @Test
    void the_beginning_of_a_command_comes_with_its_first_output_or_a_moment_later() throws InterruptedException {
        state("k", CommandStatus.State.RUNNING);
        CompletableFuture<News> news = CompletableFuture.supplyAsync(() -> {
            try {
                return journal.since("", 60_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        text("k", 1, "a");
        News first = news.join();
        if (first.outputs().isEmpty()) {
            // This thread slept meanwhile: the beginning had waited long enough.
            first = journal.since("", 60_000);
        }
        assertThat(texts(first)).containsExactly("a");
        assertThat(first.commands()).extracting(CommandStatus::state).containsExactly(CommandStatus.State.RUNNING);
        state("silent", CommandStatus.State.RUNNING);
        assertThat(journal.since(first.next(), 60_000).commands())
                .extracting(CommandStatus::command)
                .containsExactly("silent");
    }

    @Test
    void a_single_frame_of_any_size_is_told() throws InterruptedException {
        text("k", 1, "x".repeat(3 * DriverProtocol.NEWS_LIMIT_BYTES));
        assertThat(journal.since("", 0).outputs()).hasSize(1);
    }

    @Test
    void only_the_newest_progress_is_told_and_it_does_not_wake_at_once() throws InterruptedException {
        List<SparkJob> jobs = new ArrayList<>();
        journal.progress("c", "k", () -> jobs);
        journal.progress("c", "k", () -> jobs);
        jobs.add(new SparkJob(0, SparkJob.State.RUNNING, 4, 1, 2, 0));
        long before = System.nanoTime();
        News news = journal.since("", 60_000);
        assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(news.progress()).containsExactly(new News.Progress("c", "k", jobs));
    }

    @Test
    void who_waits_is_told_at_once() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return journal.since("", 60_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        journal.context(new ContextStatus("c", ContextStatus.State.RUNNING, ""));
        assertThat(waiting.get(30, TimeUnit.SECONDS).contexts()).hasSize(1);
    }

    @Test
    void nothing_is_told_of_a_context_that_is_gone() throws InterruptedException {
        text("k", 1, "a");
        state("k", CommandStatus.State.RUNNING);
        journal.drop("c");
        text("k", 2, "b");
        state("k", CommandStatus.State.CANCELLED);
        assertThat(journal.since("", 0).quiet()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "9999999999999999999", "1.5", "", "-"})
    void a_cursor_of_this_driver_that_is_no_place_is_refused(String place) throws InterruptedException {
        String boot = journal.since("", 0).next().replaceAll("-0$", "-");
        assertThatThrownBy(() -> journal.since(boot + place, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_acknowledgement_that_comes_again_or_late_takes_nothing_new() throws InterruptedException {
        text("k", 1, "a");
        String first = journal.since("", 0).next();
        text("k", 2, "b");
        String second = journal.since(first, 0).next();
        text("k", 3, "c");
        journal.since(second, 0);
        assertThat(texts(journal.since(first, 0))).containsExactly("c");
        assertThat(texts(journal.since(second, 0))).containsExactly("c");
    }

    @Test
    void what_is_acknowledged_takes_no_memory() throws InterruptedException {
        state("k", CommandStatus.State.RUNNING);
        state("l", CommandStatus.State.RUNNING);
        journal.since(journal.since("", 0).next(), 0);
        assertThat(acknowledged).containsExactly("k RUNNING", "l RUNNING");
        assertThat(journal.since("", 0).quiet()).isTrue();
    }

    @Test
    void a_state_that_changes_between_the_answer_and_its_acknowledgement_is_told_again() throws InterruptedException {
        state("k", CommandStatus.State.RUNNING);
        News running = journal.since("", 0);
        state("k", CommandStatus.State.FINISHED);
        News ended = journal.since(running.next(), 0);
        assertThat(acknowledged).as("what was told was replaced meanwhile").isEmpty();
        assertThat(ended.commands()).extracting(CommandStatus::state).containsExactly(CommandStatus.State.FINISHED);
    }

    @Test
    void the_status_is_that_of_the_moment_at_which_it_is_told() throws InterruptedException {
        var running = new AtomicInteger(1);
        journal.describedBy(() -> status(running.get()));
        journal.statusNow();
        running.set(2);
        News news = journal.since("", 60_000);
        assertThat(Objects.requireNonNull(news.status()).runningCommands()).isEqualTo(2);
        assertThat(journal.since(news.next(), 0).status()).as("once").isNull();
    }

    @Test
    void an_urgent_status_does_not_wait_for_the_patient_one() throws InterruptedException {
        journal.describedBy(() -> status(0));
        journal.status();
        journal.statusNow();
        journal.status();
        long before = System.nanoTime();
        assertThat(journal.since("", 60_000).status()).isNotNull();
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(900));
    }

    @Test
    void nobody_waits_longer_than_asked() throws InterruptedException {
        assertThat(journal.since("", 50).quiet()).isTrue();
        assertThat(journal.since("", -5).quiet()).isTrue();
    }

    @Test
    void a_driver_that_stops_frees_who_waits() throws InterruptedException {
        var waiting = new Thread(() -> {
            try {
                journal.since("", 600_000);
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        waiting.interrupt();
        waiting.join(30_000);
        assertThat(waiting.isAlive()).isFalse();
    }

    @Test
    void who_follows_hears_all_output_of_many_threads_once_and_in_order() throws InterruptedException {
        var writers = new Thread[4];
        for (int t = 0; t < writers.length; t++) {
            String command = "k" + t;
            writers[t] = new Thread(() -> {
                for (int i = 1; i <= 500; i++) {
                    text(command, i, "x");
                }
            });
            writers[t].start();
        }
        Map<String, List<Long>> heard = new HashMap<>();
        String cursor = "";
        int count = 0;
        while (count < 2_000) {
            News news = journal.since(cursor, 1_000);
            for (News.Output output : news.outputs()) {
                heard.computeIfAbsent(output.command(), key -> new ArrayList<>())
                        .add(output.seq());
                count++;
            }
            cursor = news.next();
        }
        assertThat(heard).hasSize(4);
        heard.values()
                .forEach(numbers -> assertThat(numbers).hasSize(500).isSorted().doesNotHaveDuplicates());
    }

    private static DriverStatus status(int running) {
        return new DriverStatus(DriverStatus.State.RUNNING, 0, 0, running, 0, List.of(), 0, 0, 0, List.of());
    }

    private void text(String command, long seq, String text) {
        journal.output("c", command, seq, new Frame.Stream("stdout", text), text.length());
    }

    private void state(String command, CommandStatus.State state) {
        journal.command(
                new CommandStatus("c", command, state, null, 0, 0),
                () -> acknowledged.add(command + " " + state.name()));
    }

    private static List<String> texts(News news) {
        return news.outputs().stream()
                .map(output -> ((Frame.Stream) output.frame()).text())
                .toList();
    }
}
