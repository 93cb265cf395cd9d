package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.Entry;
import io.slipway.identity.Grant;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Level;
import io.slipway.identity.Principal;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.Role;
import io.slipway.identity.RuleSet;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.store.Described;
import io.slipway.store.Event;
import io.slipway.store.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The door to jobs. */
@NullUnmarked
abstract class JobsContract extends WorkContract {
    @Test
    void a_job_is_kept_as_it_was_made() {
        Job job = jobs.create(ANN, settings("nightly", 1, task("a"), task("b", "a")));
        assertThat(jobs.get(ANN, job.id())).isEqualTo(job);
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
        give(BOB, job.guarded(), Level.CAN_MANAGE_RUN);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_MANAGE permission on Job " + job.id(),
                () -> jobs.change(BOB, job.id(), old -> settings("mine", 1)));
        assertThat(jobs.get(ANN, job.id())).isEqualTo(job);
        jobs.change(ADMIN, job.id(), old -> settings("after", 1, task("a")));
        assertThat(jobs.list(ANN, Optional.of("AFTER"), PageWanted.ALL).items())
                .extracting(found -> found.thing().id())
                .containsExactly(job.id());
        assertThat(jobs.list(ANN, Optional.of("before"), PageWanted.ALL).items())
                .isEmpty();
    }

    @Test
    void what_was_sent_for_a_job_comes_back_with_it_until_it_is_changed() {
        Job job = jobs.create(ANN, settings("a", 1, task("a")));
        assertThat(jobs.described(ANN, job.id())).isEqualTo(new Described<>(job, Manifest.of("sent for a")));
        assertThat(jobs.list(ANN, Optional.empty(), PageWanted.ALL).items())
                .containsExactly(jobs.described(ANN, job.id()));
        jobs.change(ANN, job.id(), old -> {
            assertThat(old).isEqualTo(settings("a", 1, task("a")).settings());
            return JobWanted.of(new Described<>(old.thing(), new Manifest("more", Map.of("tasks/a", "part"))));
        });
        assertThat(jobs.described(ANN, job.id()).manifest()).isEqualTo(new Manifest("more", Map.of("tasks/a", "part")));
    }

    @Test
    void jobs_are_listed_newest_first() {
        Job old = jobs.create(ANN, settings("a", 1));
        clock.advance(Duration.ofSeconds(1));
        Job young = jobs.create(BOB, settings("b", 1));
        assertThat(jobs.list(ADMIN, Optional.empty(), PageWanted.ALL)
                        .map(Described::thing)
                        .items())
                .containsExactly(young, old);
        assertThat(jobs.list(ANN, Optional.empty(), PageWanted.ALL)
                        .map(Described::thing)
                        .items())
                .as("of those that she may see")
                .containsExactly(old);
    }

    @Test
    void jobs_are_paged_and_found_by_a_part_of_their_name_or_their_id() {
        Job first = jobs.create(ANN, settings("Load_50%", 1));
        clock.advance(Duration.ofSeconds(1));
        Job second = jobs.create(ANN, settings("upLOAD", 1));
        clock.advance(Duration.ofSeconds(1));
        Job third = jobs.create(ANN, settings("\u00c4rger", 1));
        Page<Job> page = jobs.list(ANN, Optional.empty(), PageWanted.first(2)).map(Described::thing);
        assertThat(page.items()).containsExactly(third, second);
        assertThat(jobs.list(ANN, Optional.empty(), PageWanted.at(page.next(), 2))
                        .map(Described::thing)
                        .items())
                .containsExactly(first);
        assertThat(jobs.search(ANN, "loAd", 8)).containsExactly(second, first);
        assertThat(jobs.search(ANN, "loAd", 1)).containsExactly(second);
        assertThat(jobs.search(ANN, "d_5", 8)).containsExactly(first);
        assertThat(jobs.search(ANN, "%l", 8)).isEmpty();
        assertThat(jobs.search(ANN, "\u00c4r", 8)).containsExactly(third);
        assertThat(jobs.search(ANN, String.valueOf(first.id()), 8)).containsExactly(first);
    }

    @Test
    void a_deleted_job_is_gone_and_its_runs_stay() {
        Job job = jobs.create(ANN, settings("a", 1, task("a")));
        Run run = start(ANN, job);
        give(BOB, job.guarded(), Level.CAN_MANAGE_RUN);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_MANAGE permission on Job " + job.id(),
                () -> jobs.delete(BOB, job.id()));
        jobs.delete(ANN, job.id());
        refused(ErrorCode.NOT_FOUND, "Job " + job.id() + " does not exist.", () -> jobs.get(ANN, job.id()));
        refused(ErrorCode.NOT_FOUND, "Job " + job.id() + " does not exist.", () -> jobs.delete(ANN, job.id()));
        assertThat(runs.get(ANN, run.id()).run()).isEqualTo(run);
        assertThat(runs.get(BOB, run.id()).run()).isEqualTo(run);
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
        assertThat(listed(ANN, RunFilter.ALL)).hasSize(1);
    }

    @Test
    void a_job_runs_as_its_owner_whoever_begins_the_run() {
        Job job = jobs.create(ANN, settings("a", 5, task("a")));
        give(BOB, job.guarded(), Level.CAN_MANAGE_RUN);
        Run run = start(BOB, job);
        assertThat(run.owner()).isEqualTo(ANN.principal());
        assertThat(run.creator()).isEqualTo(BOB.principal());
        give(BOB, job.guarded(), Level.IS_OWNER);
        assertThat(jobs.get(ANN, job.id()).creator()).isEqualTo(ANN.principal());
        assertThat(start(ANN, job).owner()).as("it was handed over").isEqualTo(BOB.principal());
    }

    /** Otherwise whoever may change a job would have the rights of the one as whom it runs. */
    @Test
    void nobody_but_admins_writes_what_runs_as_another() {
        Job job = jobs.create(ANN, settings("a", 1, task("a")));
        give(BOB, job.guarded(), Level.CAN_MANAGE);
        JobWanted changed = settings("b", 1, task("b"));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com cannot change what acts as ann@example.com: Job " + job.id()
                        + " must run as bob@example.com (run_as), or an admin must change it.",
                () -> jobs.change(BOB, job.id(), old -> changed));
        RunAs ann = new RunAs(PrincipalKind.USER, ANN.name());
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com cannot change what acts as ann@example.com: job b must run as bob@example.com"
                        + " (run_as), or an admin must change it.",
                () -> jobs.create(BOB, new JobWanted(changed.settings(), Optional.of(ann), List.of())));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com cannot change what acts as ann@example.com: run b must run as bob@example.com"
                        + " (run_as), or an admin must change it.",
                () -> runs.submit(
                        BOB, new JobWanted(changed.settings(), Optional.of(ann), List.of()), Optional.empty()));
        RunAs bob = new RunAs(PrincipalKind.USER, "Bob@example.com");
        jobs.change(BOB, job.id(), old -> new JobWanted(changed.settings(), Optional.of(bob), List.of()));
        assertThat(jobs.get(ANN, job.id()).actor()).isEqualTo(BOB.principal());
        assertThat(start(ANN, job).owner()).isEqualTo(BOB.principal());
        refused(
                ErrorCode.NOT_FOUND,
                "User nobody@example.com does not exist.",
                () -> jobs.create(
                        ADMIN,
                        new JobWanted(
                                changed.settings(),
                                Optional.of(new RunAs(PrincipalKind.USER, "nobody@example.com")),
                                List.of())));
    }

    /** Databricks looks at the role when the job is written, not when it runs. */
    @Test
    void a_job_runs_as_a_service_principal_for_who_may_use_it_when_they_write_it() {
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        Principal ci = identity.directory()
                .create(ADMIN, PrincipalKind.SERVICE_PRINCIPAL, Entry.Content.named("ci"))
                .principal();
        JobWanted wanted = new JobWanted(
                settings("a", 1, task("a")).settings(),
                Optional.of(new RunAs(PrincipalKind.SERVICE_PRINCIPAL, "ci")),
                List.of(new Grant(PrincipalKind.USER, BOB.name(), Level.CAN_MANAGE)));
        String why = " does not have the role roles/servicePrincipal.user on service principal ci: ";
        for (Caller caller : List.of(ANN, ADMIN)) {
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    caller.name() + why + "job a cannot run as it.",
                    () -> jobs.create(caller, wanted));
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    caller.name() + why + "run a cannot run as it.",
                    () -> runs.submit(caller, wanted, Optional.empty()));
        }
        use(identity, ANN);
        Job job = jobs.create(ANN, wanted);
        assertThat(start(BOB, job).owner()).isEqualTo(ci);
        refused(
                ErrorCode.PERMISSION_DENIED,
                BOB.name() + why + "Job " + job.id() + " cannot run as it.",
                () -> jobs.change(BOB, job.id(), old -> wanted));
        jobs.change(ANN, job.id(), old -> wanted);
        use(identity);
        refused(
                ErrorCode.PERMISSION_DENIED,
                ANN.name() + why + "Job " + job.id() + " cannot run as it.",
                () -> jobs.change(ANN, job.id(), old -> wanted));
        assertThat(start(ANN, job).owner()).as("it goes on as it is").isEqualTo(ci);
        jobs.change(ADMIN, job.id(), old -> wanted);
        jobs.change(
                BOB,
                job.id(),
                old -> new JobWanted(
                        wanted.settings(), Optional.of(new RunAs(PrincipalKind.USER, BOB.name())), List.of()));
        refused(
                ErrorCode.PERMISSION_DENIED,
                ADMIN.name() + why + "Job " + job.id() + " cannot run as it.",
                () -> jobs.change(ADMIN, job.id(), old -> wanted));
    }

    private static void use(IdentityArea identity, Caller... users) {
        RuleSet.Of ci = new RuleSet.OfProgram("ci");
        identity.ruleSets()
                .replace(
                        ADMIN,
                        ci,
                        identity.ruleSets().get(ADMIN, ci).etag(),
                        Stream.concat(Stream.of(ADMIN), Stream.of(users))
                                .map(user -> new RuleSet.Rule(
                                        user.equals(ADMIN)
                                                ? Role.SERVICE_PRINCIPAL_MANAGER
                                                : Role.SERVICE_PRINCIPAL_USER,
                                        PrincipalKind.USER,
                                        user.name()))
                                .toList());
    }

    @Test
    void a_new_job_is_shared_as_was_asked_or_not_made_at_all() {
        JobWanted asked = new JobWanted(
                settings("shared", 1, task("a")).settings(),
                Optional.empty(),
                List.of(new Grant(PrincipalKind.USER, BOB.name(), Level.CAN_VIEW)));
        Job job = jobs.create(ANN, asked);
        assertThat(jobs.get(BOB, job.id())).isEqualTo(job);
        Grant unknown = new Grant(PrincipalKind.GROUP, "nowhere", Level.CAN_VIEW);
        refused(
                ErrorCode.NOT_FOUND,
                "Group nowhere does not exist.",
                () -> jobs.create(ANN, new JobWanted(asked.settings(), Optional.empty(), List.of(unknown))));
        assertThat(jobs.list(ADMIN, Optional.empty(), PageWanted.ALL).items()).hasSize(1);
    }
}
