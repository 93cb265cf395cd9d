package io.slipway.driver.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.output.Journal;
import io.slipway.driver.output.Redaction;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.CommandStatus.State;
import io.slipway.protocol.driver.News;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
    private static final long NOW = 1_700_000_000_000L;

    private final Journal journal = new Journal();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final Command command = new Command(
            "context",
            "1",
            new CommandSpec.Code("python", "while True: pass"),
            journal,
            new Redaction(),
            forgotten::incrementAndGet);

    @BeforeEach
    void open() {
        journal.open("context");
    }

    @Test
    void a_repeated_cancellation_interrupts_again_only_after_the_code_had_time_to_end() {
        assertThat(command.start()).isTrue();
        assertThat(command.requestCancel()).isTrue();
        assertThat(command.strike(NOW)).isTrue();
        assertThat(command.requestCancel()).isTrue();
        assertThat(command.strike(NOW + 5)).isFalse();
        assertThat(command.strike(NOW + 1999)).isFalse();
        assertThat(command.strike(NOW + 2000)).isTrue();
        assertThat(command.strike(NOW + 2001)).isFalse();
    }

    /** What a running command has become, by how its kernel ended, whether it was cancelled, and whether it called exit. */
    @ParameterizedTest
    @CsvSource({
        "OK,    false, false, FINISHED,  OK",
        "ERROR, false, false, FINISHED,  ERROR",
        "OK,    true,  false, FINISHED,  OK",
        "ERROR, true,  false, CANCELLED, ",
        "OK,    false, true,  FINISHED,  EXIT",
        "ERROR, false, true,  FINISHED,  EXIT",
        "ERROR, true,  true,  FINISHED,  EXIT",
    })
    void the_end_of_a_command_follows_from_what_happened_to_it(
            Outcome kernels, boolean cancelled, boolean exited, State state, Outcome outcome) {
        command.start();
        if (exited) {
            command.exit("value");
        }
        if (cancelled) {
            command.requestCancel();
        }
        command.finish(kernels);
        assertThat(command.status().state()).isEqualTo(state);
        assertThat(command.status().outcome()).isEqualTo(outcome);
        assertThat(command.status().endedAt())
                .isGreaterThanOrEqualTo(command.status().startedAt());
    }

    @Test
    void a_command_that_is_cancelled_while_it_waits_never_starts() throws InterruptedException {
        assertThat(command.requestCancel())
                .as("nothing runs that could be interrupted")
                .isFalse();
        assertThat(command.start()).isFalse();
        assertThat(command.status().state()).isEqualTo(State.CANCELLED);
        assertThat(command.status().startedAt()).isZero();
        command.finish(Outcome.OK);
        assertThat(command.status().state()).isEqualTo(State.CANCELLED);
        assertThat(journal.since("", 0).commands())
                .extracting(CommandStatus::state)
                .containsExactly(State.CANCELLED);
    }

    @Test
    void a_command_starts_once_and_ends_once() {
        assertThat(command.start()).isTrue();
        assertThat(command.start()).isFalse();
        command.finish(Outcome.OK);
        CommandStatus end = command.status();
        command.finish(Outcome.ERROR);
        assertThat(command.requestCancel()).isFalse();
        assertThat(command.status()).isEqualTo(end);
    }

    @Test
    void only_the_first_exit_counts() throws InterruptedException {
        command.start();
        command.exit("first");
        command.exit("second");
        assertThat(command.exited()).isTrue();
        assertThat(journal.since("", 0).outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.toString()).contains("first"));
    }

    @Test
    void it_is_forgotten_when_the_server_knows_its_end_and_not_before() throws InterruptedException {
        command.start();
        News running = journal.since("", 0);
        command.finish(Outcome.OK);
        journal.since(running.next(), 0);
        assertThat(forgotten)
                .as("that it runs was acknowledged, its end was not")
                .hasValue(0);
        journal.since(journal.since("", 0).next(), 0);
        assertThat(forgotten).hasValue(1);
    }

    @Test
    void output_that_comes_after_the_end_is_not_told() throws InterruptedException {
        command.start();
        command.frames().stream("stdout", "in time");
        command.finish(Outcome.OK);
        command.frames().stream("stdout", "late");
        News news = journal.since("", 0);
        assertThat(news.outputs()).hasSize(1);
        assertThat(news.outputs().toString()).contains("in time");
    }

    @Test
    void who_waits_for_the_end_is_woken_by_it_however_it_comes() throws Exception {
        var waiting = CompletableFuture.runAsync(() -> {
            try {
                command.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        command.requestCancel();
        waiting.get(30, TimeUnit.SECONDS);
        command.await();
    }

    @Test
    void a_tag_names_one_command_of_one_context() {
        assertThat(command.tag()).isEqualTo("slipway:context:1");
    }
}
