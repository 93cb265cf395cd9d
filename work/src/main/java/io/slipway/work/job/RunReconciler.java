package io.slipway.work.job;

import io.slipway.kit.Clock;
import io.slipway.kit.Elapsed;
import io.slipway.kit.Ids;
import io.slipway.kit.Loop;
import io.slipway.kit.Outcome;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Reconciler;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks the graph of a run's tasks: starts those whose time has come, repeats those that failed, ends the run after the last. */
final class RunReconciler implements Reconciler<Long> {
    /** Jobs API: a run waits for its turn at most so long. */
    private static final Duration LONGEST_QUEUE = Duration.ofDays(2);

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final TaskClusters clusters;
    private final Loop<Long> runLoop;
    private final Loop<Long> taskLoop;
    private final Elapsed<Long> running;
    private final Elapsed<Long> pauses;
    private final Elapsed<Long> queueing;
    private final JobStore jobs = new JobStore();
    private final RunStore runs = new RunStore();
    private final TaskRunStore tasks = new TaskRunStore();

    /**
     * @param runLoop woken for a run whose turn may have come
     * @param taskLoop woken for every task run that has something to do
     */
    RunReconciler(Base base, TaskClusters clusters, Loop<Long> runLoop, Loop<Long> taskLoop) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.clusters = clusters;
        this.runLoop = runLoop;
        this.taskLoop = taskLoop;
        this.running = new Elapsed<>(base.clock());
        this.queueing = new Elapsed<>(base.clock());
        this.pauses = new Elapsed<>(base.clock());
    }

    @Override
    public Outcome reconcile(Long runId) {
        return database.read(handle -> runs.find(handle, runId)).map(this::step).orElse(Outcome.done());
    }

    private Outcome step(Run run) {
        if (run.endedAt() > 0) {
            return Outcome.done();
        }
        if (run.state() == RunState.QUEUED) {
            return database.write(tx -> takeTurn(tx, run));
        }
        if (run.state() == RunState.PENDING) {
            database.change(tx -> begin(tx, run));
            return Outcome.again(Duration.ZERO);
        }
        boolean moved = database.write(tx -> advance(tx, run));
        if (moved) {
            return Outcome.again(Duration.ZERO);
        }
        Map<String, TaskRun> latest = database.read(handle -> tasks.latest(handle, run.id()));
        if (latest.values().stream().allMatch(task -> task.state().ended())) {
            return finish(run, latest);
        }
        return whenTimeHasCome(run, latest);
    }

    /** The end of an earlier run wakes those that wait. One that is cancelled begins too, so that its tasks end like those of any. */
    private Outcome takeTurn(Tx tx, Run run) {
        long job = run.jobId().orElseThrow();
        int most = jobs.find(tx.sql(), job)
                .map(Job::settings)
                .orElse(run.settings())
                .maxConcurrentRuns();
        boolean first = runs.queued(tx.sql(), job).stream()
                .findFirst()
                .filter(id -> id == run.id())
                .isPresent();
        if (run.cancelRequested() || (first && runs.begun(tx.sql(), job) < most)) {
            runs.begin(tx, run, clock.millis());
            wakeQueued(tx, job);
            return Outcome.again(Duration.ZERO);
        }
        Duration left = LONGEST_QUEUE.minus(queueing.since(run.id(), run.startedAt()));
        if (left.isNegative() || left.isZero()) {
            queueing.forget(run.id());
            runs.finish(
                    tx,
                    run,
                    RunState.SKIPPED,
                    RunResult.MAXIMUM_CONCURRENT_RUNS_REACHED,
                    "The run has waited in the queue for " + LONGEST_QUEUE.toHours() + " hours.",
                    clock.millis());
            return Outcome.done();
        }
        return Outcome.again(left);
    }

    /** The turn of the next one may have come. */
    void wakeQueued(Tx tx, long jobId) {
        runs.queued(tx.sql(), jobId).stream().findFirst().ifPresent(next -> tx.wake(runLoop, next));
    }

    private void begin(Tx tx, Run run) {
        queueing.forget(run.id());
        for (TaskSpec spec : run.settings().tasks()) {
            insertAttempt(tx, run, spec.key(), 0, RunState.BLOCKED);
        }
        runs.state(tx, run, RunState.RUNNING);
    }

    private long insertAttempt(Tx tx, Run run, String key, int attempt, RunState state) {
        long id = ids.number();
        tasks.insert(tx, TaskRun.fresh(id, run.id(), key, attempt, state, clock.millis()));
        return id;
    }

    /** Moves every task that can be moved without asking anybody; true if one was. */
    private boolean advance(Tx tx, Run run) {
        Map<String, TaskRun> latest = tasks.latest(tx.sql(), run.id());
        boolean moved = false;
        for (TaskRun task : latest.values()) {
            if (task.state() == RunState.BLOCKED) {
                moved |= unblock(tx, run, task, latest);
            } else if (task.state() == RunState.WAITING_FOR_RETRY) {
                moved |= repeat(tx, run, task);
            } else if (!task.state().ended() && run.cancelRequested()) {
                tx.wake(taskLoop, task.id());
            }
        }
        return moved;
    }

    private boolean unblock(Tx tx, Run run, TaskRun task, Map<String, TaskRun> latest) {
        if (run.cancelRequested()) {
            end(tx, task, RunState.TERMINATED, RunResult.CANCELED, "Run cancelled.");
            return true;
        }
        RunGraph.Verdict verdict = RunGraph.decide(run.settings().task(task.taskKey()), latest);
        switch (verdict) {
            case WAIT -> {
                return false;
            }
            case START -> {
                tasks.state(tx, task, RunState.PENDING);
                tasks.started(tx, task.id(), clock.millis());
                tx.wake(taskLoop, task.id());
            }
            case UPSTREAM_FAILED ->
                end(tx, task, RunState.SKIPPED, RunResult.UPSTREAM_FAILED, "A task that this one depends on failed.");
            case UPSTREAM_CANCELED ->
                end(
                        tx,
                        task,
                        RunState.SKIPPED,
                        RunResult.UPSTREAM_CANCELED,
                        "A task that this one depends on was cancelled.");
            case EXCLUDED ->
                end(tx, task, RunState.SKIPPED, RunResult.EXCLUDED, "The task's run_if condition was not met.");
        }
        return true;
    }

    private void end(Tx tx, TaskRun task, RunState state, RunResult result, String message) {
        tasks.state(tx, task, state);
        tasks.ending(
                tx,
                task.id(),
                new TaskRunStore.Ending(result, message, Optional.empty(), Optional.empty(), Optional.empty()),
                0);
        tasks.ended(tx, task.id(), clock.millis());
    }

    /** A task that failed and has tries left gets a new attempt when its pause is over. */
    private boolean repeat(Tx tx, Run run, TaskRun task) {
        TaskSpec spec = run.settings().task(task.taskKey());
        if (pauseLeft(task, spec).compareTo(Duration.ZERO) > 0 && !run.cancelRequested()) {
            return false;
        }
        if (run.cancelRequested()) {
            end(tx, task, RunState.TERMINATED, RunResult.CANCELED, "Run cancelled.");
            return true;
        }
        tasks.state(tx, task, RunState.TERMINATED);
        tasks.ended(tx, task.id(), clock.millis());
        insertAttempt(tx, run, task.taskKey(), task.attempt() + 1, RunState.BLOCKED);
        return true;
    }

    private Duration pauseLeft(TaskRun task, TaskSpec spec) {
        return Duration.ofMillis(spec.minRetryIntervalMillis()).minus(pauses.since(task.id(), task.codeEndedAt()));
    }

    /** Whatever else happens to a task wakes its run. */
    private Outcome whenTimeHasCome(Run run, Map<String, TaskRun> latest) {
        Optional<Duration> next = latest.values().stream()
                .filter(task -> task.state() == RunState.WAITING_FOR_RETRY)
                .map(task -> pauseLeft(task, run.settings().task(task.taskKey())))
                .min(Comparator.naturalOrder());
        if (limited(run) && !run.cancelRequested()) {
            Duration left = limit(run).minus(running.since(run.id(), run.begunAt()));
            if (left.isNegative() || left.isZero()) {
                database.change(tx -> runs.requestCancel(tx, run.id()));
                return Outcome.again(Duration.ZERO);
            }
            next = Optional.of(next.filter(pause -> pause.compareTo(left) < 0).orElse(left));
        }
        return next.map(Outcome::again).orElse(Outcome.done());
    }

    private static boolean limited(Run run) {
        return run.settings().timeoutSeconds() > 0;
    }

    private static Duration limit(Run run) {
        return Duration.ofSeconds(run.settings().timeoutSeconds());
    }

    private Outcome finish(Run run, Map<String, TaskRun> latest) {
        List<TaskRun> attempts = database.read(handle -> tasks.of(handle, run.id()));
        clusters.release(run, attempts);
        RunResult graph = RunGraph.result(run.settings(), latest);
        boolean late = limited(run) && running.since(run.id(), run.begunAt()).compareTo(limit(run)) >= 0;
        RunResult result = graph == RunResult.CANCELED && late ? RunResult.TIMEDOUT : graph;
        RunState state = latest.values().stream().anyMatch(task -> task.state() == RunState.INTERNAL_ERROR)
                        && result == RunResult.FAILED
                ? RunState.INTERNAL_ERROR
                : RunState.TERMINATED;
        // What went wrong itself comes before what was skipped for it, each in the job's order.
        String message = run.settings().tasks().stream()
                .map(spec -> latest.get(spec.key()))
                .filter(task ->
                        task != null && !task.succeeded() && !task.message().isEmpty())
                .sorted(Comparator.comparing(task -> task.state() == RunState.SKIPPED))
                .map(task -> run.settings().tasks().size() == 1
                        ? task.message()
                        : "Task " + task.taskKey() + ": " + task.message())
                .findFirst()
                .orElse("");
        database.change(tx -> {
            attempts.forEach(task -> pauses.forget(task.id()));
            running.forget(run.id());
            runs.finish(tx, run, state, result, message, clock.millis());
            facts.tell(tx, PrincipalId.SYSTEM, new RunFact.Ended(run.ref(), result));
            run.jobId().ifPresent(job -> wakeQueued(tx, job));
        });
        return Outcome.done();
    }

    @Override
    public List<Long> unfinished() {
        return database.read(runs::unfinished);
    }
}
