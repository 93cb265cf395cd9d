package io.slipway.spark.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the server may expect of a driver. Commands of Python that a made-up driver must understand: lines of {@code print('…')},
 * {@code time.sleep(600)}, and {@code 1/0}.
 */
public abstract class DriverClientContract {
    private static final String SLEEP = "print('begun', flush=True)\nimport time\ntime.sleep(600)";
    private static final int LOOKS = 600;

    private final String context = "contract-" + UUID.randomUUID();
    private final List<News> heard = new ArrayList<>();
    private String cursor = "";

    protected abstract DriverClient client();

    protected abstract DriverEndpoint driver();

    /** A moment passes. */
    protected abstract void passTime();

    @BeforeEach
    void make() {
        // What is told of contexts of other tests was never acknowledged.
        cursor = client().news(driver(), "", Duration.ZERO).next();
        client().putContext(driver(), context, spec());
        until(news -> news.contexts().contains(new ContextStatus(context, ContextStatus.State.RUNNING, "")));
        heard.clear();
    }

    private static ContextSpec spec() {
        return new ContextSpec(
                "python",
                "ann@example.com",
                "token",
                "",
                "default",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                "",
                "",
                ContextSpec.RunInfo.NONE);
    }

    private CommandStatus put(String command, String code) {
        return client().putCommand(
                        driver(),
                        context,
                        command,
                        new CommandRequest(new CommandSpec.Code("python", code), Map.of(), List.of(), "token"));
    }

    /** Hears news until some are as wanted. */
    private News until(Predicate<News> wanted) {
        for (int i = 0; i < LOOKS; i++) {
            News news = client().news(driver(), cursor, Duration.ofMillis(500));
            cursor = news.next();
            heard.add(news);
            if (wanted.test(news)) {
                return news;
            }
        }
        throw new AssertionError(
                "never told; heard last " + heard.subList(Math.max(0, heard.size() - 3), heard.size()));
    }

    private CommandStatus end(String command) {
        return until(news -> ended(news, command)).commands().stream()
                .filter(status -> status.command().equals(command))
                .findFirst()
                .orElseThrow();
    }

    private static boolean ended(News news, String command) {
        return news.commands().stream().anyMatch(status -> status.command().equals(command) && status.ended());
    }

    private static boolean printed(News news, String command) {
        return news.outputs().stream().anyMatch(output -> output.command().equals(command));
    }

