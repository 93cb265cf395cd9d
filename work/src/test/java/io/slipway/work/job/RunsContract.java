package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.IdentityArea;
import io.slipway.identity.Level;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.store.Described;
import io.slipway.store.Manifest;
import io.slipway.store.TestBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The door to runs. */
@NullUnmarked
abstract class RunsContract extends WorkContract {
    private void attempt(Run run, String key, int attempt, long id) {
        TaskRun task = TaskRun.fresh(id, run.id(), key, attempt, RunState.PENDING, clock.millis());
        database.change(tx -> new TaskRunStore().insert(tx, task));
    }

    @Test
    void a_run_has_its_tasks_in_the_jobs_order_and_the_attempts_at_each_together() {
        Job job = jobs.create(ANN, settings("nightly", 1, task("load"), task("clean", "load"), task("alert")));
        Run run = start(ANN, job);
        attempt(run, "alert", 0, 11);
        attempt(run, "clean", 0, 12);
        attempt(run, "load", 0, 14);
        clock.advance(Duration.ofMinutes(1));
        attempt(run, "load", 1, 13);
        assertThat(runs.get(ANN, run.id()).tasks().stream().map(task -> task.taskKey() + " " + task.attempt()))
                .containsExactly("load 0", "load 1", "clean 0", "alert 0");
    }

    @Test
    void the_last_runs_of_a_job_are_its_own_however_many_other_runs_came_after() {
        Job quiet = jobs.create(ANN, settings("quiet", 10, task("a")));
        Job busy = jobs.create(ANN, settings("busy", 100, task("a")));
        Run only = start(ANN, quiet);
        Run newest = only;
        for (int i = 0; i < 8; i++) {
            clock.advance(Duration.ofSeconds(1));
            newest = start(ANN, busy);
        }
        Map<Long, List<Run>> last = runs.last(ANN, List.of(quiet.id(), busy.id(), 99L), 5);
        assertThat(last.get(quiet.id())).containsExactly(only);
        assertThat(last.get(busy.id())).hasSize(5).startsWith(newest);
        assertThat(last.get(99L)).isEmpty();
        assertThat(runs.last(People.elsewhere(ANN), List.of(quiet.id()), 5).get(quiet.id()))
                .isEmpty();
    }

    private void ended(Run run, String key, int attempt, RunResult result, String message, Optional<String> error) {
        clock.advance(Duration.ofSeconds(1));
        long id = clock.millis();
        attempt(run, key, attempt, id);
        TaskRunStore.Ending ending =
                new TaskRunStore.Ending(result, message, Optional.empty(), error, Optional.empty());
        database.change(tx -> new TaskRunStore().ending(tx, id, ending, clock.millis()));
    }

    @Test
    void a_failed_run_comes_down_to_the_task_that_failed_first_by_itself_and_to_the_line_of_its_error() {
        Job job = jobs.create(ANN, settings("nightly", 9, task("load"), task("enrich"), task("check"), task("report")));
        Run run = start(ANN, job);
        ended(run, "load", 0, RunResult.FAILED, "Workload failed", Optional.of("IOError: gone"));
        ended(run, "load", 1, RunResult.SUCCESS, "", Optional.empty());
        ended(run, "enrich", 0, RunResult.FAILED, "Workload failed", Optional.of("KeyError: 'zip code'\n  at line 3"));
        ended(run, "report", 0, RunResult.UPSTREAM_FAILED, "A task that this one depends on failed.", Optional.empty());
        ended(run, "check", 0, RunResult.TIMEDOUT, "The task took longer than 5 seconds.", Optional.empty());
        Run fine = start(ANN, job);
        ended(fine, "load", 0, RunResult.SUCCESS, "", Optional.empty());
        Run late = start(ANN, job);
        ended(late, "check", 0, RunResult.TIMEDOUT, "The task took longer than 5 seconds.", Optional.empty());
        List<Long> all = List.of(run.id(), fine.id(), late.id(), 99L);
        assertThat(runs.causes(ANN, all))
                .containsExactly(
                        new RunCause(run.id(), "enrich", "KeyError: 'zip code'"),
                        new RunCause(late.id(), "check", "The task took longer than 5 seconds."));
        assertThat(runs.causes(People.elsewhere(ANN), all)).isEmpty();
    }

