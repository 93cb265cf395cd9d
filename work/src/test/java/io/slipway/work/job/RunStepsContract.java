package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.Outcome;
import io.slipway.kit.PageWanted;
import io.slipway.store.Event;
import io.slipway.store.FactFilter;
import io.slipway.store.TestBase;
import io.slipway.store.Tx;
import io.slipway.work.job.TaskSpec.RunIf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run from its beginning to its end, whatever becomes of its tasks. */
@NullUnmarked
abstract class RunStepsContract extends WorkContract {
    private final List<Long> tasksWoken = new ArrayList<>();
    private final List<Long> runsWoken = new ArrayList<>();
    private final TaskRunStore tasks = new TaskRunStore();
    private RunReconciler steps;

    @BeforeEach
    void makeSteps() {
        steps = new RunReconciler(
                base,
                new TaskClusters(database, identities, clusters, contexts),
                TestBase.told(base, runsWoken::add),
                TestBase.told(base, tasksWoken::add));
    }

    private static TaskSpec task(String key, RunIf runIf, int retries, long pause, String... before) {
        return new TaskSpec(
                key,
                List.of(before).stream().map(TaskSpec.Dependency::new).toList(),
                runIf,
                new Compute.Existing("c"),
                new Work.PythonFile("/x.py", List.of()),
                List.of(),
                0,
                retries,
                pause,
                false);
    }

    private static JobSettings limited(int timeoutSeconds, int concurrent, boolean queue, TaskSpec... tasks) {
        return new JobSettings(
                "s", List.of(tasks), Map.of(), Map.of(), timeoutSeconds, concurrent, queue, Optional.empty());
    }

    private Run submitted(TaskSpec... tasks) {
        return runs.submit(ANN, described(limited(0, 1, false, tasks)), Optional.empty());
    }

    /** Steps as the loop would: again at once as long as the run says so. */
    private Outcome settled(Run run) {
        for (int i = 0; i < 20; i++) {
            Outcome outcome = steps.reconcile(run.id());
            if (!outcome.equals(Outcome.again(Duration.ZERO))) {
                return outcome;
            }
        }
        throw new AssertionError("the run never rests");
    }

    private Run now(Run run) {
        return runs.get(ANN, run.id()).run();
    }

    private TaskRun latest(Run run, String key) {
        return database.read(handle -> tasks.latest(handle, run.id())).get(key);
    }

    private String states(Run run) {
        return String.join(
                " ",
                runs.get(ANN, run.id()).tasks().stream()
                        .map(task -> task.taskKey() + ":" + task.state()
                                + task.result().map(result -> "/" + result).orElse(""))
                        .toList());
    }

    /** What the task's own loop would write. */
    private void ends(Run run, String key, RunState state, RunResult result, String message) {
        TaskRun task = latest(run, key);
        database.change(tx -> {
            tasks.state(tx, task, state);
            tasks.ending(
                    tx,
                    task.id(),
                    new TaskRunStore.Ending(result, message, Optional.empty(), Optional.empty(), Optional.empty()),
                    clock.millis());
            tasks.ended(tx, task.id(), clock.millis());
        });
    }

    private void succeeds(Run run, String key) {
        database.change(tx -> tasks.state(tx, latest(tx, run, key), RunState.RUNNING));
        ends(run, key, RunState.TERMINATED, RunResult.SUCCESS, "");
    }

    private TaskRun latest(Tx tx, Run run, String key) {
        return tasks.latest(tx.sql(), run.id()).get(key);
    }

    private void fails(Run run, String key) {
        ends(run, key, RunState.TERMINATED, RunResult.FAILED, "it broke");
    }

    @Test
    void a_run_begins_with_all_its_tasks_and_wakes_those_that_wait_for_none() {
        Run run = submitted(task("a"), task("b", "a"), task("c"));
        assertThat(steps.unfinished()).containsExactly(run.id());
        assertThat(settled(run)).isEqualTo(Outcome.done());
        assertThat(now(run).state()).isEqualTo(RunState.RUNNING);
        assertThat(states(run)).isEqualTo("a:PENDING b:BLOCKED c:PENDING");
        assertThat(tasksWoken)
                .containsExactlyInAnyOrder(
                        latest(run, "a").id(), latest(run, "c").id());
        assertThat(latest(run, "a").startedAt()).isEqualTo(clock.millis());
    }

