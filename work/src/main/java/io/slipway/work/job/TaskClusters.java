package io.slipway.work.job;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.TerminationReason;
import io.slipway.spark.kernel.Contexts;
import io.slipway.store.Database;
import io.slipway.store.Described;
import java.util.List;
import java.util.Optional;

/** Finds or makes the cluster of a task, and gives back what was made for tasks and runs. */
final class TaskClusters {
    private final Database database;
    private final Identities identities;
    private final Clusters clusters;
    private final Contexts contexts;
    private final RunStore runs = new RunStore();

    TaskClusters(Database database, Identities identities, Clusters clusters, Contexts contexts) {
        this.database = database;
        this.identities = identities;
        this.clusters = clusters;
        this.contexts = contexts;
    }

    /** A cluster that the task has for itself. */
    Cluster ofTask(Run run, TaskRun task, ClusterSpec spec) {
        return create(
                run, spec.lasting(name(run)), JobSettings.ownCluster(task.taskKey()), "task-" + task.id(), task.id());
    }

    /** A cluster that tasks of the run share. */
    Cluster ofRun(Run run, String key) {
        ClusterSpec shared = run.settings().jobClusters().get(key);
        if (shared == null) {
            throw PlatformException.invalid("Job cluster " + key + " is not defined.");
        }
        return create(
                run,
                shared.lasting(name(run) + "-" + key),
                JobSettings.sharedCluster(key),
                "run-" + run.id() + "-" + key,
                run.id());
    }

    /** A cluster that is there, started if need be; empty while it is stopping and cannot be started yet. */
    Optional<Cluster> started(Run run, String clusterId) {
        Cluster cluster = clusters.get(owner(run), clusterId);
        if (cluster.state() == ClusterState.TERMINATING) {
            return Optional.empty();
        }
        if (cluster.state() == ClusterState.TERMINATED) {
            try {
                clusters.start(owner(run), clusterId);
            } catch (PlatformException e) {
                if (e.code() != ErrorCode.INVALID_STATE) {
                    throw e;
                }
                // Somebody else was faster.
            }
        }
        return Optional.of(get(clusterId));
    }

    private Cluster create(Run run, ClusterSpec spec, String part, String token, long owner) {
        Described<ClusterSpec> wanted = new Described<>(
                spec, database.read(handle -> runs.manifest(handle, run.id())).part(part));
        return clusters.create(owner(run), wanted, "JOB", Optional.of(owner), Optional.of(token));
    }

    private static String name(Run run) {
        return "job-" + run.jobId().orElse(0L) + "-run-" + run.id();
    }

    /** As whom a run works: its owner, with the rights that they have now. Throws PERMISSION_DENIED when there is no such user. */
    Caller owner(Run run) {
        return identities.acting(run.workspace(), run.owner());
    }

    /** The cluster of a task that has been obtained. */
    Cluster get(String clusterId) {
        return clusters.get(Caller.SYSTEM, clusterId);
    }

    /** Empty if it was deleted for good. */
    Optional<Cluster> find(String clusterId) {
        try {
            return Optional.of(get(clusterId));
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Gives back what was made for this task alone: its context and, if it has one of its own, its cluster. */
    void release(TaskRun task) {
        if (contexts.find(Caller.SYSTEM, task.contextId()).isPresent()) {
            contexts.destroy(Caller.SYSTEM, task.contextId());
        }
        release(task.id());
    }

    /** Gives back the clusters that the tasks of this run shared, and what a task that ended left behind. */
    void release(Run run, List<TaskRun> attempts) {
        attempts.forEach(this::release);
        release(run.id());
    }

    /** By owner and not by what the task has written down: it may not have come to that. */
    private void release(long owner) {
        clusters.ownedBy(Caller.SYSTEM, owner).forEach(cluster -> terminate(cluster.id()));
    }

    private void terminate(String clusterId) {
        try {
            clusters.terminate(Caller.SYSTEM, clusterId, TerminationReason.jobFinished());
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }
}