    @Test
    void the_runs_that_use_a_cluster_are_those_with_a_task_there_that_has_not_ended() {
        Job job = jobs.create(ANN, settings("nightly", 9, task("load")));
        Run there = start(ANN, job);
        attempt(there, "load", 0, 21);
        Run elsewhere = start(ANN, job);
        attempt(elsewhere, "load", 0, 22);
        Run over = start(ANN, job);
        ended(over, "load", 0, RunResult.SUCCESS, "", Optional.empty());
        database.change(tx -> {
            TaskRunStore tasks = new TaskRunStore();
            tasks.cluster(tx, 21, "c-1");
            tasks.cluster(tx, 22, "c-2");
            TaskRun task = tasks.find(tx.sql(), clock.millis()).orElseThrow();
            tasks.cluster(tx, task.id(), "c-1");
            tasks.state(tx, task, RunState.TERMINATED);
        });
        assertThat(runs.using(ANN, "c-1")).extracting(Run::id).containsExactly(there.id());
        assertThat(runs.using(People.elsewhere(ANN), "c-1")).isEmpty();
    }

    @Test
    void a_run_keeps_the_settings_of_its_beginning() {
        Job job = jobs.create(ANN, settings("a", 1, task("a")));
        Run run = start(ANN, job);
        jobs.change(ANN, job.id(), old -> settings("b", 1, task("z")));
        Runs.Details kept = runs.get(ANN, run.id());
        assertThat(new Described<>(kept.run().settings(), kept.manifest()))
                .isEqualTo(settings("a", 1, task("a")).settings());
        assertThat(runs.list(ANN, RunFilter.ALL, PageWanted.ALL).items()).containsExactly(kept);
        assertThat(woken).containsExactly(run.id());
    }

    @Test
    void what_was_sent_for_a_run_without_a_job_comes_back_with_it() {
        Run run = runs.submit(ANN, settings("once", 1, task("a")), Optional.empty());
        assertThat(runs.get(ANN, run.id()).manifest()).isEqualTo(Manifest.of("sent for once"));
    }

