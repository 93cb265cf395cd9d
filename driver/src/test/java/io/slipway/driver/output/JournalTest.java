package io.slipway.driver.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.DriverProtocol;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.News;
import io.slipway.protocol.driver.SparkJob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final Journal journal = new Journal();
    private final List<String> acknowledged = new ArrayList<>();

    @BeforeEach
    void open() {
        journal.open("c");
    }

    @Test
    void whatIsAcknowledgedIsNotToldAgainAndTheRestIs() throws InterruptedException {
        text("k", 1, "a");
        News first = journal.since("", 0);
        text("k", 2, "b");
        assertThat(texts(journal.since("", 0))).containsExactly("a", "b");
        assertThat(texts(journal.since(first.next(), 0))).containsExactly("b");
        assertThat(texts(journal.since("", 0))).as("a is gone").containsExactly("b");
    }

    @Test
    void aCursorOfAnotherDriverAcknowledgesNothing() throws InterruptedException {
        text("k", 1, "a");
        String foreign = new Journal().since("", 0).next();
        assertThat(texts(journal.since(foreign.replaceAll("-0$", "-9"), 0))).containsExactly("a");
        assertThat(texts(journal.since("", 0))).containsExactly("a");
    }

    @Test
    void theEndOfACommandStandsBehindItsOutput() throws InterruptedException {
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
    void aSingleFrameOfAnySizeIsTold() throws InterruptedException {
        text("k", 1, "x".repeat(3 * DriverProtocol.NEWS_LIMIT_BYTES));
        assertThat(journal.since("", 0).outputs()).hasSize(1);
    }

    @Test
    void onlyTheNewestProgressIsToldAndItDoesNotWakeAtOnce() throws InterruptedException {
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
    void whoWaitsIsToldAtOnce() throws Exception {
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
    void nothingIsToldOfAContextThatIsGone() throws InterruptedException {
        text("k", 1, "a");
        state("k", CommandStatus.State.RUNNING);
        journal.drop("c");
        text("k", 2, "b");
        state("k", CommandStatus.State.CANCELLED);
        assertThat(journal.since("", 0).quiet()).isTrue();
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