    private static String text(List<News> all, String command) {
        return all.stream()
                .flatMap(news -> news.outputs().stream())
                .filter(output -> output.command().equals(command))
                .map(output -> output.frame() instanceof Frame.Stream stream ? stream.text() : "")
                .collect(Collectors.joining());
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void a_command_tells_its_output_and_then_its_end() {
        assertThat(put("k", "print('a')\nprint('b')").ended()).isFalse();
        CommandStatus end = end("k");
        assertThat(end.context()).isEqualTo(context);
        assertThat(end.state()).isEqualTo(CommandStatus.State.FINISHED);
        assertThat(end.outcome()).isEqualTo(CommandStatus.Outcome.OK);
        assertThat(end.startedAt()).isPositive();
        assertThat(end.endedAt()).isGreaterThanOrEqualTo(end.startedAt());
        assertThat(text(heard, "k")).isEqualTo("a\nb\n");
        List<Long> numbers = heard.stream()
                .flatMap(news -> news.outputs().stream())
                .map(News.Output::seq)
                .toList();
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1L);
        }
    }

    @Test
    void a_failure_is_a_frame_and_an_outcome() {
        put("k", "1/0");
        assertThat(end("k").outcome()).isEqualTo(CommandStatus.Outcome.ERROR);
        assertThat(heard.stream().flatMap(news -> news.outputs().stream()).map(News.Output::frame))
                .last()
                .isInstanceOfSatisfying(
                        Frame.Problem.class,
                        problem -> assertThat(problem.ename()).isEqualTo("ZeroDivisionError"));
    }

    @Test
    void what_is_not_acknowledged_is_told_again_and_what_is_is_not() {
        put("k", "print('a')");
        News all = client().news(driver(), cursor, Duration.ofMillis(500));
        for (int i = 0; i < LOOKS && !ended(all, "k"); i++) {
            passTime();
            all = client().news(driver(), cursor, Duration.ofMillis(500));
        }
        assertThat(ended(all, "k")).isTrue();
        assertThat(text(List.of(all), "k")).isEqualTo("a\n");
        News toAnother = client().news(driver(), "some-other-driver-7", Duration.ZERO);
        assertThat(text(List.of(toAnother), "k")).isEqualTo("a\n");

        News after = client().news(driver(), all.next(), Duration.ZERO);
        assertThat(text(List.of(after), "k")).isEmpty();
        assertThat(ended(after, "k")).isFalse();
        News fromTheStart = client().news(driver(), "", Duration.ZERO);
        assertThat(text(List.of(fromTheStart), "k")).isEmpty();
        assertThat(ended(fromTheStart, "k")).isFalse();
    }

    @Test
    void a_command_that_is_handed_over_again_does_not_run_again() {
        put("k", "print('a')");
        put("k", "print('a')");
        end("k");
        client().news(driver(), cursor, Duration.ZERO);
        CommandStatus again = put("k", "print('a')");
        assertThat(again.state()).isEqualTo(CommandStatus.State.FINISHED);
        assertThat(again.outcome()).isEqualTo(CommandStatus.Outcome.OK);
        put("last", "print('b')");
        end("last");
        assertThat(text(heard, "k")).isEqualTo("a\n");
    }

    @Test
    void commands_of_a_context_run_one_after_the_other() {
        put("first", "print('a')");
        put("second", "print('b')");
        CommandStatus second = end("second");
        CommandStatus first = heard.stream()
                .flatMap(news -> news.commands().stream())
                .filter(status -> status.command().equals("first") && status.ended())
                .findFirst()
                .orElseThrow();
        assertThat(second.startedAt()).isGreaterThanOrEqualTo(first.endedAt());
    }

    @Test
    void a_running_command_is_cancelled_and_one_that_waits_does_not_begin() {
        put("running", SLEEP);
        put("waiting", "print('never')");
        until(news -> printed(news, "running"));
        client().cancel(driver(), context, "waiting");
        client().cancel(driver(), context, "running");
        assertThat(end("running").state()).isEqualTo(CommandStatus.State.CANCELLED);
        client().cancel(driver(), context, "running");
        assertThat(heard.stream().anyMatch(news -> ended(news, "waiting"))).isTrue();
        assertThat(text(heard, "waiting")).isEmpty();
        put("next", "print('alive')");
        end("next");
        assertThat(text(heard, "next")).isEqualTo("alive\n");
    }

    @Test
    void a_command_that_others_wait_for_is_hurried_only_where_it_stays_for_nothing() {
        put("k", SLEEP);
        until(news -> printed(news, "k"));
        client().giveWay(driver(), context, "k");
        client().giveWay(driver(), context, "k");
        assertThat(client().status(driver()).runningCommands()).isEqualTo(1);
        client().cancel(driver(), context, "k");
        end("k");
        client().giveWay(driver(), context, "k");
    }

    @Test
    void the_status_tells_what_is_under_way_and_comes_with_the_news() {
        DriverStatus before = client().status(driver());
        assertThat(before.stopped()).isFalse();
        assertThat(before.contexts()).isPositive();
        assertThat(before.runningCommands()).isZero();
        put("k", SLEEP);
        until(news -> news.status() != null && news.status().runningCommands() == 1);
        assertThat(client().status(driver()).runningCommands()).isEqualTo(1);
        if (heard.stream().noneMatch(news -> printed(news, "k"))) {
            // An interrupt of code that has not begun is lost, unless it is repeated.
            until(news -> printed(news, "k"));
        }
        client().cancel(driver(), context, "k");
        until(news -> news.status() != null && news.status().runningCommands() == 0);
    }

    @Test
    void nothing_is_told_of_a_context_that_was_deleted() {
        put("k", SLEEP);
        until(news -> printed(news, "k"));
        client().deleteContext(driver(), context);
        client().deleteContext(driver(), context);
        refused(ErrorCode.NOT_FOUND, () -> put("late", "print('a')"));
        refused(ErrorCode.NOT_FOUND, () -> client().cancel(driver(), context, "k"));
        refused(ErrorCode.NOT_FOUND, () -> client().context(driver(), context));
        heard.clear();
        until(news -> news.status() != null);
        assertThat(heard).allMatch(news -> !ended(news, "k"));
    }

    @Test
    void what_is_not_known_is_not_found() {
        refused(ErrorCode.NOT_FOUND, () -> client().cancel(driver(), context, "nothing"));
        refused(ErrorCode.NOT_FOUND, () -> client().giveWay(driver(), context, "nothing"));
        refused(ErrorCode.NOT_FOUND, () -> client().context(driver(), "nothing"));
        assertThat(client().knowsResult(driver(), context, "nothing")).isFalse();
    }

    @Test
    void a_driver_that_is_not_there_is_unavailable() {
        DriverEndpoint nobody = new DriverEndpoint("127.0.0.1", 1, "token");
        refused(ErrorCode.UNAVAILABLE, () -> client().news(nobody, "", Duration.ZERO));
    }
}