    @Test
    void the_same_token_begins_one_run_only() {
        Job job = jobs.create(ANN, settings("a", 5, task("a")));
        Run first = runs.start(ANN, job.id(), RunParameters.NONE, Optional.of("t"));
        assertThat(runs.start(ANN, job.id(), RunParameters.NONE, Optional.of("t")))
                .isEqualTo(first);
        Job other = jobs.create(ANN, settings("b", 1, task("a")));
        assertThat(runs.start(ANN, other.id(), RunParameters.NONE, Optional.of("t"))
                        .jobId())
                .as("the token of another job's run")
                .contains(other.id());
        assertThat(runs.submit(ADMIN, settings("s", 1, task("a")), Optional.of("s"))
                        .id())
                .as("the token of another user")
                .isNotEqualTo(runs.submit(ANN, settings("s", 1, task("a")), Optional.of("s"))
                        .id());
        Run once = runs.submit(ANN, settings("s", 1, task("a")), Optional.of("s"));
        assertThat(runs.submit(ANN, settings("other", 1, task("a")), Optional.of("s")))
                .isEqualTo(once);
        assertThat(listed(ADMIN, RunFilter.ALL)).hasSize(4);
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "idempotency_token is longer than 64 characters.",
                () -> runs.start(ANN, job.id(), RunParameters.NONE, Optional.of("x".repeat(65))));
    }

    @Test
    void a_run_needs_tasks_and_the_right_to_use_the_job() {
        Job job = jobs.create(ANN, settings("a", 1));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "Job " + job.id() + " has no tasks.", () -> start(ANN, job));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "At least one task is required.",
                () -> runs.submit(ANN, settings("s", 1), Optional.empty()));
        give(BOB, job.guarded(), Level.CAN_VIEW);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_MANAGE_RUN permission on Job " + job.id(),
                () -> start(BOB, job));
        assertThat(listed(ADMIN, RunFilter.ALL)).isEmpty();
        assertThat(woken).isEmpty();
    }

    @Test
    void runs_beyond_the_limit_are_skipped() {
        Job job = jobs.create(ANN, settings("a", 1, task("a")));
        Run first = start(ANN, job);
        Run second = start(ANN, job);
        assertThat(runs.get(ANN, first.id()).run().state()).isEqualTo(RunState.PENDING);
        Run skipped = runs.get(ANN, second.id()).run();
        assertThat(skipped.state()).isEqualTo(RunState.SKIPPED);
        assertThat(skipped.result()).contains(RunResult.MAXIMUM_CONCURRENT_RUNS_REACHED);
        assertThat(skipped.endedAt()).isPositive();
    }

    @Test
    void the_limit_holds_however_many_ask_at_once() throws Exception {
        Job job = jobs.create(ANN, settings("a", 3, task("a")));
        Runs quiet = new Runs(
                TestBase.of(database, clock), new IdentityArea(base, new byte[32]), contexts, TestBase.deaf(base));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<Run>> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            all.add(pool.submit(() -> quiet.start(ANN, job.id(), RunParameters.NONE, Optional.empty())));
        }
        for (Future<Run> each : all) {
            each.get();
        }
        pool.shutdown();
        assertThat(listed(ANN, RunFilter.of(job.id())))
                .hasSize(24)
                .filteredOn(run -> run.endedAt() == 0)
                .hasSize(3);
    }

    @Test
    void runs_are_listed_newest_first_and_by_job() {
        Job job = jobs.create(ANN, settings("a", 5, task("a")));
        Run first = start(ANN, job);
        clock.advance(Duration.ofSeconds(1));
        Run second = start(ANN, job);
        clock.advance(Duration.ofSeconds(1));
        Run other = runs.submit(ANN, settings("s", 1, task("a")), Optional.empty());
        assertThat(listed(ANN, RunFilter.ALL)).containsExactly(other, second, first);
        assertThat(listed(BOB, RunFilter.ALL)).isEmpty();
        give(BOB, job.guarded(), Level.CAN_VIEW);
        assertThat(listed(BOB, RunFilter.ALL)).as("of jobs that he sees").containsExactly(second, first);
        give(BOB, other.guarded(), Level.CAN_VIEW);
        assertThat(listed(BOB, RunFilter.ALL)).containsExactly(other, second, first);
        assertThat(listed(ANN, RunFilter.of(job.id()))).containsExactly(second, first);
    }

    @Test
    void pages_of_runs_follow_each_other_forward_and_backward_whatever_begins_meanwhile() {
        Job job = jobs.create(ANN, settings("a", 9, task("a")));
        List<Long> newest = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newest.add(0, start(ANN, job).id());
            clock.advance(Duration.ofSeconds((i + 1) % 2));
        }
        newest.sort(
                Comparator.comparingLong((Long id) -> runs.get(ANN, id).run().startedAt())
                        .thenComparing(Comparator.naturalOrder())
                        .reversed());
        Page<Runs.Details> first = runs.list(ANN, RunFilter.ALL, PageWanted.first(2));
        Run late = start(ANN, job);
        Page<Runs.Details> second = runs.list(ANN, RunFilter.ALL, PageWanted.at(first.next(), 2));
        Page<Runs.Details> third = runs.list(ANN, RunFilter.ALL, PageWanted.at(second.next(), 2));
        assertThat(ids(first)).isEqualTo(newest.subList(0, 2));
        assertThat(ids(second)).isEqualTo(newest.subList(2, 4));
        assertThat(ids(third)).isEqualTo(newest.subList(4, 5));
        assertThat(first.previous()).isEmpty();
        assertThat(third.next()).isEmpty();
        Page<Runs.Details> back = runs.list(ANN, RunFilter.ALL, PageWanted.at(third.previous(), 2));
        assertThat(back).isEqualTo(second);
        Page<Runs.Details> before = runs.list(ANN, RunFilter.ALL, PageWanted.at(second.previous(), 5));
        assertThat(ids(before)).containsExactly(late.id(), newest.get(0), newest.get(1));
        assertThat(before.previous()).isEmpty();
        assertThat(runs.list(ANN, RunFilter.ALL, PageWanted.at(before.next(), 2)))
                .isEqualTo(second);
    }

    private static List<Long> ids(Page<Runs.Details> page) {
        return page.map(details -> details.run().id()).items();
    }

    @Test
    void an_offset_leaves_out_the_newest_runs_and_has_a_bound() {
        Job job = jobs.create(ANN, settings("a", 9, task("a")));
        Run old = start(ANN, job);
        clock.advance(Duration.ofSeconds(1));
        start(ANN, job);
        Page<Runs.Details> page = runs.list(ANN, RunFilter.of(job.id()), new PageWanted(5, "", 1));
        assertThat(ids(page)).containsExactly(old.id());
        assertThat(page.previous()).isNotEmpty();
        assertThatThrownBy(() -> new PageWanted(5, "", -1)).isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> new PageWanted(5, "", PageWanted.MOST_OFFSET + 1))
                .isInstanceOf(PlatformException.class);
    }

    @Test
    void runs_are_listed_by_their_state_their_kind_and_their_beginning() {
        Job job = jobs.create(ANN, settings("a", 1, task("a")));
        long began = clock.millis();
        Run active = start(ANN, job);
        Run skipped = start(ANN, job);
        clock.advance(Duration.ofMinutes(1));
        Run once = runs.submit(ANN, settings("s", 1, task("a")), Optional.empty());
        Optional<Boolean> any = Optional.empty();
        Optional<Long> ever = Optional.empty();
        assertThat(listed(ANN, new RunFilter(ever, Optional.of(false), any, ever, ever)))
                .extracting(Run::id)
                .containsExactly(once.id(), active.id());
        assertThat(listed(ANN, new RunFilter(ever, Optional.of(true), any, ever, ever)))
                .extracting(Run::id)
                .containsExactly(skipped.id());
        assertThat(listed(ANN, new RunFilter(ever, any, Optional.of(true), ever, ever)))
                .extracting(Run::id)
                .containsExactlyInAnyOrder(active.id(), skipped.id());
        assertThat(listed(ANN, new RunFilter(ever, any, Optional.of(false), ever, ever)))
                .containsExactly(once);
        assertThat(listed(ANN, new RunFilter(ever, any, any, Optional.of(began + 1), ever)))
                .containsExactly(once);
        assertThat(listed(ANN, new RunFilter(ever, any, any, Optional.of(began), Optional.of(began))))
                .hasSize(2);
    }

    @Test
    void a_listed_run_has_its_tasks_as_it_has_alone() {
        Job job = jobs.create(ANN, settings("nightly", 9, task("load"), task("clean", "load")));
        Run first = start(ANN, job);
        Run second = start(ANN, job);
        attempt(first, "clean", 0, 12);
        attempt(first, "load", 0, 14);
        attempt(second, "load", 0, 13);
        assertThat(runs.list(ANN, RunFilter.ALL, PageWanted.first(9)).items())
                .containsExactlyInAnyOrder(runs.get(ANN, first.id()), runs.get(ANN, second.id()));
    }

    @Test
    void only_the_callers_own_runs_that_went_wrong_are_the_failed_ones() {
        List<RunResult> results = List.of(RunResult.FAILED, RunResult.SUCCESS, RunResult.TIMEDOUT);
        List<Long> made = new ArrayList<>();
        for (RunResult result : results) {
            Run run = runs.submit(ANN, settings("s", 1, task("a")), Optional.empty());
            made.add(run.id());
            database.change(tx -> new RunStore().finish(tx, run, RunState.TERMINATED, result, "", clock.millis()));
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(runs.failed(ANN, 5)).extracting(Run::id).containsExactly(made.get(2), made.get(0));
        assertThat(runs.failed(ANN, 1)).extracting(Run::id).containsExactly(made.get(2));
        assertThat(runs.failed(BOB, 5)).isEmpty();
    }

    @Test
    void a_run_is_cancelled_by_its_owner_and_by_admins() {
        Job job = jobs.create(ANN, settings("a", 5, task("a")));
        Run run = start(ANN, job);
        Run another = start(ANN, job);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_VIEW permission on Run " + run.id(),
                () -> runs.cancel(BOB, run.id()));
        give(BOB, job.guarded(), Level.CAN_VIEW);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_MANAGE_RUN permission on Run " + run.id(),
                () -> runs.cancel(BOB, run.id()));
        assertThat(runs.get(ANN, run.id()).run().cancelRequested()).isFalse();
        runs.cancel(ANN, run.id());
        runs.cancel(ANN, run.id());
        assertThat(runs.get(ANN, run.id()).run().cancelRequested()).isTrue();
        runs.cancelAll(ADMIN, job.id());
        assertThat(runs.get(ANN, another.id()).run().cancelRequested()).isTrue();
    }

    @Test
    void only_an_ended_run_is_deleted() {
        Job job = jobs.create(ANN, settings("a", 0, task("a")));
        Run skipped = start(ANN, job);
        runs.delete(ANN, skipped.id());
        refused(ErrorCode.NOT_FOUND, "Run " + skipped.id() + " does not exist.", () -> runs.get(ANN, skipped.id()));
        Run active = runs.submit(ANN, settings("s", 1, task("a")), Optional.empty());
        refused(
                ErrorCode.INVALID_STATE,
                "Run " + active.id() + " is still active and cannot be deleted.",
                () -> runs.delete(ANN, active.id()));
        give(BOB, active.guarded(), Level.CAN_MANAGE_RUN);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_MANAGE permission on Run " + active.id(),
                () -> runs.delete(BOB, active.id()));
    }

    @Test
    void runs_are_forgotten_when_they_ended_long_ago_and_some_at_a_time() {
        Job job = jobs.create(ANN, settings("a", 0, task("a")));
        Run active = runs.submit(ANN, settings("s", 1, task("a")), Optional.empty());
        List<Long> old = List.of(
                start(ANN, job).id(), start(ANN, job).id(), start(ANN, job).id());
        clock.advance(Duration.ofDays(61));
        Run fresh = start(ANN, job);
        long before = clock.millis() - Duration.ofDays(60).toMillis();
        assertThat(runs.forget(before, 2)).isTrue();
        assertThat(runs.forget(before, 2)).isFalse();
        assertThat(runs.forget(before, 2)).isFalse();
        for (long id : old) {
            refused(ErrorCode.NOT_FOUND, "Run " + id + " does not exist.", () -> runs.get(ANN, id));
        }
        assertThat(runs.get(ANN, fresh.id()).run().id()).isEqualTo(fresh.id());
        assertThat(runs.get(ANN, active.id()).run().id()).isEqualTo(active.id());
    }

    @Test
    void the_output_of_a_run_of_several_tasks_is_asked_task_by_task() {
        Run run = runs.submit(ANN, settings("s", 1, task("a"), task("b")), Optional.empty());
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Retrieving the output of runs with multiple tasks is not supported."
                        + " Please retrieve the output of each individual task run instead.",
                () -> runs.output(ANN, run.id()));
        Run single = runs.submit(ANN, settings("s", 1, task("a")), Optional.empty());
        refused(
                ErrorCode.INVALID_STATE,
                "Run " + single.id() + " has not started yet.",
                () -> runs.output(ANN, single.id()));
    }

    private static JobWanted queueing(int concurrent) {
        return described(new JobSettings(
                "queueing", List.of(task("a")), Map.of(), Map.of(), 0, concurrent, true, Optional.empty()));
    }

    @Test
    void a_run_beyond_the_limit_waits_in_the_queue_of_a_job_that_has_one() {
        Job job = jobs.create(ANN, queueing(1));
        assertThat(start(ANN, job).state()).isEqualTo(RunState.PENDING);
        Run second = start(ANN, job);
        assertThat(second.state()).isEqualTo(RunState.QUEUED);
        assertThat(second.begunAt()).isZero();
        runs.cancelQueued(ANN, Optional.of(job.id()));
        assertThat(runs.get(ANN, second.id()).run().cancelRequested()).isTrue();
    }

    @Test
    void a_job_that_allows_no_run_queues_none() {
        Job job = jobs.create(ANN, queueing(0));
        assertThat(runs.get(ANN, start(ANN, job).id()).run().state()).isEqualTo(RunState.SKIPPED);
    }
}
