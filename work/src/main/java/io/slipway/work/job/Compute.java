package io.slipway.work.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterSpec;
import java.util.Optional;

/** Where a task runs. Stored as JSON with its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Compute.Existing.class, name = "existing"),
    @JsonSubTypes.Type(value = Compute.Fresh.class, name = "fresh"),
    @JsonSubTypes.Type(value = Compute.Shared.class, name = "shared")
})
public sealed interface Compute {
    /** The task's cluster, made or started if need be; empty while it is stopping and cannot be started yet. */
    Optional<Cluster> obtain(TaskClusters clusters, Run run, TaskRun task);

    /** Throws unless the job's settings have what a task needs to run here. */
    default void check(JobSettings settings, String taskKey) {}

    /** A cluster that is there; started if it is not running. */
    record Existing(String clusterId) implements Compute {
        @Override
        public Optional<Cluster> obtain(TaskClusters clusters, Run run, TaskRun task) {
            return clusters.started(run, clusterId);
        }
    }

    /** A cluster of its own, made for the task and released after it. */
    record Fresh(ClusterSpec spec) implements Compute {
        @Override
        public Optional<Cluster> obtain(TaskClusters clusters, Run run, TaskRun task) {
            return Optional.of(clusters.ofTask(run, task, spec));
        }
    }

    /** One of the job's clusters: made for the first task of the run that needs it, released after the run. */
    record Shared(String jobClusterKey) implements Compute {
        @Override
        public Optional<Cluster> obtain(TaskClusters clusters, Run run, TaskRun task) {
            return Optional.of(clusters.ofRun(run, jobClusterKey));
        }

        @Override
        public void check(JobSettings settings, String taskKey) {
            if (!settings.jobClusters().containsKey(jobClusterKey)) {
                throw PlatformException.invalid("Task '" + taskKey + "' uses job cluster '" + jobClusterKey
                        + "', which is not defined in job_clusters.");
            }
        }
    }
}
