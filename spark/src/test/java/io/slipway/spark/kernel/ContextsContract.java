package io.slipway.spark.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.Caller;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.News;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.StillClusters;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Json;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door to contexts and commands on any database, with the steps of their loops taken by hand. */
@NullUnmarked
abstract class ContextsContract {
    private static final Caller ANN = People.ANN;
    private static final Caller BOB = People.BOB;
    private static final CommandSpec CODE = new CommandSpec.Code("python", "1");
    private static final int PORT = 4711;
    private static final Ref NOTEBOOK = Ref.of(Kind.NOTEBOOK, WorkspaceId.FIRST, 7);

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final List<String> moved = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final FakeDrivers driver = new FakeDrivers(
            clock, Seam.QUIET, (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofSeconds(10)));
    private Database database;
    private Base base;
    private Contexts contexts;
    private ContextReconciler contextSteps;
    private CommandReconciler commandSteps;
    private DriverNews news;
    private String cluster;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        People.known(database);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        SessionTokens tokens = new SessionTokens(new byte[32], clock);
        Clusters clusters = StillClusters.of(base);
        SessionCatalogs catalogs = new SessionCatalogs() {
            @Override
            public List<String> names(WorkspaceId workspace) {
                return List.of();
            }

            @Override
            public String first(WorkspaceId workspace) {
                return "first_of_" + workspace;
            }
        };
        KernelSteps steps = new KernelSteps(base, tokens, clusters, new Drivers(base, tokens), driver, catalogs);
        contexts = steps.contexts;
        contextSteps = steps.contextSteps;
        commandSteps = steps.commandSteps;
        news = steps.news;
        base.facts()
                .on(
                        CommandFact.Moved.class,
                        (tx, fact) -> moved.add(fact.subject().id()));
        base.facts()
                .on(
                        CommandFact.Ended.class,
                        (tx, fact) -> ended.add(fact.subject().id()));
        cluster = StillClusters.create(clusters, ANN, "c");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_context_begins_in_the_catalog_that_its_workspace_begins_in() {
        clusterUp();
        String id = contexts.create(ANN, cluster, "python", ContextOptions.NONE).id();
        contextSteps.reconcile(id);
        assertThat(driver.catalogOf(id)).contains("first_of_1001");
    }

    /** The cluster is up and its driver listens. */
    private void clusterUp() {
        StillClusters.up(database, cluster, PORT);
        driver.open(PORT);
    }

    private void clusterDown() {
        database.change(tx -> tx.sql().execute("update cluster set state = 'TERMINATING' where id = ?", cluster));
        driver.close(PORT);
    }

    private String context() {
        clusterUp();
        return another();
    }

    private String another() {
        String id = contexts.create(ANN, cluster, "python", ContextOptions.NONE).id();
        contextSteps.reconcile(id);
        clock.advance(Duration.ofSeconds(1));
        news.reconcile(cluster);
        assertThat(contexts.get(ANN, id).state()).isEqualTo(ContextState.RUNNING);
        return id;
    }

    private CommandState state(String command) {
        return contexts.result(ANN, command, 0).command().state();
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }

    @Test
    void a_context_needs_a_cluster_that_is_up() {
        refused(
                ErrorCode.INVALID_STATE,
                "Cluster " + cluster + " is not in state RUNNING.",
                () -> contexts.create(ANN, NOTEBOOK, "c-1", cluster, "python", ContextOptions.NONE));
        refused(ErrorCode.NOT_FOUND, "Unknown execution context c-1", () -> contexts.get(ANN, "c-1"));
        refused(
                ErrorCode.NOT_FOUND,
                "Cluster nothing does not exist",
                () -> contexts.create(ANN, "nothing", "python", ContextOptions.NONE));
    }

    @Test
    void the_same_ids_make_one_context_and_run_one_command() {
        String context = context();
        Context again = contexts.create(ANN, NOTEBOOK, context, cluster, "sql", ContextOptions.NONE);
        assertThat(again.language()).isEqualTo("python");
        contexts.execute(ANN, "once", context, CODE);
        contexts.execute(ANN, "once", context, CODE);
        commandSteps.reconcile("once");
        commandSteps.reconcile("once");
        assertThat(driver.begun()).hasSize(1);
    }

