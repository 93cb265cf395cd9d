package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.content.notebook.Sources;
import io.slipway.content.tree.Notebook;
import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.Loops;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.testing.FakeTimer;
import io.slipway.kit.testing.StepExecutor;
import io.slipway.spark.compute.ClusterFact;
import io.slipway.spark.compute.StillClusters;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.TestDatabases;
import io.slipway.work.job.TaskSpec.RunIf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who wakes whom: the room with its loops, which do nothing that nobody has told them. */
@NullUnmarked
class JobRoomTest extends WorkContract {
    private static final Sources SOURCES = new Sources() {
        @Override
        public byte[] file(Caller caller, String path) {
            return "print(1)".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Notebook notebook(Caller caller, String path) {
            throw PlatformException.notFound(path);
        }
    };

    private final StepExecutor workers = new StepExecutor();
    private Base looping;
    private JobRoom room;
    private String cluster;

    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }

    @BeforeEach
    void makeRoom() {
        Ids own = new Ids(clock, new Random(2));
        looping =
                new Base(database, new Facts(clock), clock, own, new Loops(clock, new FakeTimer(clock), own, workers));
        room = new JobRoom(
                looping, new IdentityArea(looping, new byte[32]), clusters, contexts, SOURCES, "http://127.0.0.1:1");
        cluster = StillClusters.create(clusters, ANN, "c");
    }

    private Job job(int concurrent, boolean queue, Optional<Schedule> schedule) {
        TaskSpec task = new TaskSpec(
                "a",
                List.of(),
                RunIf.ALL_SUCCESS,
                new Compute.Existing(cluster),
                new Work.PythonFile("/x.py", List.of()),
                List.of(),
                0,
                0,
                0,
                false);
        return room.jobs()
                .create(
                        ANN,
                        described(new JobSettings(
                                "j", List.of(task), Map.of(), Map.of(), 0, concurrent, queue, schedule)));
    }

    /** Until nothing is left to do now. */
    private void rest() {
        do {
            while (!workers.idle()) {
                workers.step();
            }
            clock.advance(Duration.ZERO);
        } while (!workers.idle());
    }

    private Run begun(Job job) {
        Run run = room.runs().start(ANN, job.id(), RunParameters.NONE, Optional.empty());
        rest();
        return run;
    }

    private String states(Run run) {
        Runs.Details details = room.runs().get(ANN, run.id());
        return details.run().state() + " "
                + details.tasks().stream().map(TaskRun::state).toList();
    }

    private void told(ClusterFact fact, String state) {
        database.change(tx -> {
            tx.sql().execute("update cluster set state = ? where id = ?", state, cluster);
            looping.facts().tell(tx, PrincipalId.SYSTEM, fact);
        });
        rest();
    }

    private Ref ref() {
        return Ref.of(Kind.CLUSTER, ANN.workspace(), cluster);
    }

    @Test
    void a_cluster_that_is_up_lets_its_tasks_begin() {
        Run run = begun(job(1, false, Optional.empty()));
        assertThat(states(run)).isEqualTo("RUNNING [PENDING]");
        assertThat(room.busy()).isTrue();
        up(cluster);
        told(new ClusterFact.Running(ref(), 0), "RUNNING");
        assertThat(states(run)).isEqualTo("RUNNING [RUNNING]");
    }

    @Test
    void a_cluster_that_ended_ends_its_tasks_and_their_run() {
        Run run = begun(job(1, false, Optional.empty()));
        told(new ClusterFact.Ended(ref()), "TERMINATED");
        assertThat(states(run)).isEqualTo("INTERNAL_ERROR [INTERNAL_ERROR]");
        assertThat(room.busy()).isFalse();
    }

    @Test
    void a_job_that_allows_more_runs_wakes_those_that_wait() {
        Job job = job(1, true, Optional.empty());
        begun(job);
        clock.advance(Duration.ofSeconds(1));
        Run waiting = begun(job);
        assertThat(states(waiting)).isEqualTo("QUEUED []");
        room.jobs()
                .change(
                        ANN,
                        job.id(),
                        old -> described(new JobSettings(
                                "j", old.thing().tasks(), Map.of(), Map.of(), 0, 2, true, Optional.empty())));
        rest();
        assertThat(states(waiting)).isEqualTo("RUNNING [PENDING]");
    }

    @Test
    void a_cancelled_run_tells_its_tasks() {
        Run run = begun(job(1, false, Optional.empty()));
        room.runs().cancel(ANN, run.id());
        rest();
        assertThat(states(run)).isEqualTo("TERMINATED [TERMINATED]");
    }

    @Test
    void a_schedule_begins_a_run_when_its_time_comes() {
        Job job = job(1, false, Optional.of(new Schedule("0 * * * * ?", "UTC", false)));
        rest();
        assertThat(room.runs().list(ANN, RunFilter.of(job.id()), PageWanted.ALL).items())
                .isEmpty();
        clock.advance(Duration.ofMinutes(1));
        rest();
        assertThat(room.runs().list(ANN, RunFilter.of(job.id()), PageWanted.ALL).items())
                .extracting(details -> details.run().origin())
                .containsExactly(Run.Origin.PERIODIC);
    }
}
