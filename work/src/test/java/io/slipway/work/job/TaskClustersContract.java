package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.ErrorCode;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.ClusterState;
import io.slipway.store.Described;
import io.slipway.store.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clusters that are made for tasks and runs, and given back. */
@NullUnmarked
abstract class TaskClustersContract extends WorkContract {
    private static final ClusterSpec ASKED = new ClusterSpec(
            "mine",
            "18.0.x-scala2.13",
            "m5.large",
            "m5.large",
            Optional.of(1),
            Optional.empty(),
            Map.of("spark.a", "b"),
            Map.of(),
            Map.of(),
            60);

    private TaskClusters taskClusters;
    private Run run;

    @BeforeEach
    void submit() {
        taskClusters = new TaskClusters(database, identities, clusters, contexts);
        JobSettings settings = new JobSettings(
                "s",
                List.of(task("own", new Compute.Fresh(ASKED)), task("both", new Compute.Shared("k"))),
                Map.of("k", ASKED),
                Map.of(),
                0,
                1,
                false,
                Optional.empty());
        Manifest sent = new Manifest("whole", Map.of("tasks/own", "for own", "job_clusters/k", "for k"));
        run = runs.submit(ANN, JobWanted.of(new Described<>(settings, sent)), Optional.empty());
    }

    private TaskRun attempt(String key, long id) {
        TaskRun task = TaskRun.fresh(id, run.id(), key, 0, RunState.PENDING, clock.millis());
        database.change(tx -> new TaskRunStore().insert(tx, task));
        return task;
    }

    private Cluster obtained(TaskRun task) {
        return run.settings()
                .task(task.taskKey())
                .compute()
                .obtain(taskClusters, run, task)
                .orElseThrow();
    }

    @Test
    void a_task_gets_what_was_asked_for_it_until_somebody_ends_it() {
        TaskRun task = attempt("own", 5);
        Cluster cluster = obtained(task);
        assertThat(cluster.spec()).isEqualTo(ASKED.lasting("job-0-run-" + run.id()));
        assertThat(cluster.spec().autoterminationMinutes()).isZero();
        assertThat(cluster.source()).isEqualTo("JOB");
        assertThat(cluster.creator()).isEqualTo(ANN.principal());
        assertThat(clusters.details(ANN, cluster.id()).manifest()).isEqualTo(Manifest.of("for own"));
        assertThat(obtained(task)).as("asked again").isEqualTo(cluster);
    }

    @Test
    void tasks_that_share_a_cluster_get_the_same_one() {
        Cluster first = obtained(attempt("both", 5));
        assertThat(obtained(attempt("own", 6)).id()).isNotEqualTo(first.id());
        assertThat(taskClusters.ofRun(run, "k")).isEqualTo(first);
        assertThat(first.spec().name()).isEqualTo("job-0-run-" + run.id() + "-k");
        assertThat(clusters.details(ANN, first.id()).manifest()).isEqualTo(Manifest.of("for k"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "Job cluster z is not defined.", () -> taskClusters.ofRun(run, "z"));
    }

    @Test
    void what_was_made_for_a_run_is_given_back_with_it() {
        TaskRun task = attempt("own", 5);
        Cluster own = obtained(task);
        Cluster shared = taskClusters.ofRun(run, "k");
        taskClusters.release(task);
        assertThat(clusters.get(ANN, own.id()).state()).isEqualTo(ClusterState.TERMINATING);
        assertThat(clusters.get(ANN, shared.id()).state()).isEqualTo(ClusterState.PENDING);
        taskClusters.release(run, List.of(task));
        Cluster ended = clusters.get(ANN, shared.id());
        assertThat(ended.state()).isEqualTo(ClusterState.TERMINATING);
        assertThat(ended.termination().orElseThrow().code()).isEqualTo("JOB_FINISHED");
    }

    @Test
    void a_cluster_that_is_deleted_for_good_is_not_found_and_not_obtained() {
        assertThat(taskClusters.find("gone")).isEmpty();
        refused(ErrorCode.NOT_FOUND, "Cluster gone does not exist", () -> taskClusters.started(run, "gone"));
    }

    @Test
    void a_cluster_that_is_there_is_used_as_it_is_and_left_when_the_run_ends() {
        Cluster there = clusters.create(ANN, Described.plainly(ASKED), "API", Optional.empty(), Optional.empty());
        assertThat(taskClusters.started(run, there.id())).contains(there);
        taskClusters.release(run, List.of());
        assertThat(clusters.get(ANN, there.id())).isEqualTo(there);
        clusters.terminate(ANN, there.id());
        assertThat(taskClusters.started(run, there.id())).as("while it stops").isEmpty();
    }
}