    @Test
    void the_end_of_a_task_starts_those_behind_it_and_the_last_one_ends_the_run() {
        Run run = submitted(task("a"), task("b", "a"));
        settled(run);
        succeeds(run, "a");
        settled(run);
        assertThat(states(run)).isEqualTo("a:TERMINATED/SUCCESS b:PENDING");
        clock.advance(Duration.ofSeconds(9));
        succeeds(run, "b");
        assertThat(settled(run)).isEqualTo(Outcome.done());
        assertThat(now(run).state()).isEqualTo(RunState.TERMINATED);
        assertThat(now(run).result()).contains(RunResult.SUCCESS);
        assertThat(now(run).endedAt()).isEqualTo(clock.millis());
        assertThat(steps.unfinished()).isEmpty();
        assertThat(steps.reconcile(run.id())).isEqualTo(Outcome.done());
        assertThat(database.read(handle -> base.facts().of(handle, run.ref(), FactFilter.ALL, false, PageWanted.ALL))
                        .items())
                .extracting(Event::kind)
                .containsExactly("run.ended", "run.created");
    }

    @Test
    void a_failure_skips_what_needs_success_and_names_its_task() {
        Run run = submitted(task("a"), task("b", "a"));
        settled(run);
        fails(run, "a");
        settled(run);
        assertThat(states(run)).isEqualTo("a:TERMINATED/FAILED b:SKIPPED/UPSTREAM_FAILED");
        assertThat(now(run).result()).contains(RunResult.FAILED);
        assertThat(now(run).message()).isEqualTo("Task a: it broke");
    }

    @Test
    void the_message_of_the_only_task_is_that_of_the_run() {
        Run run = submitted(task("a"));
        settled(run);
        fails(run, "a");
        settled(run);
        assertThat(now(run).message()).isEqualTo("it broke");
    }

    @Test
    void a_task_behind_a_cancelled_one_counts_as_cancelled() {
        Run run = submitted(task("a"), task("b", "a"));
        settled(run);
        ends(run, "a", RunState.TERMINATED, RunResult.CANCELED, "Run cancelled.");
        settled(run);
        assertThat(states(run)).isEqualTo("a:TERMINATED/CANCELED b:SKIPPED/UPSTREAM_CANCELED");
        assertThat(now(run).result()).contains(RunResult.CANCELED);
    }

    @Test
    void a_task_that_waits_for_a_failure_is_left_out_of_a_good_run() {
        Run run = submitted(task("a"), task("alert", RunIf.AT_LEAST_ONE_FAILED, 0, 0, "a"));
        settled(run);
        succeeds(run, "a");
        settled(run);
        assertThat(states(run)).isEqualTo("a:TERMINATED/SUCCESS alert:SKIPPED/EXCLUDED");
        assertThat(now(run).result()).contains(RunResult.SUCCESS);
    }

    @Test
    void a_good_end_after_a_failure_is_a_success_with_failures() {
        Run run = submitted(task("a"), task("tidy", RunIf.ALL_DONE, 0, 0, "a"));
        settled(run);
        fails(run, "a");
        settled(run);
        succeeds(run, "tidy");
        settled(run);
        assertThat(now(run).result()).contains(RunResult.SUCCESS_WITH_FAILURES);
    }

    @Test
    void a_fault_of_the_platform_is_told_apart_from_one_of_the_code() {
        Run run = submitted(task("a"));
        settled(run);
        ends(run, "a", RunState.INTERNAL_ERROR, RunResult.FAILED, "no cluster");
        settled(run);
        assertThat(now(run).state()).isEqualTo(RunState.INTERNAL_ERROR);
        assertThat(now(run).result()).contains(RunResult.FAILED);
    }

    @Test
    void a_task_is_tried_again_when_its_pause_is_over() {
        Run run = submitted(task("a", RunIf.ALL_SUCCESS, 1, 5_000));
        settled(run);
        TaskRun first = latest(run, "a");
        ends(run, "a", RunState.WAITING_FOR_RETRY, RunResult.FAILED, "it broke");
        assertThat(settled(run)).isEqualTo(Outcome.again(Duration.ofSeconds(5)));
        clock.advance(Duration.ofSeconds(5));
        settled(run);
        assertThat(states(run)).isEqualTo("a:TERMINATED/FAILED a:PENDING");
        assertThat(latest(run, "a").attempt()).isEqualTo(1);
        assertThat(tasksWoken).containsExactly(first.id(), latest(run, "a").id());
        succeeds(run, "a");
        settled(run);
        assertThat(now(run).result()).contains(RunResult.SUCCESS);
    }

