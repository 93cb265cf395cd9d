package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.Permissions;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Outcome;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.StillClusters;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.KernelSteps;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Event;
import io.slipway.store.FactFilter;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doors to jobs and runs on any database. No loop runs. */
@NullUnmarked
abstract class JobsContract {
    private static final Caller ADMIN = People.ADMIN;
    private static final Caller ANN = People.ANN;
    private static final String CARL = "carl@example.com";
    private static final Caller BOB = People.BOB;

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private Base base;
    private final List<Long> woken = new ArrayList<>();
    private final List<Long> scheduled = new ArrayList<>();
    private Database database;
    private Identities identities;
    private ScheduleReconciler schedules;
    private Jobs jobs;
    private Runs runs;
    private Contexts contexts;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        People.known(database);
        Ids ids = new Ids(clock, new Random(1));
        Permissions permissions = new Permissions();
        base = TestBase.of(database, clock, ids);
        SessionTokens tokens = new SessionTokens(new byte[32], clock);
        FakeDrivers drivers = new FakeDrivers(
                clock, Seam.QUIET, (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofSeconds(1)));
        Clusters clusters = StillClusters.of(base);
        contexts = new KernelSteps(base, tokens, clusters, new Drivers(base, tokens), drivers).contexts;
        jobs = new Jobs(base, permissions, TestBase.told(base, scheduled::add));
        runs = new Runs(base, permissions, contexts, TestBase.told(base, woken::add));
        identities = new Identities(base);
        schedules = new ScheduleReconciler(base, identities, runs);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static TaskSpec task(String key, Compute compute, String... before) {
        return new TaskSpec(
                key,
                List.of(before).stream().map(TaskSpec.Dependency::new).toList(),
                TaskSpec.RunIf.ALL_SUCCESS,
                compute,
                new Work.PythonFile("/x.py", List.of()),
                List.of(),
                0,
                0,
                0,
                false);
    }

    private static TaskSpec task(String key, String... before) {
        return task(key, new Compute.Existing("c"), before);
    }

    private static JobSettings settings(String name, int concurrent, TaskSpec... tasks) {
        return new JobSettings(name, List.of(tasks), Map.of(), Map.of(), 0, concurrent, false, Optional.empty(), "{}");
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }

    private Run start(Caller caller, Job job) {
        return runs.start(caller, job.id(), RunParameters.NONE, Optional.empty());
    }

    private List<Run> listed(Caller caller, RunFilter filter) {
        return runs.list(caller, filter, PageWanted.ALL).map(Runs.Details::run).items();
    }

    @Test
    void a_job_is_kept_as_it_was_made() {
        Job job = jobs.create(ANN, settings("nightly", 1, task("a"), task("b", "a")));
        assertThat(jobs.get(BOB, job.id())).isEqualTo(job);
    }

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

    private Job hourly(boolean paused) {
        Caller carl = identities.bootstrapAdmin(CARL).caller();
        JobSettings plain = settings("hourly", 9, task("a"));
        return jobs.create(
                carl,
                new JobSettings(
                        plain.name(),
                        plain.tasks(),
                        Map.of(),
                        Map.of(),
                        0,
                        9,
                        false,
                        Optional.of(new Schedule("0 0 * * * ?", "Asia/Kolkata", paused)),
                        "{}"));
    }

    private List<Run> periodic(Job job) {
        return listed(ADMIN, RunFilter.of(job.id())).stream()
                .filter(run -> run.origin() == Run.Origin.PERIODIC)
                .toList();
    }

    @Test
    void a_schedule_begins_a_run_each_time_and_once_whatever_is_asked_again() {
        Job job = hourly(false);
        assertThat(scheduled).containsExactly(job.id());
        assertThat(schedules.unfinished()).containsExactly(job.id());
        // Half past in UTC is the full hour in India.
        assertThat(Duration.ofMillis(job.nextRunAt()).toMinutesPart()).isEqualTo(30);
        assertThat(schedules.reconcile(job.id())).isInstanceOf(Outcome.Again.class);
        assertThat(periodic(job)).isEmpty();

        clock.advance(Duration.ofMillis(job.nextRunAt() - clock.millis()));
        schedules.reconcile(job.id());
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(1);
        assertThat(periodic(job).get(0).owner().name()).isEqualTo(CARL);
        assertThat(woken).containsExactly(periodic(job).get(0).id());

        clock.advance(Duration.ofHours(1));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(2);
    }

