package io.slipway.work.job;

import io.slipway.spark.compute.ClusterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job is.
 *
 * @param jobClusters by key
 * @param parameters defaults of the job's parameters
 * @param queue whether a run beyond {@code maxConcurrentRuns} waits for its turn instead of being skipped
 * @param timeoutSeconds of a whole run, 0 = none
 */
public record JobSettings(
        String name,
        List<TaskSpec> tasks,
        Map<String, ClusterSpec> jobClusters,
        Map<String, String> parameters,
        int timeoutSeconds,
        int maxConcurrentRuns,
        boolean queue,
        Optional<Schedule> schedule) {
    public JobSettings {
        tasks = List.copyOf(tasks);
        jobClusters = Map.copyOf(jobClusters);
        parameters = Map.copyOf(parameters);
    }

    /** When the job runs by itself the first time after {@code millis}; 0: never. */
    long nextRunAfter(long millis) {
        return schedule.flatMap(when -> when.nextAfter(millis)).orElse(0L);
    }

    /** The name that a manifest of settings has for the part of a cluster which a task has for itself. */
    public static String ownCluster(String taskKey) {
        return "tasks/" + taskKey;
    }

    /** The name that a manifest of settings has for the part of a cluster which tasks share. */
    public static String sharedCluster(String jobClusterKey) {
        return "job_clusters/" + jobClusterKey;
    }

    public TaskSpec task(String key) {
        return tasks.stream()
                .filter(task -> task.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no task " + key));
    }
}