    @Test
    void a_cancelled_run_starts_nothing_more_and_ends_with_what_runs() {
        Run run = submitted(task("a"), task("b", "a"), task("c", RunIf.ALL_SUCCESS, 1, 60_000));
        settled(run);
        ends(run, "c", RunState.WAITING_FOR_RETRY, RunResult.FAILED, "it broke");
        runs.cancel(ANN, run.id());
        tasksWoken.clear();
        assertThat(settled(run)).isEqualTo(Outcome.done());
        assertThat(states(run)).isEqualTo("a:PENDING b:TERMINATED/CANCELED c:TERMINATED/CANCELED");
        assertThat(tasksWoken).contains(latest(run, "a").id());
        assertThat(now(run).endedAt()).isZero();
        ends(run, "a", RunState.TERMINATED, RunResult.CANCELED, "Run cancelled.");
        settled(run);
        assertThat(now(run).state()).isEqualTo(RunState.TERMINATED);
        assertThat(now(run).result()).contains(RunResult.CANCELED);
    }

    @Test
    void a_run_that_takes_too_long_is_cancelled_and_timed_out() {
        Run run = runs.submit(ANN, described(limited(60, 1, false, task("a"))), Optional.empty());
        assertThat(settled(run)).isEqualTo(Outcome.again(Duration.ofSeconds(60)));
        clock.advance(Duration.ofSeconds(45));
        assertThat(settled(run)).isEqualTo(Outcome.again(Duration.ofSeconds(15)));
        assertThat(now(run).cancelRequested()).isFalse();
        clock.advance(Duration.ofSeconds(15));
        settled(run);
        assertThat(now(run).cancelRequested()).isTrue();
        ends(run, "a", RunState.TERMINATED, RunResult.CANCELED, "Run cancelled.");
        settled(run);
        assertThat(now(run).result()).contains(RunResult.TIMEDOUT);
    }

    private Job queueing() {
        return jobs.create(ANN, described(limited(0, 1, true, task("a"))));
    }

    @Test
    void runs_in_a_queue_take_their_turn_in_the_order_of_their_asking() {
        Job job = queueing();
        Run first = start(ANN, job);
        clock.advance(Duration.ofSeconds(1));
        Run second = start(ANN, job);
        clock.advance(Duration.ofSeconds(1));
        Run third = start(ANN, job);
        settled(first);
        assertThat(settled(second)).isInstanceOf(Outcome.Again.class);
        assertThat(now(second).state()).isEqualTo(RunState.QUEUED);
        runsWoken.clear();
        fails(first, "a");
        settled(first);
        assertThat(runsWoken).containsExactly(second.id());
        settled(third);
        assertThat(now(third).state()).as("not before the second").isEqualTo(RunState.QUEUED);
        settled(second);
        assertThat(now(second).state()).isEqualTo(RunState.RUNNING);
        assertThat(now(second).begunAt()).isEqualTo(clock.millis());
        settled(third);
        assertThat(now(third).state()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void a_run_leaves_the_queue_after_two_days() {
        Job job = queueing();
        Run first = start(ANN, job);
        settled(first);
        clock.advance(Duration.ofSeconds(1));
        Run waiting = start(ANN, job);
        assertThat(settled(waiting)).isEqualTo(Outcome.again(Duration.ofDays(2)));
        clock.advance(Duration.ofDays(2));
        assertThat(settled(waiting)).isEqualTo(Outcome.done());
        assertThat(now(waiting).state()).isEqualTo(RunState.SKIPPED);
        assertThat(now(waiting).message()).isEqualTo("The run has waited in the queue for 48 hours.");
    }

    @Test
    void a_run_that_is_cancelled_in_the_queue_ends_without_its_turn() {
        Job job = queueing();
        settled(start(ANN, job));
        clock.advance(Duration.ofSeconds(1));
        Run waiting = start(ANN, job);
        runs.cancel(ANN, waiting.id());
        assertThat(settled(waiting)).isEqualTo(Outcome.done());
        assertThat(states(waiting)).isEqualTo("a:TERMINATED/CANCELED");
        assertThat(now(waiting).result()).contains(RunResult.CANCELED);
    }

    @Test
    void a_job_that_allows_more_lets_the_next_ones_begin() {
        Job job = queueing();
        settled(start(ANN, job));
        clock.advance(Duration.ofSeconds(1));
        Run waiting = start(ANN, job);
        jobs.change(ANN, job.id(), old -> described(limited(0, 2, true, task("a"))));
        settled(waiting);
        assertThat(now(waiting).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void a_run_that_was_deleted_has_nothing_to_do() {
        assertThat(steps.reconcile(99L)).isEqualTo(Outcome.done());
    }
}
