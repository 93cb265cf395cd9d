package io.slipway.work.job;

import io.slipway.spark.compute.ClusterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job is. The fields are those that the platform acts on; {@code document} is what clients see.
 *
 * @param jobClusters by key
 * @param parameters defaults of the job's parameters
 * @param queue whether a run beyond {@code maxConcurrentRuns} waits for its turn instead of being skipped
 * @param timeoutSeconds of a whole run, 0 = none
 * @param document the accepted settings in the form of Jobs API 2.1, as JSON text
 */
public record JobSettings(
        String name,
        List<TaskSpec> tasks,
        Map<String, ClusterSpec> jobClusters,
        Map<String, String> parameters,
        int timeoutSeconds,
        int maxConcurrentRuns,
        boolean queue,
        Optional<Schedule> schedule,
        String document) {
    public JobSettings {
        tasks = List.copyOf(tasks);
        jobClusters = Map.copyOf(jobClusters);
        parameters = Map.copyOf(parameters);
    }

    /** When the job runs by itself the first time after {@code millis}; 0: never. */
    long nextRunAfter(long millis) {
        return schedule.flatMap(when -> when.nextAfter(millis)).orElse(0L);
    }

    public TaskSpec task(String key) {
        return tasks.stream()
                .filter(task -> task.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no task " + key));
    }
}
