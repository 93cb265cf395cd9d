package io.slipway.platform.job;

import io.slipway.kit.Clock;
import io.slipway.kit.ControlLoop;
import io.slipway.kit.Outcome;
import io.slipway.platform.identity.Caller;
import io.slipway.platform.identity.Identities;
import io.slipway.store.Database;
import io.slipway.store.EventLog;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Begins the runs of jobs whose time has come, each once: the run and the next time are written together. Times that passed while
 * nobody was there to see them are left out, as Databricks does.
 */
public final class ScheduleReconciler implements ControlLoop.Reconciler<Long> {
    /** Later than this, a time has been missed. */
    private static final Duration LATEST = Duration.ofMinutes(1);

    /** Clocks of machines are set now and then; a long wait would not notice. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Database database;
    private final EventLog events;
    private final Clock clock;
    private final Identities identities;
    private final Runs runs;
    private final JobStore jobs = new JobStore();

    public ScheduleReconciler(Database database, EventLog events, Clock clock, Identities identities, Runs runs) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.identities = identities;
        this.runs = runs;
    }

    /** The jobs that will run by themselves. */
    public List<Long> scheduled() {
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
                return waiting(job.nextRunAt() - now);
            }
            run(tx, job, now);
            long next = job.settings().nextRunAfter(now);
            jobs.nextRun(tx, jobId, next);
            return next == 0 ? Outcome.done() : waiting(next - now);
        });
    }

    private static Outcome waiting(long millis) {
        return Outcome.again(Duration.ofMillis(Math.min(millis, LONGEST_WAIT.toMillis())));
    }

    private void run(Tx tx, Job job, long now) {
        Optional<Caller> creator = identities.caller(tx, job.creator());
        if (now - job.nextRunAt() > LATEST.toMillis()) {
            missed(tx, job, "the platform did not run then");
        } else if (creator.isEmpty()) {
            missed(tx, job, "user " + job.creator() + " is not there any more");
        } else if (job.settings().tasks().isEmpty()) {
            missed(tx, job, "the job has no tasks");
        } else {
            runs.begin(tx, creator.get(), job, RunParameters.NONE, Run.Origin.PERIODIC, Optional.empty());
        }
    }

    private void missed(Tx tx, Job job, String why) {
        events.append(
                tx,
                Caller.SYSTEM.userName(),
                "job.missed",
                String.valueOf(job.id()),
                Map.of("at", job.nextRunAt(), "why", why));
    }
}
