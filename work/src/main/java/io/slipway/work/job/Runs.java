package io.slipway.work.job;

import io.slipway.identity.Caller;
import io.slipway.identity.Grants;
import io.slipway.identity.Idempotency;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Permissions;
import io.slipway.identity.Principal;
import io.slipway.identity.Right;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.Loop;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Described;
import io.slipway.store.Facts;
import io.slipway.store.Manifest;
import io.slipway.store.Tx;
import io.slipway.store.Visible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The door to runs. */
public final class Runs {
    private static final int LONGEST_TOKEN = 64;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final Grants grants;
    private final Actors actors;
    private final Contexts contexts;
    private final Loop<Long> loop;
    private final JobStore jobs = new JobStore();
    private final RunStore runs = new RunStore();
    private final TaskRunStore tasks = new TaskRunStore();

    public Runs(Base base, IdentityArea identity, Contexts contexts, Loop<Long> loop) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = identity.permissions();
        this.grants = identity.grants();
        this.actors = new Actors(identity);
        this.contexts = contexts;
        this.loop = loop;
    }

    /** A run with what was sent for its settings, and with all attempts at its tasks, in the job's order. */
    public record Details(Run run, Manifest manifest, List<TaskRun> tasks) {
        private static Details of(Described<Run> found, List<TaskRun> attempts) {
            return new Details(found.thing(), found.manifest(), inOrder(found.thing(), attempts));
        }
    }

    /** What one task has put out: frames of all its commands, in order. */
    public record Output(Run run, TaskRun task, List<OutputFrame> frames) {}

    /** Begins a run of a job; with a token that was used before, finds that run. */
    public Run start(Caller caller, long jobId, RunParameters parameters, Optional<String> idempotencyToken) {
        Optional<String> key = key(caller, "job-" + jobId, idempotencyToken);
        return database.write(tx -> {
            Job job = jobs.get(tx.sql(), caller, jobId);
            permissions.require(tx, caller, Right.USE, job.guarded());
            Optional<Run> earlier = key.flatMap(known -> runs.byToken(tx.sql(), known));
            if (earlier.isPresent()) {
                return earlier.get();
            }
            if (job.settings().tasks().isEmpty()) {
                throw PlatformException.invalid("Job " + jobId + " has no tasks.");
            }
            return begin(tx, caller.principal(), job, parameters, Run.Origin.ONE_TIME, key);
        });
    }

    /** Begins a run as part of a greater change; one more than the job allows at a time waits for its turn, or is skipped. */
    Run begin(
            Tx tx,
            Principal creator,
            Job job,
            RunParameters parameters,
            Run.Origin origin,
            Optional<String> idempotencyKey) {
        int most = job.settings().maxConcurrentRuns();
        boolean room = runs.active(tx.sql(), job.id()).size() < most;
        boolean waits = !room && job.settings().queue() && most > 0;
        Run run = Run.asked(
                job.workspace(),
                creator,
                job.actor(),
                ids.number(),
                Optional.of(job.id()),
                origin,
                job.settings(),
                parameters,
                waits,
                clock.millis());
        runs.insertOfJob(tx, run, idempotencyKey);
        facts.tell(tx, creator.id(), new RunFact.Created(run.ref(), run.jobId()));
        if (!room && !waits) {
            runs.finish(
                    tx,
                    run,
                    RunState.SKIPPED,
                    RunResult.MAXIMUM_CONCURRENT_RUNS_REACHED,
                    "An active run already exists: at most " + most + " may run at the same time.",
                    clock.millis());
        }
        tx.wake(loop, run.id());
        return run;
    }

    /** Begins a run that belongs to no job. */
    public Run submit(Caller caller, JobWanted wanted, Optional<String> idempotencyToken) {
        JobSettings settings = wanted.settings().thing();
        Optional<String> key = key(caller, "submit", idempotencyToken);
        Jobs.check(settings);
        if (settings.tasks().isEmpty()) {
            throw PlatformException.invalid("At least one task is required.");
        }
        return database.write(tx -> {
            Optional<Run> earlier = key.flatMap(known -> runs.byToken(tx.sql(), known));
            if (earlier.isPresent()) {
                return earlier.get();
            }
            Run run = Run.asked(
                    caller.workspace(),
                    caller.principal(),
                    actors.find(tx, caller, wanted.runAs()).orElse(caller.principal()),
                    ids.number(),
                    Optional.empty(),
                    Run.Origin.ONE_TIME,
                    settings,
                    RunParameters.NONE,
                    false,
                    clock.millis());
            actors.require(tx, caller, run.owner(), "run " + settings.name());
            runs.insert(tx, run, wanted.settings().manifest(), key);
            permissions.made(tx, caller.principal(), run.ref());
            if (!wanted.grants().isEmpty()) {
                grants.add(tx, caller, run.guarded(), wanted.grants());
            }
            facts.tell(tx, caller.id(), new RunFact.Created(run.ref(), run.jobId()));
            tx.wake(loop, run.id());
            return run;
        });
    }

    private static Optional<String> key(Caller caller, String kind, Optional<String> token) {
        if (token.filter(text -> text.length() > LONGEST_TOKEN).isPresent()) {
            throw PlatformException.invalid("idempotency_token is longer than " + LONGEST_TOKEN + " characters.");
        }
        return token.map(text -> Idempotency.key(caller, kind, text));
    }

    /** The run with this id, or the run of the task run with this id. */
    public Details get(Caller caller, long id) {
        return database.read(handle -> {
            long runId = runs.find(handle, id)
                    .map(Run::id)
                    .or(() -> tasks.find(handle, id).map(TaskRun::runId))
                    .orElse(id);
            Described<Run> found = runs.get(handle, caller, runId);
            permissions.require(handle, caller, Right.VIEW, found.thing().guarded());
            return Details.of(found, tasks.of(handle, runId));
        });
    }

    /** As the job has its tasks, the attempts at each one after the other: rows that are made together have no order of their own. */
    private static List<TaskRun> inOrder(Run run, List<TaskRun> attempts) {
        List<String> keys = run.settings().tasks().stream().map(TaskSpec::key).toList();
        return attempts.stream()
                .sorted(Comparator.comparingInt((TaskRun task) -> keys.indexOf(task.taskKey()))
                        .thenComparingInt(TaskRun::attempt))
                .toList();
    }

    /** Newest first. */
    public Page<Details> list(Caller caller, RunFilter filter, PageWanted wanted) {
        return database.read(handle -> {
            Page<Described<Run>> page = runs.list(handle, visible(caller), filter, wanted);
            Map<Long, List<TaskRun>> attempts = tasks.of(
                    handle,
                    page.items().stream().map(found -> found.thing().id()).toList());
            return page.map(found ->
                    Details.of(found, attempts.getOrDefault(found.thing().id(), List.of())));
        });
    }

    /** The newest runs of each of these jobs, newest first; none of a job that is not there. */
    public Map<Long, List<Run>> last(Caller caller, List<Long> jobIds, int most) {
        return database.read(handle -> {
            Map<Long, List<Run>> last = new LinkedHashMap<>();
            for (long id : jobIds) {
                last.put(
                        id,
                        runs.list(handle, visible(caller), RunFilter.of(id), PageWanted.first(most)).items().stream()
                                .map(Described::thing)
                                .toList());
            }
            return last;
        });
    }

    /** Why those of these runs that failed did, as far as it is known; a run that the caller does not see is left out. */
    public List<RunCause> causes(Caller caller, List<Long> ids) {
        return database.read(handle -> {
            List<Long> seen = ids.stream()
                    .filter(id -> seen(handle, caller, id).isPresent())
                    .toList();
            Map<Long, List<TaskRun>> attempts = tasks.of(handle, seen);
            return seen.stream()
                    .flatMap(id -> RunCause.of(id, attempts.getOrDefault(id, List.of())).stream())
                    .toList();
        });
    }

    private Optional<Run> seen(Handle handle, Caller caller, long id) {
        return runs.find(handle, id).filter(run -> permissions.may(handle, caller, Right.VIEW, run.guarded()));
    }

    /** Runs of jobs are seen by those who see the job. For the pluses see {@link Permissions#visible(Caller, Kind, String)}. */
    private Visible visible(Caller caller) {
        return permissions.visible(
                caller,
                "+job_id in (" + Permissions.granted(caller, Kind.JOB) + ") or job_id is null and +id in ("
                        + Permissions.granted(caller, Kind.RUN) + ")");
    }

    /** Runs of which a task is on this cluster or waits for it, as far as the caller sees them. */
    public List<Run> using(Caller caller, String clusterId) {
        return database.read(handle -> tasks.runsOn(handle, clusterId).stream()
                .flatMap(id -> seen(handle, caller, id).stream())
                .toList());
    }

    /** The caller's own runs that went wrong, newest first. */
    public List<Run> failed(Caller caller, int limit) {
        return database.read(handle -> runs.failed(handle, caller.workspace(), caller.id(), limit));
    }

    /** Asks the run to end; one that has ended stays as it is. */
    public void cancel(Caller caller, long id) {
        Details details = get(caller, id);
        database.change(tx -> {
            permissions.require(tx, caller, Right.OPERATE, details.run().guarded());
            runs.requestCancel(tx, details.run().id());
            tx.wake(loop, details.run().id());
        });
    }

    public void cancelAll(Caller caller, long jobId) {
        database.read(handle -> runs.active(handle, jobId)).forEach(id -> cancel(caller, id));
    }

    /** Asks runs that wait for their turn to end: those of a job, or all that the caller may cancel. */
    public void cancelQueued(Caller caller, Optional<Long> jobId) {
        List<Long> waiting = database.read(handle ->
                jobId.map(id -> runs.queued(handle, id)).orElseGet(() -> runs.queued(handle, caller.workspace())));
        for (long id : waiting) {
            if (jobId.isPresent() || mayCancel(caller, id)) {
                cancel(caller, id);
            }
        }
    }

    private boolean mayCancel(Caller caller, long id) {
        return database.read(handle -> runs.find(handle, id)
                .filter(run -> permissions.may(handle, caller, Right.OPERATE, run.guarded()))
                .isPresent());
    }

    public void delete(Caller caller, long id) {
        Details details = get(caller, id);
        database.change(tx -> {
            permissions.require(tx, caller, Right.MANAGE, details.run().guarded());
            if (!details.run().state().ended()) {
                throw new PlatformException(
                        ErrorCode.INVALID_STATE, "Run " + id + " is still active and cannot be deleted.");
            }
            delete(tx, details.run());
        });
    }

    /** With everything that its tasks have put out. */
    private void delete(Tx tx, Run run) {
        tasks.of(tx.sql(), run.id()).forEach(task -> contexts.forgetAll(tx, Kind.TASK_RUN, String.valueOf(task.id())));
        runs.delete(tx, run.id());
        boolean lastOfAll = run.jobId()
                .map(job -> jobs.find(tx.sql(), job).isEmpty() && !runs.any(tx.sql(), job))
                .orElse(true);
        if (lastOfAll) {
            permissions.gone(tx, run.guarded().ref());
        }
    }

    /** Deletes at most so many runs that ended before this time, for the platform itself; true if there may be more. */
    public boolean forget(long before, int most) {
        return database.write(tx -> {
            List<Run> ended = runs.endedBefore(tx.sql(), before, most);
            ended.forEach(id -> delete(tx, id));
            return ended.size() == most;
        });
    }

    /** Output of a task, by the id of its task run; the id of a run with one task will do. */
    public Output output(Caller caller, long id) {
        Details details = get(caller, id);
        TaskRun task;
        if (details.run().id() == id) {
            if (details.run().settings().tasks().size() > 1) {
                throw PlatformException.invalid("Retrieving the output of runs with multiple tasks is not supported."
                        + " Please retrieve the output of each individual task run instead.");
            }
            if (details.tasks().isEmpty()) {
                throw PlatformException.invalidState("Run " + id + " has not started yet.");
            }
            task = details.tasks().get(details.tasks().size() - 1);
        } else {
            task = details.tasks().stream()
                    .filter(each -> each.id() == id)
                    .findFirst()
                    .orElseThrow(() -> PlatformException.notFound("Run " + id + " does not exist."));
        }
        return new Output(details.run(), task, frames(task));
    }

    private List<OutputFrame> frames(TaskRun task) {
        List<OutputFrame> frames = new ArrayList<>();
        int last = Math.min(task.position(), task.plan().size() - 1);
        for (int i = 0; i <= last; i++) {
            frames.addAll(output(task, i));
        }
        return frames;
    }

    /** Output of one command of a task; empty if it has not begun. */
    public List<OutputFrame> output(Caller caller, Run run, TaskRun task, int index) {
        if (database.read(handle -> seen(handle, caller, run.id())).isEmpty()) {
            throw PlatformException.notFound("Run " + run.id() + " does not exist.");
        }
        return output(task, index);
    }

    private List<OutputFrame> output(TaskRun task, int index) {
        try {
            return contexts.result(Caller.SYSTEM, task.commandId(index), 0).frames();
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }
}
