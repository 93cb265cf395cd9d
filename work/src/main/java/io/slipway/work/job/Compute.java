package io.slipway.work.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.slipway.spark.compute.ClusterSpec;

/** Where a task runs. Stored as JSON with its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Compute.Existing.class, name = "existing"),
    @JsonSubTypes.Type(value = Compute.Fresh.class, name = "fresh"),
    @JsonSubTypes.Type(value = Compute.Shared.class, name = "shared")
})
public sealed interface Compute {
    /** A cluster that is there; started if it is not running. */
    record Existing(String clusterId) implements Compute {}

    /** A cluster of its own, made for the task and released after it. */
    record Fresh(ClusterSpec spec) implements Compute {}

    /** One of the job's clusters: made for the first task of the run that needs it, released after the run. */
    record Shared(String jobClusterKey) implements Compute {}
}
