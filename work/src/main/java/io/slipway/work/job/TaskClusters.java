package io.slipway.work.job;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.TerminationReason;
import io.slipway.spark.kernel.Contexts;
import java.util.List;
import java.util.Optional;

/** Finds or makes the cluster of a task, and gives back what was made for tasks and runs. */
final class TaskClusters {
    private final Clusters clusters;
    private final Contexts contexts;

    TaskClusters(Clusters clusters, Contexts contexts) {
        this.clusters = clusters;
        this.contexts = contexts;
    }

    /** The task's cluster, made or started if need be; empty while it is stopping and cannot be started yet. */
    Optional<Cluster> obtain(Run run, TaskRun task, TaskSpec spec) {
        Compute compute = spec.compute();
        if (compute instanceof Compute.Existing existing) {
            return start(run, existing.clusterId());
        }
        if (compute instanceof Compute.Fresh fresh) {
            return Optional.of(create(run, fresh.spec(), name(run), "task-" + task.id(), task.id()));
        }
        String key = ((Compute.Shared) compute).jobClusterKey();
        ClusterSpec shared = run.settings().jobClusters().get(key);
        if (shared == null) {
            throw PlatformException.invalid("Job cluster " + key + " is not defined.");
        }
        return Optional.of(create(run, shared, name(run) + "-" + key, "run-" + run.id() + "-" + key, run.id()));
    }

    private Optional<Cluster> start(Run run, String clusterId) {
        Cluster cluster = clusters.get(run.owner(), clusterId);
        if (cluster.state() == ClusterState.TERMINATING) {
            return Optional.empty();
        }
        if (cluster.state() == ClusterState.TERMINATED) {
            try {
                clusters.start(run.owner(), clusterId);
            } catch (PlatformException e) {
                if (e.code() != ErrorCode.INVALID_STATE) {
                    throw e;
                }
                // Somebody else was faster.
            }
        }
        return Optional.of(clusters.get(run.owner(), clusterId));
    }

    private Cluster create(Run run, ClusterSpec spec, String name, String token, long owner) {
        ClusterSpec named = new ClusterSpec(
                name,
                spec.sparkVersion(),
                spec.nodeTypeId(),
                spec.driverNodeTypeId(),
                spec.workers(),
                spec.autoscale(),
                spec.sparkConf(),
                spec.sparkEnvVars(),
                spec.customTags(),
                0,
                spec.document());
        return clusters.create(run.owner(), named, "JOB", Optional.of(owner), Optional.of(token));
    }

    private static String name(Run run) {
        return "job-" + run.jobId().orElse(0L) + "-run-" + run.id();
    }

    Cluster get(Run run, String clusterId) {
        return clusters.get(run.owner(), clusterId);
    }

    /** Empty if it was deleted for good. */
    Optional<Cluster> find(Run run, String clusterId) {
        try {
            return Optional.of(get(run, clusterId));
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Gives back what was made for this task alone: its context and, if it has one of its own, its cluster. */
    void release(Run run, TaskRun task) {
        if (contexts.find(run.owner(), task.contextId()).isPresent()) {
            contexts.destroy(run.owner(), task.contextId());
        }
        release(run, task.id());
    }

    /** Gives back the clusters that the tasks of this run shared, and what a task that ended left behind. */
    void release(Run run, List<TaskRun> attempts) {
        attempts.forEach(task -> release(run, task));
        release(run, run.id());
    }

    /** By owner and not by what the task has written down: it may not have come to that. */
    private void release(Run run, long owner) {
        clusters.ownedBy(run.owner(), owner).forEach(cluster -> terminate(run, cluster.id()));
    }

    private void terminate(Run run, String clusterId) {
        try {
            clusters.terminate(run.owner(), clusterId, TerminationReason.jobFinished());
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }
}