    @Test
    void times_that_were_missed_are_left_out_and_written_down() {
        Job job = hourly(false);
        clock.advance(Duration.ofHours(7).plusMinutes(2));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).isEmpty();
        assertThat(jobs.get(ADMIN, job.id()).nextRunAt()).isGreaterThan(clock.millis());
        List<Event> written = database.read(handle -> base.facts()
                .of(handle, job.ref(), FactFilter.ALL, false, PageWanted.ALL)
                .items());
        assertThat(written).extracting(Event::kind).containsExactly("job.missed", "job.created");
        assertThat(written.get(0).body().path("why").asText()).isEqualTo("the platform did not run then");
    }

    @Test
    void a_clock_that_is_set_back_by_a_day_does_not_stop_a_schedule() {
        Job job = hourly(false);
        clock.jump(Duration.ofDays(-1));
        schedules.reconcile(job.id());
        long next = jobs.get(ADMIN, job.id()).nextRunAt();
        assertThat(next).isBetween(clock.millis(), clock.millis() + 3_600_000);
        clock.advance(Duration.ofMillis(next - clock.millis()));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(1);
    }

    @Test
    void a_clock_that_is_set_back_by_a_second_after_a_run_repeats_nothing() {
        Job job = hourly(false);
        clock.advance(Duration.ofMillis(job.nextRunAt() - clock.millis()));
        schedules.reconcile(job.id());
        clock.jump(Duration.ofSeconds(-1));
        schedules.reconcile(job.id());
        clock.advance(Duration.ofSeconds(2));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(1);
    }

    @Test
    void a_clock_that_is_set_forward_by_a_day_floods_nothing() {
        Job job = hourly(false);
        clock.jump(Duration.ofDays(1));
        schedules.reconcile(job.id());
        schedules.reconcile(job.id());
        assertThat(periodic(job)).isEmpty();
        clock.advance(Duration.ofMillis(jobs.get(ADMIN, job.id()).nextRunAt() - clock.millis()));
        schedules.reconcile(job.id());
        assertThat(periodic(job)).hasSize(1);
    }

    @Test
    void a_paused_or_removed_schedule_begins_nothing() {
        Job paused = hourly(true);
        Job changed = hourly(false);
        jobs.change(ADMIN, changed.id(), earlier -> settings("hourly", 9, task("a")));
        Job deleted = hourly(false);
        jobs.delete(ADMIN, deleted.id());
        assertThat(schedules.unfinished()).isEmpty();
        clock.advance(Duration.ofHours(1));
        for (Job job : List.of(paused, changed, deleted)) {
            assertThat(schedules.reconcile(job.id())).isEqualTo(Outcome.done());
            assertThat(periodic(job)).isEmpty();
        }
    }

    @Test
    void a_schedule_that_cannot_be_followed_is_refused() {
        for (Schedule wrong : List.of(
                new Schedule("0 0 * * *", "UTC", false),
                new Schedule("0 0 25 * * ?", "UTC", false),
                new Schedule("", "UTC", true),
                new Schedule("0 0 * * * ?", "Mars/Olympus", false))) {
            JobSettings plain = settings("j", 1, task("a"));
            assertThatThrownBy(() -> jobs.create(
                            ANN,
                            new JobSettings(
                                    "j", plain.tasks(), Map.of(), Map.of(), 0, 1, false, Optional.of(wrong), "{}")))
                    .as(wrong.toString())
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
        }
    }

    @Test
    void settings_that_cannot_be_are_refused_and_leave_nothing() {
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Task key 'a' is used more than once.",
                () -> jobs.create(ANN, settings("j", 1, task("a"), task("a"))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Task 'a' depends on 'b', which is not a task of this job.",
                () -> jobs.create(ANN, settings("j", 1, task("a", "b"))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "The tasks form a cycle: b, c.",
                () -> jobs.create(ANN, settings("j", 1, task("a"), task("b", "c"), task("c", "b"))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Task 'a' uses job cluster 'k', which is not defined in job_clusters.",
                () -> jobs.create(ANN, settings("j", 1, task("a", new Compute.Shared("k")))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "max_concurrent_runs must be between 0 and 1000.",
                () -> jobs.create(ANN, settings("j", 1001)));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "The job name is longer than 4096 characters.",
                () -> jobs.create(ANN, settings("j".repeat(4097), 1)));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "A job has at most 1000 tasks.",
                () -> jobs.create(
                        ANN,
                        settings(
                                "j",
                                1,
                                IntStream.range(0, 1001)
                                        .mapToObj(i -> task("t" + i))
                                        .toArray(TaskSpec[]::new))));
        assertThat(jobs.list(ADMIN, Optional.empty(), PageWanted.ALL).items()).isEmpty();
        List<Event> written = database.read(handle -> base.facts().after(handle, 0, 10));
        assertThat(written).isEmpty();
    }

    @Test
    void a_change_that_is_refused_changes_nothing() {
        Job job = jobs.create(ANN, settings("before", 1, task("a")));
        assertThatThrownBy(() -> jobs.change(ANN, job.id(), old -> settings("after", 1, task("a", "a"))))
                .hasMessage("The tasks form a cycle: a.");
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have manage permission on Job " + job.id(),
                () -> jobs.change(BOB, job.id(), old -> settings("mine", 1)));
        assertThat(jobs.get(ANN, job.id())).isEqualTo(job);
        jobs.change(ADMIN, job.id(), old -> settings("after", 1, task("a")));
        assertThat(jobs.list(ANN, Optional.of("AFTER"), PageWanted.ALL).items())
                .extracting(Job::id)
                .containsExactly(job.id());
        assertThat(jobs.list(ANN, Optional.of("before"), PageWanted.ALL).items())
                .isEmpty();
    }

    @Test
    void jobs_are_listed_newest_first() {
        Job old = jobs.create(ANN, settings("a", 1));
        clock.advance(Duration.ofSeconds(1));
        Job young = jobs.create(BOB, settings("b", 1));
        assertThat(jobs.list(ANN, Optional.empty(), PageWanted.ALL).items()).containsExactly(young, old);
    }

    @Test
    void jobs_are_paged_and_found_by_a_part_of_their_name_or_their_id() {
        Job first = jobs.create(ANN, settings("Load_50%", 1));
        clock.advance(Duration.ofSeconds(1));
        Job second = jobs.create(ANN, settings("upLOAD", 1));
        clock.advance(Duration.ofSeconds(1));
        Job third = jobs.create(ANN, settings("\u00c4rger", 1));
        Page<Job> page = jobs.list(BOB, Optional.empty(), PageWanted.first(2));
        assertThat(page.items()).containsExactly(third, second);
        assertThat(jobs.list(BOB, Optional.empty(), PageWanted.at(page.next(), 2))
                        .items())
                .containsExactly(first);
        assertThat(jobs.search(BOB, "loAd", 8)).containsExactly(second, first);
        assertThat(jobs.search(BOB, "loAd", 1)).containsExactly(second);
        assertThat(jobs.search(BOB, "d_5", 8)).containsExactly(first);
        assertThat(jobs.search(BOB, "%l", 8)).isEmpty();
        assertThat(jobs.search(BOB, "\u00c4r", 8)).containsExactly(third);
        assertThat(jobs.search(BOB, String.valueOf(first.id()), 8)).containsExactly(first);
    }

    @Test
    void a_deleted_job_is_gone_and_its_runs_stay() {
        Job job = jobs.create(ANN, settings("a", 1, task("a")));
        Run run = start(ANN, job);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have manage permission on Job " + job.id(),
                () -> jobs.delete(BOB, job.id()));
        jobs.delete(ANN, job.id());
        refused(ErrorCode.NOT_FOUND, "Job " + job.id() + " does not exist.", () -> jobs.get(ANN, job.id()));
        refused(ErrorCode.NOT_FOUND, "Job " + job.id() + " does not exist.", () -> jobs.delete(ANN, job.id()));
        assertThat(runs.get(ANN, run.id()).run()).isEqualTo(run);
    }

    @Test
    void a_run_keeps_the_settings_of_its_beginning() {
        Job job = jobs.create(ANN, settings("a", 1, task("a")));
        Run run = start(ANN, job);
        jobs.change(ANN, job.id(), old -> settings("b", 1, task("z")));
        assertThat(runs.get(ANN, run.id()).run().settings()).isEqualTo(job.settings());
        assertThat(woken).containsExactly(run.id());
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
        assertThat(listed(ANN, RunFilter.ALL)).hasSize(4);
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
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have use permission on Job " + job.id(),
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
        Runs quiet = new Runs(TestBase.of(database, clock), new Permissions(), contexts, TestBase.deaf(base));
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
        assertThat(listed(BOB, RunFilter.ALL)).containsExactly(other, second, first);
        assertThat(listed(BOB, RunFilter.of(job.id()))).containsExactly(second, first);
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
        Page<Runs.Details> first = runs.list(BOB, RunFilter.ALL, PageWanted.first(2));
        Run late = start(ANN, job);
        Page<Runs.Details> second = runs.list(BOB, RunFilter.ALL, PageWanted.at(first.next(), 2));
        Page<Runs.Details> third = runs.list(BOB, RunFilter.ALL, PageWanted.at(second.next(), 2));
        assertThat(ids(first)).isEqualTo(newest.subList(0, 2));
        assertThat(ids(second)).isEqualTo(newest.subList(2, 4));
        assertThat(ids(third)).isEqualTo(newest.subList(4, 5));
        assertThat(first.previous()).isEmpty();
        assertThat(third.next()).isEmpty();
        Page<Runs.Details> back = runs.list(BOB, RunFilter.ALL, PageWanted.at(third.previous(), 2));
        assertThat(back).isEqualTo(second);
        Page<Runs.Details> before = runs.list(BOB, RunFilter.ALL, PageWanted.at(second.previous(), 5));
        assertThat(ids(before)).containsExactly(late.id(), newest.get(0), newest.get(1));
        assertThat(before.previous()).isEmpty();
        assertThat(runs.list(BOB, RunFilter.ALL, PageWanted.at(before.next(), 2)))
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
        assertThat(listed(BOB, new RunFilter(ever, Optional.of(false), any, ever, ever)))
                .extracting(Run::id)
                .containsExactly(once.id(), active.id());
        assertThat(listed(BOB, new RunFilter(ever, Optional.of(true), any, ever, ever)))
                .extracting(Run::id)
                .containsExactly(skipped.id());
        assertThat(listed(BOB, new RunFilter(ever, any, Optional.of(true), ever, ever)))
                .extracting(Run::id)
                .containsExactlyInAnyOrder(active.id(), skipped.id());
        assertThat(listed(BOB, new RunFilter(ever, any, Optional.of(false), ever, ever)))
                .containsExactly(once);
        assertThat(listed(BOB, new RunFilter(ever, any, any, Optional.of(began + 1), ever)))
                .containsExactly(once);
        assertThat(listed(BOB, new RunFilter(ever, any, any, Optional.of(began), Optional.of(began))))
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
                "bob@example.com does not have use permission on Run " + run.id(),
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
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have manage permission on Run " + active.id(),
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

    @Test
    void another_workspace_knows_nothing_of_a_job_and_its_runs() {
        Job job = jobs.create(ANN, settings("nightly", 1, task("a")));
        Run run = start(ANN, job);
        Caller elsewhere = People.elsewhere(ADMIN);
        String noJob = "Job " + job.id() + " does not exist.";
        refused(ErrorCode.NOT_FOUND, noJob, () -> jobs.get(elsewhere, job.id()));
        refused(ErrorCode.NOT_FOUND, noJob, () -> jobs.delete(elsewhere, job.id()));
        refused(ErrorCode.NOT_FOUND, noJob, () -> start(elsewhere, job));
        refused(ErrorCode.NOT_FOUND, "Run " + run.id() + " does not exist.", () -> runs.get(elsewhere, run.id()));
        refused(ErrorCode.NOT_FOUND, "Run " + run.id() + " does not exist.", () -> runs.cancel(elsewhere, run.id()));
        assertThat(jobs.list(elsewhere, Optional.empty(), PageWanted.ALL).items())
                .isEmpty();
        assertThat(jobs.search(elsewhere, "nightly", 10)).isEmpty();
        assertThat(listed(elsewhere, RunFilter.ALL)).isEmpty();
        assertThat(listed(BOB, RunFilter.ALL)).hasSize(1);
    }

    @Test
    void a_run_beyond_the_limit_waits_in_the_queue_of_a_job_that_has_one() {
        JobSettings plain = settings("queueing", 1, task("a"));
        Job job = jobs.create(
                ANN,
                new JobSettings(plain.name(), plain.tasks(), Map.of(), Map.of(), 0, 1, true, Optional.empty(), "{}"));
        assertThat(start(ANN, job).state()).isEqualTo(RunState.PENDING);
        Run second = start(ANN, job);
        assertThat(second.state()).isEqualTo(RunState.QUEUED);
        assertThat(second.begunAt()).isZero();
        runs.cancelQueued(ANN, Optional.of(job.id()));
        assertThat(runs.get(ANN, second.id()).run().cancelRequested()).isTrue();
    }

    @Test
    void a_job_that_allows_no_run_queues_none() {
        JobSettings plain = settings("closed", 0, task("a"));
        Job job = jobs.create(
                ANN,
                new JobSettings(plain.name(), plain.tasks(), Map.of(), Map.of(), 0, 0, true, Optional.empty(), "{}"));
        assertThat(runs.get(ANN, start(ANN, job).id()).run().state()).isEqualTo(RunState.SKIPPED);
    }
}
