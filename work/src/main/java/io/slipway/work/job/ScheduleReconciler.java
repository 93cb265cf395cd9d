package io.slipway.work.job;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.kit.Clock;
import io.slipway.kit.Outcome;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Reconciler;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Begins the runs of jobs whose time has come, each once: the run and the next time are written together. Times that passed while
 * nobody was there to see them are left out, as Databricks does.
 */
final class ScheduleReconciler implements Reconciler<Long> {
    /** Later than this, a time has been missed. */
    private static final Duration LATEST = Duration.ofMinutes(1);

    /** Clocks of machines are set now and then; a long wait would not notice. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Identities identities;
    private final Runs runs;
    private final JobStore jobs = new JobStore();

    ScheduleReconciler(Base base, Identities identities, Runs runs) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.identities = identities;
        this.runs = runs;
    }

    @Override
    public List<Long> unfinished() {
        return database.read(jobs::scheduled);
    }

    @Override
    public Outcome reconcile(Long jobId) {
        return database.write(tx -> {
            Optional<Job> found = jobs.find(tx.sql(), jobId);
            if (found.isEmpty() || found.get().nextRunAt() == 0) {
                return Outcome.done();
            }
            Job job = found.get();
            long now = clock.millis();
            if (job.nextRunAt() > now) {
                return waiting(awaited(tx, job, now) - now);
            }
            run(tx, job, now);
            long next = job.settings().nextRunAfter(now);
            jobs.nextRun(tx, jobId, next);
            return next == 0 ? Outcome.done() : waiting(next - now);
        });
    }

    /**
     * The time that is waited for. Where the schedule has two times and more before it, the clock was set back after it was worked
     * out, and the job would wait for that long; one time alone may be the one that has just been served.
     */
    private long awaited(Tx tx, Job job, long now) {
        long first = job.settings().nextRunAfter(now);
        long second = first == 0 ? 0 : job.settings().nextRunAfter(first);
        if (second == 0 || second >= job.nextRunAt()) {
            return job.nextRunAt();
        }
        jobs.nextRun(tx, job.id(), first);
        return first;
    }

    private static Outcome waiting(long millis) {
        return Outcome.again(Duration.ofMillis(Math.min(millis, LONGEST_WAIT.toMillis())));
    }

    private void run(Tx tx, Job job, long now) {
        Optional<Caller> actor =
                identities.caller(tx, job.workspace(), job.actor().id());
        if (now - job.nextRunAt() > LATEST.toMillis()) {
            missed(tx, job, "the platform did not run then");
        } else if (actor.isEmpty()) {
            missed(tx, job, "user " + job.actor().name() + " is not there any more");
        } else if (job.settings().tasks().isEmpty()) {
            missed(tx, job, "the job has no tasks");
        } else {
            runs.begin(tx, job.owner(), job, RunParameters.NONE, Run.Origin.PERIODIC, Optional.empty());
        }
    }

    private void missed(Tx tx, Job job, String why) {
        facts.tell(tx, PrincipalId.SYSTEM, new JobFact.Missed(job.ref(), job.nextRunAt(), why));
    }
}
