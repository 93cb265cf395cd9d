package io.slipway.work.job;

import io.slipway.protocol.driver.ContextSpec;
import java.util.List;

/**
 * One task of a job (Jobs API 2.1, Task).
 *
 * @param timeoutSeconds 0 = none
 * @param maxRetries -1 = for ever
 */
public record TaskSpec(
        String key,
        List<Dependency> dependsOn,
        RunIf runIf,
        Compute compute,
        Work work,
        List<ContextSpec.Library> libraries,
        int timeoutSeconds,
        int maxRetries,
        long minRetryIntervalMillis,
        boolean retryOnTimeout) {

    /** Another task that comes first. */
    public record Dependency(String taskKey) {}

    /** Which outcomes of the tasks before it let a task run. */
    public enum RunIf {
        ALL_SUCCESS,
        ALL_DONE,
        NONE_FAILED,
        AT_LEAST_ONE_SUCCESS,
        ALL_FAILED,
        AT_LEAST_ONE_FAILED
    }

    public TaskSpec {
        dependsOn = List.copyOf(dependsOn);
        libraries = List.copyOf(libraries);
    }
}
