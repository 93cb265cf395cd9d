package io.slipway.work.job;

import io.slipway.identity.Caller;
import io.slipway.identity.GrantFact;
import io.slipway.identity.Grants;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Permissions;
import io.slipway.identity.Principal;
import io.slipway.identity.Right;
import io.slipway.identity.workspace.WorkspaceFact;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.Loop;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Described;
import io.slipway.store.Facts;
import java.util.List;
import java.util.Optional;

/** The door to jobs. */
public final class Jobs {
    private static final int MOST_TASKS = 1000;
    private static final int LONGEST_NAME = 4096;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final Grants grants;
    private final Actors actors;
    private final Loop<Long> schedules;
    private final JobStore store = new JobStore();
    private final RunStore runs = new RunStore();

    public Jobs(Base base, IdentityArea identity, Loop<Long> schedules) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = identity.permissions();
        this.grants = identity.grants();
        this.actors = new Actors(identity);
        this.schedules = schedules;
        // What is under way fails with its clusters, and as nobody is left for whom it could act.
        facts.on(WorkspaceFact.Deleted.class, (tx, fact) -> store.deleteOf(tx, fact.workspace()));
        facts.on(GrantFact.Handed.class, (tx, fact) -> {
            if (fact.subject().kind() == Kind.JOB) {
                store.owner(tx, fact.subject().number(), fact.owner());
            }
        });
    }

    public Job create(Caller caller, JobWanted wanted) {
        JobSettings settings = wanted.settings().thing();
        check(settings);
        long now = clock.millis();
        return database.write(tx -> {
            Job job = new Job(
                    ids.number(),
                    caller.workspace(),
                    settings,
                    caller.principal(),
                    caller.principal(),
                    actors.find(tx, caller, wanted.runAs()),
                    now,
                    settings.nextRunAfter(now));
            actors.require(tx, caller, job.actor(), "job " + settings.name());
            store.insert(tx, job, wanted.settings().manifest());
            permissions.made(tx, caller.principal(), job.ref());
            if (!wanted.grants().isEmpty()) {
                grants.add(tx, caller, job.guarded(), wanted.grants());
            }
            facts.tell(tx, caller.id(), new JobFact.Created(job.ref(), settings.name()));
            tx.wake(schedules, job.id());
            return job;
        });
    }

    public Job get(Caller caller, long id) {
        return described(caller, id).thing();
    }

    public Described<Job> described(Caller caller, long id) {
        return database.read(handle -> {
            Described<Job> job = store.described(handle, caller, id);
            permissions.require(handle, caller, Right.VIEW, job.thing().guarded());
            return job;
        });
    }

    /** Newest first; {@code name} limits to jobs of that name. */
    public Page<Described<Job>> list(Caller caller, Optional<String> name, PageWanted wanted) {
        return database.read(handle -> store.list(handle, permissions.visible(caller, Kind.JOB, "id"), name, wanted));
    }

    /** Newest first: those with {@code text} in their name, in any case, and the one whose id it is. */
    public List<Job> search(Caller caller, String text, int limit) {
        return database.read(handle -> store.search(handle, permissions.visible(caller, Kind.JOB, "id"), text, limit));
    }

    /** What there is of a job before a change. */
    public interface Change {
        JobWanted of(Described<JobSettings> earlier);
    }

    /** Replaces the settings by what {@code change} makes of them. Runs that have begun keep theirs. */
    public void change(Caller caller, long id, Change change) {
        database.change(tx -> {
            Described<Job> found = store.described(tx.sql(), caller, id);
            Job job = found.thing();
            permissions.require(tx, caller, Right.EDIT, job.guarded());
            JobWanted wanted = change.of(new Described<>(job.settings(), found.manifest()));
            JobSettings settings = wanted.settings().thing();
            check(settings);
            Optional<Principal> runAs = actors.find(tx, caller, wanted.runAs());
            actors.requireChange(
                    tx,
                    caller,
                    job.actor(),
                    runAs.orElse(job.owner()),
                    job.guarded().title());
            store.settings(tx, id, wanted.settings(), settings.nextRunAfter(clock.millis()));
            store.runAs(tx, id, runAs);
            tx.wake(schedules, id);
            facts.tell(tx, caller.id(), new JobFact.Changed(job.ref(), settings.name()));
        });
    }

    /** Runs that are under way go on. */
    public void delete(Caller caller, long id) {
        database.change(tx -> {
            Job job = store.get(tx.sql(), caller, id);
            permissions.require(tx, caller, Right.MANAGE, job.guarded());
            store.delete(tx, id);
            if (!runs.any(tx.sql(), id)) {
                permissions.gone(tx, job.ref());
            }
            facts.tell(tx, caller.id(), new JobFact.Deleted(job.ref()));
        });
    }

    static void check(JobSettings settings) {
        if (settings.name().length() > LONGEST_NAME) {
            throw PlatformException.invalid("The job name is longer than " + LONGEST_NAME + " characters.");
        }
        if (settings.tasks().size() > MOST_TASKS) {
            throw PlatformException.invalid("A job has at most " + MOST_TASKS + " tasks.");
        }
        if (settings.maxConcurrentRuns() < 0 || settings.maxConcurrentRuns() > 1000) {
            throw PlatformException.invalid("max_concurrent_runs must be between 0 and 1000.");
        }
        settings.schedule().ifPresent(Schedule::check);
        RunGraph.check(settings.tasks());
        for (TaskSpec task : settings.tasks()) {
            task.compute().check(settings, task.key());
        }
    }
}