    @Test
    void a_command_runs_and_tells_its_end_once() {
        String context = context();
        String command = contexts.execute(ANN, context, CODE).id();
        assertThat(state(command)).isEqualTo(CommandState.QUEUED);
        commandSteps.reconcile(command);
        assertThat(state(command)).isEqualTo(CommandState.RUNNING);
        clock.advance(Duration.ofSeconds(10));
        news.reconcile(cluster);
        news.reconcile(cluster);
        commandSteps.reconcile(command);
        Command done = contexts.result(ANN, command, 0).command();
        assertThat(done.state()).isEqualTo(CommandState.FINISHED);
        assertThat(done.outcome()).contains(CommandStatus.Outcome.OK);
        assertThat(ended).containsExactly(command);
    }

    @Test
    void commands_reach_the_driver_in_the_order_of_their_asking() {
        String context = context();
        String first = contexts.execute(ANN, context, CODE).id();
        String second = contexts.execute(ANN, context, CODE).id();
        commandSteps.reconcile(second);
        assertThat(state(second)).isEqualTo(CommandState.QUEUED);
        commandSteps.reconcile(first);
        commandSteps.reconcile(second);
        clock.advance(Duration.ofMinutes(1));
        assertThat(driver.begun()).extracting(FakeDrivers.Begun::commandId).containsExactly(first, second);
    }

