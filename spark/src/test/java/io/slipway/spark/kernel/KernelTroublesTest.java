package io.slipway.spark.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.StillClusters;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of contexts and commands when their driver does not do what it should. */
@NullUnmarked
class KernelTroublesTest {
    private static final Caller ANN = People.ANN;
    private static final CommandSpec CODE = new CommandSpec.Code("python", "1");
    private static final int PORT = 4711;

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);

    /** What calls to the driver throw, by the place. */
    private final Map<String, ErrorCode> troubles = new HashMap<>();

    private final FakeDrivers driver = new FakeDrivers(
            clock, this::trouble, (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofSeconds(10)));
    private Database database;
    private KernelSteps steps;
    private Contexts contexts;
    private String cluster;

    @BeforeEach
    void make() {
        database = TestDatabases.sqlite(folder);
        People.known(database);
        Base base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        SessionTokens tokens = new SessionTokens(new byte[32], clock);
        Clusters clusters = StillClusters.of(base);
        steps = new KernelSteps(base, tokens, clusters, new Drivers(base, tokens), driver);
        contexts = steps.contexts;
        cluster = StillClusters.create(clusters, ANN, "c");
        StillClusters.up(database, cluster, PORT);
        driver.open(PORT);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void trouble(String where) {
        ErrorCode code = troubles.get(where);
        if (code != null) {
            throw new PlatformException(code, "trouble " + where);
        }
    }

    private String pending() {
        return contexts.create(ANN, cluster, "python", ContextOptions.NONE).id();
    }

    private String context() {
        String id = pending();
        steps.pass();
        clock.advance(Duration.ofSeconds(1));
        steps.pass();
        assertThat(contexts.get(ANN, id).state()).isEqualTo(ContextState.RUNNING);
        return id;
    }

    private String command(String context) {
        return contexts.execute(ANN, context, CODE).id();
    }

    private Command look(String command) {
        return contexts.result(ANN, command, 0).command();
    }

    private String lostBecause(String command) {
        Contexts.Result result = contexts.result(ANN, command, 0);
        assertThat(result.command().state()).isEqualTo(CommandState.LOST);
        return result.frames().get(0).problem().orElseThrow().evalue();
    }

    @Test
    void a_driver_that_does_not_answer_is_asked_again_and_runs_the_command_once() {
        String command = command(context());
        troubles.put("before putCommand", ErrorCode.UNAVAILABLE);
        assertThat(steps.commandSteps.reconcile(command)).isInstanceOf(Outcome.Again.class);
        assertThat(look(command).state()).isEqualTo(CommandState.QUEUED);
        troubles.clear();
        troubles.put("after putCommand", ErrorCode.UNAVAILABLE);
        assertThat(steps.commandSteps.reconcile(command)).isInstanceOf(Outcome.Again.class);
        troubles.clear();
        steps.pass();
        clock.advance(Duration.ofSeconds(11));
        steps.pass();
        assertThat(look(command).state()).isEqualTo(CommandState.FINISHED);
        assertThat(driver.begun()).hasSize(1);
    }

    @Test
    void a_command_that_the_driver_does_not_know_any_more_is_lost_or_was_cancelled() {
        String context = context();
        String lost = command(context);
        troubles.put("before putCommand", ErrorCode.NOT_FOUND);
        steps.pass();
        assertThat(lostBecause(lost)).isEqualTo("The driver does not know this command any more.");
        troubles.clear();
        String cancelled = command(context);
        steps.pass();
        contexts.cancel(ANN, cancelled);
        troubles.put("before cancel", ErrorCode.NOT_FOUND);
        assertThat(steps.commandSteps.reconcile(cancelled)).isEqualTo(Outcome.done());
        assertThat(look(cancelled).state()).isEqualTo(CommandState.CANCELLED);
    }

    @Test
    void a_cancellation_is_repeated_until_the_command_has_ended() {
        String command = command(context());
        steps.pass();
        contexts.cancel(ANN, command);
        troubles.put("before cancel", ErrorCode.UNAVAILABLE);
        assertThat(steps.commandSteps.reconcile(command)).isInstanceOf(Outcome.Again.class);
        troubles.clear();
        assertThat(steps.commandSteps.reconcile(command)).isEqualTo(Outcome.again(Duration.ofSeconds(1)));
        assertThat(look(command).state()).isEqualTo(CommandState.CANCELLING);
        clock.advance(Duration.ofSeconds(1));
        steps.pass();
        assertThat(look(command).state()).isEqualTo(CommandState.CANCELLED);
    }

    @Test
    void a_fault_of_the_platform_ends_no_command() {
        String command = command(context());
        troubles.put("before putCommand", ErrorCode.INTERNAL);
        assertThatThrownBy(() -> steps.commandSteps.reconcile(command)).hasMessage("trouble before putCommand");
        assertThat(look(command).state()).isEqualTo(CommandState.QUEUED);
        assertThat(steps.commandSteps.unfinished()).containsExactly(command);
    }

    @Test
    void a_context_that_cannot_be_made_says_why_and_so_do_its_commands() {
        String context = pending();
        String command = command(context);
        troubles.put("before putContext", ErrorCode.UNAVAILABLE);
        assertThat(steps.contextSteps.reconcile(context)).isInstanceOf(Outcome.Again.class);
        assertThat(contexts.get(ANN, context).state()).isEqualTo(ContextState.PENDING);
        assertThat(contexts.lost(context)).isEmpty();
        troubles.put("before putContext", ErrorCode.INTERNAL);
        assertThat(steps.contextSteps.reconcile(context)).isEqualTo(Outcome.done());
        assertThat(contexts.get(ANN, context).state()).isEqualTo(ContextState.ERROR);
        assertThat(contexts.lost(context)).contains("trouble before putContext");
        assertThat(steps.commandSteps.reconcile(command)).isEqualTo(Outcome.done());
        assertThat(lostBecause(command)).isEqualTo("trouble before putContext");
    }

    @Test
    void a_context_stays_until_the_driver_has_let_go_of_it() {
        String context = context();
        contexts.destroy(ANN, context);
        troubles.put("before deleteContext", ErrorCode.UNAVAILABLE);
        assertThatThrownBy(() -> steps.contextSteps.reconcile(context)).isInstanceOf(PlatformException.class);
        assertThat(contexts.get(ANN, context).state()).isEqualTo(ContextState.DESTROYING);
        assertThat(contexts.lost(context)).contains("The context has been destroyed.");
        troubles.put("before deleteContext", ErrorCode.NOT_FOUND);
        assertThat(steps.contextSteps.reconcile(context)).isEqualTo(Outcome.done());
        assertThat(contexts.find(ANN, context)).isEmpty();
        assertThat(contexts.lost(context)).contains("The context has been destroyed.");
    }

    @Test
    void a_driver_of_a_later_launch_knows_nothing_of_earlier_contexts() {
        String context = context();
        String command = command(context);
        database.change(tx -> tx.sql().execute("update cluster set launch = 2 where id = ?", cluster));
        assertThat(contexts.lost(context))
                .contains("The Spark driver of cluster " + cluster + " has stopped or is being restarted.");
        steps.pass();
        assertThat(lostBecause(command))
                .isEqualTo(
                        "The Spark driver has stopped unexpectedly and is restarting, or its cluster was terminated.");
    }

    @Test
    void widgets_that_get_other_values_have_them_in_the_next_command() {
        String context = contexts.create(ANN, cluster, "python", ContextOptions.NONE.with(Map.of("env", "dev")))
                .id();
        steps.pass();
        clock.advance(Duration.ofSeconds(1));
        steps.pass();
        String before = command(context);
        steps.pass();
        database.change(tx -> contexts.assign(tx, context, Map.of("env", "prod")));
        database.change(tx -> contexts.assign(tx, "gone", Map.of("env", "prod")));
        String after = command(context);
        steps.pass();
        assertThat(driver.widgets(before)).isEqualTo(Map.of("env", "dev"));
        assertThat(driver.widgets(after)).isEqualTo(Map.of("env", "prod"));
    }

    @Test
    void a_driver_that_gives_no_news_is_asked_again_and_a_fault_is_not_hidden() {
        context();
        troubles.put("before news", ErrorCode.UNAVAILABLE);
        assertThat(steps.news.reconcile(cluster)).isEqualTo(Outcome.again(Duration.ofMillis(500)));
        troubles.put("before news", ErrorCode.INTERNAL);
        assertThatThrownBy(() -> steps.news.reconcile(cluster)).hasMessage("trouble before news");
        troubles.clear();
        assertThat(steps.news.reconcile(cluster)).isEqualTo(Outcome.again(Duration.ZERO));
        assertThat(steps.news.unfinished()).containsExactly(cluster);
        database.change(tx -> tx.sql().execute("update cluster set state = 'TERMINATED' where id = ?", cluster));
        assertThat(steps.news.reconcile(cluster)).isEqualTo(Outcome.done());
        assertThat(steps.news.unfinished()).isEmpty();
    }

    @Test
    void news_whose_answer_was_lost_are_told_again_and_stored_once() {
        String command = command(context());
        steps.pass();
        clock.advance(Duration.ofSeconds(11));
        troubles.put("after news", ErrorCode.UNAVAILABLE);
        assertThat(steps.news.reconcile(cluster)).isInstanceOf(Outcome.Again.class);
        assertThat(look(command).state()).isEqualTo(CommandState.RUNNING);
        troubles.clear();
        steps.pass();
        assertThat(look(command).state()).isEqualTo(CommandState.FINISHED);
    }
}
