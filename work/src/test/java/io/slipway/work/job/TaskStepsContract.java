package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.notebook.Sources;
import io.slipway.content.tree.Notebook;
import io.slipway.identity.Caller;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.Mime;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.compute.TerminationReason;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Described;
import io.slipway.store.Json;
import io.slipway.store.TestBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One attempt at a task, from its cluster to its end, on a driver that keeps everything in memory. */
@NullUnmarked
abstract class TaskStepsContract extends WorkContract {
    private static final ClusterSpec SPEC = new ClusterSpec(
            "mine",
            "18.0.x-scala2.13",
            "m5.large",
            "m5.large",
            Optional.of(0),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Map.of(),
            0);

    private final TaskRunStore tasks = new TaskRunStore();
    private TaskReconciler steps;
    private String cluster;

    private static final Sources SOURCES = new Sources() {
        @Override
        public byte[] file(Caller caller, String path) {
            if (!path.equals("/x.py")) {
                throw PlatformException.notFound("Path (" + path + ") doesn't exist.");
            }
            return "print(1)".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Notebook notebook(Caller caller, String path) {
            throw PlatformException.notFound("Path (" + path + ") doesn't exist.");
        }
    };

    @BeforeEach
    void makeSteps() {
        steps = new TaskReconciler(
                base,
                new TaskClusters(database, identities, clusters, contexts),
                contexts,
                SOURCES,
                TestBase.told(base, woken::add),
                "http://127.0.0.1:1");
        cluster = clusters.create(ANN, Described.plainly(SPEC), "API", Optional.empty(), Optional.empty())
                .id();
    }

    private TaskSpec task(Work work, int timeoutSeconds, int retries, boolean retryOnTimeout) {
        return new TaskSpec(
                "a",
                List.of(),
                TaskSpec.RunIf.ALL_SUCCESS,
                new Compute.Existing(cluster),
                work,
                List.of(),
                timeoutSeconds,
                retries,
                0,
                retryOnTimeout);
    }

    private TaskSpec task(int timeoutSeconds, int retries, boolean retryOnTimeout) {
        return task(new Work.PythonFile("/x.py", List.of("p")), timeoutSeconds, retries, retryOnTimeout);
    }

    /** A run whose task has just been let go. */
    private long begun(TaskSpec... specs) {
        Run run = runs.submit(ANN, settings("s", 1, specs), Optional.empty());
        TaskRun task = TaskRun.fresh(run.id() + 1, run.id(), "a", 0, RunState.PENDING, clock.millis());
        database.change(tx -> {
            tasks.insert(tx, task);
            tasks.started(tx, task.id(), clock.millis());
        });
        return task.id();
    }

    private TaskRun now(long id) {
        return database.read(handle -> tasks.find(handle, id)).orElseThrow();
    }

    private List<Long> waitingFor(String id) {
        return database.write(tx -> steps.waitingFor(tx, id));
    }

    /** The task and what it runs on, second by second. */
    private Outcome lived(long task, int seconds) {
        Outcome outcome = Outcome.done();
        for (int i = 0; i < seconds; i++) {
            for (int pass = 0; pass < 3; pass++) {
                outcome = steps.reconcile(task);
                kernel.pass();
            }
            clock.advance(Duration.ofSeconds(1));
        }
        return outcome;
    }

    private static ObjectNode shown(String mime, Map<String, ?> value) {
        ObjectNode frame = Json.mapper().createObjectNode().put("type", "display_data");
        frame.putObject("data").set(mime, Json.tree(value));
        frame.putObject("metadata");
        return frame;
    }

    private void codeEnds(CommandStatus.Outcome outcome, ObjectNode... frames) {
        ending = new FakeDrivers.Ending(outcome, Duration.ofSeconds(1), List.of(frames));
    }

    @Test
    void a_task_waits_for_its_cluster_and_asks_nobody_meanwhile() {
        long task = begun(task(0, 0, false));
        assertThat(steps.reconcile(task)).isEqualTo(Outcome.again(Duration.ZERO));
        assertThat(now(task).clusterId()).isEqualTo(cluster);
        assertThat(steps.reconcile(task)).isEqualTo(Outcome.done());
        assertThat(now(task).state()).isEqualTo(RunState.PENDING);
        assertThat(steps.unfinished()).containsExactly(task);
        assertThat(waitingFor(cluster)).containsExactly(task);
        assertThat(waitingFor("other")).isEmpty();
    }

    @Test
    void a_task_runs_its_code_once_and_gives_its_context_back() {
        up(cluster);
        long task = begun(task(0, 0, false));
        lived(task, 4);
        TaskRun ended = now(task);
        assertThat(ended.state()).isEqualTo(RunState.TERMINATED);
        assertThat(ended.result()).contains(RunResult.SUCCESS);
        assertThat(ended.plan())
                .containsExactly(new CommandSpec.PythonFile("/Workspace/x.py", "print(1)", List.of("p")));
        assertThat(ended.readyAt()).isPositive();
        assertThat(ended.endedAt()).isGreaterThan(ended.startedAt());
        assertThat(drivers.begun()).hasSize(1);
        assertThat(drivers.contexts()).isEmpty();
        assertThat(clusters.get(ANN, cluster).state()).as("not the task's own").isEqualTo(ClusterState.RUNNING);
        assertThat(woken).endsWith(ended.runId());
        assertThat(steps.reconcile(task)).isEqualTo(Outcome.done());
    }

    @Test
    void what_the_code_gives_to_later_tasks_and_at_its_exit_is_kept() {
        codeEnds(
                CommandStatus.Outcome.EXIT,
                shown(Mime.TASK_VALUE, Map.of("key", "rows", "value", 3)),
                shown(Mime.TASK_VALUE, Map.of("key", "names", "value", List.of("x"))),
                shown(Mime.EXIT, Map.of("value", "bye")));
        up(cluster);
        long task = begun(task(0, 0, false));
        lived(task, 4);
        assertThat(now(task).result()).contains(RunResult.SUCCESS);
        assertThat(now(task).output()).contains("bye");
        assertThat(now(task).taskValues()).isEqualTo(Map.of("rows", "3", "names", "[\"x\"]"));
    }

    @Test
    void an_error_of_the_code_is_kept_with_its_trace() {
        ObjectNode error = Json.mapper().createObjectNode().put("type", "error");
        error.put("ename", "ValueError")
                .put("evalue", "no rows")
                .putArray("traceback")
                .add("line 1")
                .add("line 2");
        codeEnds(CommandStatus.Outcome.ERROR, error);
        up(cluster);
        long task = begun(task(0, 0, false));
        lived(task, 4);
        assertThat(now(task).state()).isEqualTo(RunState.TERMINATED);
        assertThat(now(task).result()).contains(RunResult.FAILED);
        assertThat(now(task).message()).isEqualTo("Workload failed, see run output for details");
        assertThat(now(task).error()).contains("ValueError: no rows");
        assertThat(now(task).trace()).contains("line 1\nline 2");
    }

    @Test
    void a_failure_without_words_says_so_and_is_tried_again_while_tries_are_left() {
        codeEnds(CommandStatus.Outcome.ERROR);
        up(cluster);
        long task = begun(task(0, 1, false));
        lived(task, 4);
        assertThat(now(task).state()).isEqualTo(RunState.WAITING_FOR_RETRY);
        assertThat(now(task).message()).isEqualTo("The command failed without an error of its own.");
    }

    @Test
    void a_cluster_that_ended_before_fails_the_task_with_its_reason() {
        long task = begun(task(0, 0, false));
        steps.reconcile(task);
        clusters.terminate(ANN, cluster, TerminationReason.jobFinished());
        steps.reconcile(task);
        assertThat(now(task).state()).isEqualTo(RunState.INTERNAL_ERROR);
        assertThat(now(task).message())
                .startsWith("Cluster '" + cluster + "' was terminated. Reason: JOB_FINISHED (SUCCESS)");
    }

    @Test
    void what_cannot_be_prepared_fails_the_task_in_its_own_words() {
        up(cluster);
        long missing = begun(task(new Work.PythonFile("/y.py", List.of()), 0, 3, false));
        lived(missing, 1);
        assertThat(now(missing).state()).isEqualTo(RunState.INTERNAL_ERROR);
        assertThat(now(missing).message()).isEqualTo("Path (/y.py) doesn't exist.");
        assertThat(now(missing).error()).contains("Path (/y.py) doesn't exist.");
        clusters.terminate(ANN, cluster);
        database.change(tx -> {
            tx.sql().execute("delete from node");
            tx.sql().execute("delete from cluster");
        });
        long nowhere = begun(task(0, 0, false));
        steps.reconcile(nowhere);
        assertThat(now(nowhere).message()).isEqualTo("Cluster " + cluster + " does not exist");
    }

    @Test
    void a_cancelled_run_ends_its_task_before_it_begins() {
        long task = begun(task(0, 5, false));
        runs.cancel(ANN, now(task).runId());
        steps.reconcile(task);
        assertThat(now(task).state()).isEqualTo(RunState.TERMINATED);
        assertThat(now(task).result()).contains(RunResult.CANCELED);
    }

    @Test
    void a_cancelled_run_ends_the_code_of_its_task() {
        ending = FakeDrivers.Ending.ok(Duration.ofHours(1));
        up(cluster);
        long task = begun(task(0, 5, false));
        assertThat(lived(task, 2)).as("news come by themselves").isEqualTo(Outcome.done());
        assertThat(now(task).state()).isEqualTo(RunState.RUNNING);
        runs.cancel(ANN, now(task).runId());
        steps.reconcile(task);
        assertThat(now(task).state()).isEqualTo(RunState.TERMINATING);
        lived(task, 2);
        assertThat(now(task).state()).isEqualTo(RunState.TERMINATED);
        assertThat(now(task).result()).contains(RunResult.CANCELED);
        assertThat(drivers.running()).isEmpty();
        assertThat(drivers.contexts()).isEmpty();
    }

    @Test
    void a_task_that_takes_too_long_is_stopped_and_tried_again_only_if_that_was_asked() {
        ending = FakeDrivers.Ending.ok(Duration.ofHours(1));
        up(cluster);
        for (boolean again : List.of(false, true)) {
            long task = begun(task(30, 1, again));
            lived(task, 2);
            assertThat(steps.reconcile(task)).isEqualTo(Outcome.again(Duration.ofSeconds(28)));
            clock.advance(Duration.ofSeconds(28));
            lived(task, 2);
            assertThat(now(task).state()).isEqualTo(again ? RunState.WAITING_FOR_RETRY : RunState.TERMINATED);
            assertThat(now(task).result()).contains(RunResult.TIMEDOUT);
            assertThat(now(task).message()).isEqualTo("The task took longer than 30 seconds.");
        }
    }

    @Test
    void a_task_that_waits_too_long_for_its_cluster_is_late_too() {
        long task = begun(task(30, 0, false));
        steps.reconcile(task);
        assertThat(steps.reconcile(task)).isEqualTo(Outcome.again(Duration.ofSeconds(30)));
        clock.advance(Duration.ofSeconds(30));
        steps.reconcile(task);
        assertThat(now(task).result()).contains(RunResult.TIMEDOUT);
    }

    @Test
    void a_task_whose_driver_is_gone_says_why_its_cluster_ended() {
        ending = FakeDrivers.Ending.ok(Duration.ofHours(1));
        up(cluster);
        long task = begun(task(0, 0, false));
        lived(task, 2);
        drivers.close(PORT);
        clusters.terminate(ANN, cluster, TerminationReason.jobFinished());
        kernel.clusterEnded(cluster);
        lived(task, 2);
        assertThat(now(task).state()).isEqualTo(RunState.INTERNAL_ERROR);
        assertThat(now(task).message()).startsWith("Cluster '" + cluster + "' was terminated.");
    }

    @Test
    void a_task_of_a_deleted_run_has_nothing_to_do() {
        assertThat(steps.reconcile(99L)).isEqualTo(Outcome.done());
    }

    @Test
    void output_of_a_task_is_what_its_commands_put_out() {
        ObjectNode line = Json.mapper().createObjectNode().put("type", "stream").put("name", "stdout");
        codeEnds(CommandStatus.Outcome.OK, line.put("text", "hello\n"));
        up(cluster);
        long task = begun(task(0, 0, false));
        assertThat(runs.output(ANN, task).frames()).isEmpty();
        lived(task, 4);
        Runs.Output output = runs.output(ANN, task);
        assertThat(output.frames())
                .extracting(frame -> frame.body().path("text").asText())
                .containsExactly("hello\n");
        assertThat(runs.output(ANN, output.run().id()).task()).isEqualTo(now(task));
        assertThat(runs.output(ANN, output.run(), output.task(), 0)).isEqualTo(output.frames());
    }
}