    @Test
    void others_neither_see_nor_use_a_context() {
        String context = context();
        String command = contexts.execute(ANN, context, CODE).id();
        String why = "bob@example.com does not have use permission on Context " + context;
        refused(ErrorCode.PERMISSION_DENIED, why, () -> contexts.get(BOB, context));
        refused(ErrorCode.PERMISSION_DENIED, why, () -> contexts.execute(BOB, context, CODE));
        refused(ErrorCode.PERMISSION_DENIED, why, () -> contexts.destroy(BOB, context));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have use permission on Command " + command,
                () -> contexts.cancel(BOB, command));
        assertThat(contexts.find(BOB, context)).isEmpty();
        assertThat(state(command)).isEqualTo(CommandState.QUEUED);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_ATTACH_TO permission on Cluster " + cluster,
                () -> contexts.create(BOB, cluster, "python", ContextOptions.NONE));
    }

    @Test
    void the_output_of_a_command_is_its_owners_also_when_the_context_has_gone() {
        String context = context();
        String command = contexts.execute(ANN, context, CODE).id();
        contexts.destroy(ANN, context);
        contextSteps.reconcile(context);
        assertThat(contexts.find(ANN, context)).isEmpty();
        assertThat(contexts.result(ANN, command, 0).command().id()).isEqualTo(command);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have use permission on Command " + command,
                () -> contexts.result(BOB, command, 0));
    }

    @Test
    void what_is_part_of_a_thing_is_found_by_it_and_not_by_its_id() {
        clusterUp();
        contexts.create(ANN, NOTEBOOK, "any-id", cluster, "python", ContextOptions.NONE);
        String own =
                contexts.create(ANN, cluster, "python", ContextOptions.NONE).id();
        assertThat(contexts.of(Kind.NOTEBOOK, "7")).containsExactly("any-id");
        assertThat(contexts.of(Kind.CONTEXT, own)).containsExactly(own);
        assertThat(contexts.thingsWithContexts(Kind.NOTEBOOK)).containsExactly("7");
        assertThat(contexts.execute(ANN, "c", "any-id", CODE).partOf()).isEqualTo(NOTEBOOK);
    }

    @Test
    void a_command_of_a_context_that_is_not_made_yet_is_cancelled_at_once() {
        clusterUp();
        String context =
                contexts.create(ANN, cluster, "python", ContextOptions.NONE).id();
        String command = contexts.execute(ANN, context, CODE).id();
        contexts.cancel(ANN, command);
        assertThat(state(command)).isEqualTo(CommandState.CANCELLED);
        assertThat(ended).containsExactly(command);
        contexts.cancel(ANN, command);
        assertThat(ended).containsExactly(command);
    }

    @Test
    void a_queued_command_that_the_driver_does_not_have_is_cancelled_without_running() {
        String context = context();
        String command = contexts.execute(ANN, context, CODE).id();
        contexts.cancel(ANN, command);
        assertThat(state(command)).isEqualTo(CommandState.CANCELLING);
        commandSteps.reconcile(command);
        assertThat(state(command)).isEqualTo(CommandState.CANCELLED);
        assertThat(driver.begun()).isEmpty();
    }

    @Test
    void a_running_command_is_cancelled_when_the_driver_says_so() {
        String context = context();
        String command = contexts.execute(ANN, context, CODE).id();
        commandSteps.reconcile(command);
        contexts.cancel(ANN, command);
        commandSteps.reconcile(command);
        clock.advance(Duration.ofSeconds(1));
        news.reconcile(cluster);
        assertThat(state(command)).isEqualTo(CommandState.CANCELLED);
        assertThat(driver.running()).isEmpty();
    }

    @Test
    void a_context_destroyed_twice_goes_once_and_its_commands_are_lost() {
        String context = context();
        String command = contexts.execute(ANN, context, CODE).id();
        commandSteps.reconcile(command);
        contexts.destroy(ANN, context);
        contexts.destroy(ANN, context);
        refused(
                ErrorCode.INVALID_STATE,
                "Context " + context + " is being destroyed.",
                () -> contexts.execute(ANN, context, CODE));
        contextSteps.reconcile(context);
        contextSteps.reconcile(context);
        commandSteps.reconcile(command);
        assertThat(contexts.find(ANN, context)).isEmpty();
        assertThat(driver.contexts()).isEmpty();
        assertThat(state(command)).isEqualTo(CommandState.LOST);
        refused(ErrorCode.NOT_FOUND, "Unknown execution context " + context, () -> contexts.destroy(ANN, context));
    }

    @Test
    void a_context_of_a_dead_driver_is_destroyed_all_the_same() {
        String context = context();
        contexts.destroy(ANN, context);
        clusterDown();
        contextSteps.reconcile(context);
        assertThat(contexts.find(ANN, context)).isEmpty();
    }

    @Test
    void commands_that_wait_for_a_context_that_fails_are_lost_with_its_reason() {
        clusterUp();
        String context =
                contexts.create(ANN, cluster, "python", ContextOptions.NONE).id();
        String command = contexts.execute(ANN, context, CODE).id();
        clusterDown();
        contextSteps.reconcile(context);
        commandSteps.reconcile(command);
        Contexts.Result result = contexts.result(ANN, command, 0);
        assertThat(result.command().state()).isEqualTo(CommandState.LOST);
        assertThat(result.frames()).hasSize(1);
        assertThat(result.frames().get(0).body().path("evalue").asText())
                .isEqualTo("Cluster " + cluster + " is not running any more.");
    }

    @Test
    void a_cluster_that_ended_leaves_its_contexts_in_error() {
        String context = context();
        clusterDown();
        database.change(tx -> contextSteps.clusterEnded(tx, cluster));
        database.change(tx -> contextSteps.clusterEnded(tx, cluster));
        Context left = contexts.get(ANN, context);
        assertThat(left.state()).isEqualTo(ContextState.ERROR);
        assertThat(left.message()).isEqualTo("The cluster " + cluster + " has terminated.");
    }

    @Test
    void output_that_is_told_again_is_stored_once() {
        String context = context();
        String command = contexts.execute(ANN, context, CODE).id();
        commandSteps.reconcile(command);
        News told = new News(
                "x-9",
                List.of(
                        output(context, command, 1, "a"),
                        output(context, command, 2, "b"),
                        output(context, command, 2, "b")),
                List.of(),
                List.of(),
                List.of(),
                null);
        store(cluster, told);
        store(cluster, told);
        store(
                cluster,
                new News("x-10", List.of(output(context, command, 3, "c")), List.of(), List.of(), List.of(), null));
        assertThat(contexts.result(ANN, command, 0).frames())
                .extracting(frame -> frame.body().path("text").asText())
                .containsExactly("a", "b", "c");
        assertThat(contexts.result(ANN, command, 0).command().nextFrame()).isEqualTo(3);
    }

    @Test
    void a_driver_is_believed_in_what_is_its_own_only() {
        String context = context();
        String command = contexts.execute(ANN, context, CODE).id();
        commandSteps.reconcile(command);
        CommandStatus end =
                new CommandStatus(context, command, CommandStatus.State.FINISHED, CommandStatus.Outcome.EXIT, 1, 2);
        News lies =
                new News("x-9", List.of(output(context, command, 1, "a")), List.of(end), List.of(), List.of(), null);
        store("another-cluster", lies);
        CommandStatus elsewhere = new CommandStatus(
                "another-context", command, CommandStatus.State.FINISHED, CommandStatus.Outcome.EXIT, 1, 2);
        store(cluster, new News("x-10", List.of(), List.of(elsewhere), List.of(), List.of(), null));
        assertThat(state(command)).isEqualTo(CommandState.RUNNING);
        assertThat(contexts.result(ANN, command, 0).frames()).isEmpty();
        assertThat(ended).isEmpty();
    }

    @Test
    void the_end_of_a_command_may_be_told_before_the_server_has_noted_that_it_was_handed_over() {
        String context = context();
        String command = contexts.execute(ANN, context, CODE).id();
        assertThat(state(command)).isEqualTo(CommandState.QUEUED);
        CommandStatus end =
                new CommandStatus(context, command, CommandStatus.State.FINISHED, CommandStatus.Outcome.OK, 1, 2);
        store(cluster, new News("x-9", List.of(), List.of(end), List.of(), List.of(), null));
        assertThat(state(command)).isEqualTo(CommandState.FINISHED);
        assertThat(ended).containsExactly(command);
    }

    private void store(String clusterId, News told) {
        new NewsStoring(base, TestBase.deaf(base)).store(clusterId, 1, told);
    }

    private static News.Output output(String context, String command, long seq, String text) {
        return new News.Output(context, command, seq, 1, new Frame.Stream("stdout", text));
    }

    @Test
    void what_is_not_known_is_said_in_the_words_of_the_real_service() {
        refused(ErrorCode.NOT_FOUND, "Unknown command x", () -> contexts.cancel(ANN, "x"));
        refused(ErrorCode.NOT_FOUND, "Unknown command x", () -> contexts.result(ANN, "x", 0));
        refused(ErrorCode.NOT_FOUND, "Unknown execution context x", () -> contexts.execute(ANN, "x", CODE));
    }

    @Test
    void another_workspace_knows_nothing_of_a_context_and_its_commands() {
        clusterUp();
        String context =
                contexts.create(ANN, cluster, "python", ContextOptions.NONE).id();
        String command = contexts.execute(ANN, context, CODE).id();
        Caller elsewhere = People.elsewhere(People.ADMIN);
        refused(ErrorCode.NOT_FOUND, "Unknown execution context " + context, () -> contexts.get(elsewhere, context));
        refused(ErrorCode.NOT_FOUND, "Unknown command " + command, () -> contexts.result(elsewhere, command, 0));
        assertThat(contexts.find(elsewhere, context)).isEmpty();
        assertThat(contexts.find(elsewhere, command, 0)).isEmpty();
    }

    /** The driver has run it, and its output is stored. */
    private String ran(String context) {
        String command = contexts.execute(ANN, context, CODE).id();
        commandSteps.reconcile(command);
        store(
                cluster,
                new News(
                        "x-9",
                        List.of(output(context, command, 1, "a")),
                        List.of(new CommandStatus(
                                context, command, CommandStatus.State.FINISHED, CommandStatus.Outcome.OK, 1, 2)),
                        List.of(),
                        List.of(),
                        null));
        assertThat(state(command)).isEqualTo(CommandState.FINISHED);
        return command;
    }

    private List<String> withOutput() {
        return database.stream("frame").sequences("", 100);
    }

    private boolean forget(Duration age) {
        return contexts.forget(clock.millis() - age.toMillis(), 1);
    }

    @Test
    void commands_that_ended_long_ago_are_forgotten_with_their_output_some_at_a_time() {
        String context = context();
        String first = ran(context);
        String second = ran(context);
        String waits = contexts.execute(ANN, context, CODE).id();
        clock.advance(Duration.ofDays(7));
        String late = ran(another());
        clock.advance(Duration.ofSeconds(1));
        assertThat(forget(Duration.ofDays(7))).as("there may be more").isTrue();
        assertThat(forget(Duration.ofDays(7))).isTrue();
        assertThat(forget(Duration.ofDays(7))).as("nothing more").isFalse();
        for (String old : List.of(first, second)) {
            refused(ErrorCode.NOT_FOUND, "Unknown command " + old, () -> contexts.result(ANN, old, 0));
        }
        assertThat(withOutput()).containsExactly(late);
        assertThat(contexts.result(ANN, late, 0).frames()).hasSize(1);
        assertThat(state(waits)).as("it has not ended").isEqualTo(CommandState.QUEUED);
        assertThat(contexts.get(ANN, context).state()).as("it lives").isEqualTo(ContextState.RUNNING);
    }

    @Test
    void commands_of_a_notebook_or_task_are_forgotten_by_what_they_are_part_of_only() {
        clusterUp();
        contexts.create(ANN, NOTEBOOK, "n", cluster, "python", ContextOptions.NONE);
        contextSteps.reconcile("n");
        String command = ran("n");
        clusterDown();
        database.change(tx -> contextSteps.clusterEnded(tx, cluster));
        clock.advance(Duration.ofDays(400));
        assertThat(forget(Duration.ofDays(7))).isFalse();
        assertThat(contexts.result(ANN, command, 0).frames()).hasSize(1);
        assertThat(contexts.get(ANN, "n").state()).isEqualTo(ContextState.ERROR);
        database.change(tx -> contexts.forgetAll(tx, Kind.NOTEBOOK, "7"));
        assertThat(withOutput()).isEmpty();
    }

    @Test
    void contexts_that_have_failed_are_forgotten_when_their_failure_is_long_ago() {
        String old = context();
        clock.advance(Duration.ofDays(30));
        String alive = another();
        clusterDown();
        database.change(tx -> contextSteps.clusterEnded(tx, cluster));
        String lost = contexts.execute(ANN, old, CODE).id();
        clock.advance(Duration.ofDays(7));
        assertThat(forget(Duration.ofDays(7)))
                .as("it was made long ago, but failed just now")
                .isFalse();
        assertThat(contexts.get(ANN, old).state()).isEqualTo(ContextState.ERROR);
        clock.advance(Duration.ofSeconds(1));
        while (forget(Duration.ofDays(7))) {
            assertThat(state(lost)).isEqualTo(CommandState.QUEUED);
        }
        for (String gone : List.of(old, alive)) {
            refused(ErrorCode.NOT_FOUND, "Unknown execution context " + gone, () -> contexts.get(ANN, gone));
        }
        commandSteps.reconcile(lost);
        assertThat(state(lost)).isEqualTo(CommandState.LOST);
    }

    @Test
    void output_that_no_command_names_is_swept_up_and_all_other_stays() {
        String context = context();
        String running = contexts.execute(ANN, context, CODE).id();
        commandSteps.reconcile(running);
        store(
                cluster,
                new News("x-9", List.of(output(context, running, 1, "a")), List.of(), List.of(), List.of(), null));
        String ended = ran(context);
        CommandOutput output = new CommandOutput(database);
        for (int i = 0; i < 250; i++) {
            output.append("gone-" + i, List.of(new OutputFrame(1, Json.read("{}", JsonNode.class))));
        }
        contexts.sweepOutput();
        assertThat(withOutput()).containsExactlyInAnyOrder(running, ended);
    }

    /** Its id may have been in use before: a database that was restored from a backup counts again from where it was. */
    @Test
    void output_of_a_command_that_is_being_made_is_not_swept_up() {
        String context = context();
        CommandOutput output = new CommandOutput(database);
        Command command = Command.queued(contexts.get(ANN, context), "late", 1, CODE, clock.millis());
        output.append("late", List.of(new OutputFrame(1, Json.read("{}", JsonNode.class))));
        CompletableFuture<Void> sweep = database.write(tx -> {
            new KernelStore().insert(tx, command);
            CompletableFuture<Void> begun = CompletableFuture.runAsync(contexts::sweepOutput);
            try {
                begun.get(300, TimeUnit.MILLISECONDS);
            } catch (TimeoutException waits) {
                // For this transaction, as it should.
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
            return begun;
        });
        sweep.join();
        assertThat(withOutput()).containsExactly("late");
    }
}
