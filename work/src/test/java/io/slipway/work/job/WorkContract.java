package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.Grant;
import io.slipway.identity.Grants;
import io.slipway.identity.Guarded;
import io.slipway.identity.Identities;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Level;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
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
import io.slipway.store.Described;
import io.slipway.store.Manifest;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The doors to jobs and runs on any database. No loop runs. */
@NullUnmarked
abstract class WorkContract {

    static final int PORT = 4711;
    static final Caller ADMIN = People.ADMIN;
    static final Caller ANN = People.ANN;
    static final Caller BOB = People.BOB;

    @TempDir
    private Path folder;

    final FakeClock clock = new FakeClock(1_700_000_000_000L);
    final List<Long> woken = new ArrayList<>();
    final List<Long> scheduled = new ArrayList<>();
    Base base;
    Database database;
    Identities identities;
    ScheduleReconciler schedules;
    Jobs jobs;
    Runs runs;
    Grants grants;
    Clusters clusters;
    Contexts contexts;
    KernelSteps kernel;
    FakeDrivers drivers;

    /** How the code of commands goes. */
    FakeDrivers.Ending ending = FakeDrivers.Ending.ok(Duration.ofSeconds(1));

    @BeforeEach
    void make() {
        database = open(folder);
        People.known(database);
        Ids ids = new Ids(clock, new Random(1));
        base = TestBase.of(database, clock, ids);
        SessionTokens tokens = new SessionTokens(new byte[32], clock);
        drivers = new FakeDrivers(clock, Seam.QUIET, (context, command, spec) -> ending);
        clusters = StillClusters.of(base);
        kernel = new KernelSteps(base, tokens, clusters, new Drivers(base, tokens), drivers);
        contexts = kernel.contexts;
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        grants = identity.grants();
        jobs = new Jobs(base, identity, TestBase.told(base, scheduled::add));
        runs = new Runs(base, identity, contexts, TestBase.told(base, woken::add));
        identities = new Identities(base);
        schedules = new ScheduleReconciler(base, identities, runs);
    }

    abstract Database open(Path folder);

    /** The admin gives the user this level on the thing. */
    void give(Caller user, Guarded thing, Level level) {
        grants.add(People.ADMIN, thing, List.of(new Grant(PrincipalKind.USER, user.name(), level)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** The cluster runs, and its driver listens. */
    void up(String cluster) {
        StillClusters.up(database, cluster, PORT);
        drivers.open(PORT);
    }

    static TaskSpec task(String key, Compute compute, String... before) {
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

    static TaskSpec task(String key, String... before) {
        return task(key, new Compute.Existing("c"), before);
    }

    /** With the job's name as what was sent for it. */
    static JobWanted settings(String name, int concurrent, TaskSpec... tasks) {
        return described(
                new JobSettings(name, List.of(tasks), Map.of(), Map.of(), 0, concurrent, false, Optional.empty()));
    }

    static JobWanted described(JobSettings settings) {
        return JobWanted.of(new Described<>(settings, Manifest.of("sent for " + settings.name())));
    }

    static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }

    Run start(Caller caller, Job job) {
        return runs.start(caller, job.id(), RunParameters.NONE, Optional.empty());
    }

    List<Run> listed(Caller caller, RunFilter filter) {
        return runs.list(caller, filter, PageWanted.ALL).map(Runs.Details::run).items();
    }
}
