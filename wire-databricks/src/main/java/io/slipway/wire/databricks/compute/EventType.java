package io.slipway.wire.databricks.compute;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.spark.compute.ClusterFact;
import io.slipway.spark.compute.ClusterSpec;
import java.util.function.BiConsumer;

/**
 * Clusters API 2.1, {@code EventType}, and what the details of an event say. Also those that do not happen here, since clients ask for
 * them; those that do have the names of facts.
 */
enum EventType {
    ADD_NODES_FAILED,
    AUTOMATIC_CLUSTER_UPDATE,
    AUTOSCALING_BACKOFF,
    AUTOSCALING_FAILED,
    AUTOSCALING_STATS_REPORT,
    CLUSTER_MIGRATED,
    CREATING(ClusterFact.Creating.class, (details, fact) -> {
        details.set("cluster_size", size(fact.spec()));
        details.set("attributes", attributes(fact.spec()));
        details.put("user", fact.user());
    }),
    DBFS_DOWN,
    DECOMMISSION_ENDED,
    DECOMMISSION_STARTED,
    DID_NOT_EXPAND_DISK,
    DRIVER_HEALTHY(ClusterFact.DriverHealthy.class, (details, fact) -> {}),
    DRIVER_NOT_RESPONDING,
    DRIVER_UNAVAILABLE,
    EDITED(ClusterFact.Edited.class, (details, fact) -> {
        details.set("attributes", attributes(fact.spec()));
        details.set("previous_attributes", attributes(fact.previous()));
        details.set("cluster_size", size(fact.spec()));
        details.set("previous_cluster_size", size(fact.previous()));
        details.put("user", fact.user());
    }),
    EXPANDED_DISK,
    FAILED_TO_EXPAND_DISK,
    INIT_SCRIPTS_FINISHED,
    INIT_SCRIPTS_STARTED,
    METASTORE_DOWN,
    NODES_LOST(ClusterFact.NodesLost.class, (details, fact) -> details.put("driver_state_message", fact.message())),
    NODE_BLACKLISTED,
    NODE_EXCLUDED_DECOMMISSIONED,
    PINNED(ClusterFact.Pinned.class, (details, fact) -> details.put("user", fact.user())),
    RESIZING(ClusterFact.Resizing.class, (details, fact) -> {
        workers(details, fact.currentWorkers(), fact.targetWorkers());
        details.put("cause", fact.cause());
        details.put("user", fact.user());
    }),
    RESTARTING(ClusterFact.Restarting.class, (details, fact) -> details.put("user", fact.user())),
    RUNNING(ClusterFact.Running.class, (details, fact) -> workers(details, fact.workers(), fact.workers())),
    SPARK_EXCEPTION(
            ClusterFact.SparkException.class, (details, fact) -> details.put("driver_state_message", fact.message())),
    STARTING(ClusterFact.Starting.class, (details, fact) -> {
        details.put("user", fact.user());
        if (!fact.notes().isEmpty()) {
            details.put("driver_state_message", String.join(" ", fact.notes()));
        }
    }),
    TERMINATING(ClusterFact.Terminating.class, (details, fact) -> {
        details.set("reason", ClusterJson.termination(fact.reason()));
        fact.user().ifPresent(user -> details.put("user", user));
    }),
    UNPINNED(ClusterFact.Unpinned.class, (details, fact) -> details.put("user", fact.user())),
    UPSIZE_COMPLETED(
            ClusterFact.UpsizeCompleted.class, (details, fact) -> workers(details, fact.workers(), fact.workers()));

    // What is given are functions without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiConsumer<ObjectNode, ClusterFact> details;

    /** One that does not happen here. */
    EventType() {
        this(ClusterFact.class, (details, fact) -> {});
    }

    <F extends ClusterFact> EventType(Class<F> type, BiConsumer<ObjectNode, F> details) {
        this.details = (out, fact) -> details.accept(out, type.cast(fact));
    }

    void describe(ObjectNode out, ClusterFact fact) {
        details.accept(out, fact);
    }

    private static void workers(ObjectNode details, int current, int target) {
        details.put("current_num_workers", current);
        details.put("target_num_workers", target);
    }

    private static ObjectNode attributes(ClusterSpec spec) {
        return ClusterJson.attributes(JsonNodeFactory.instance.objectNode(), spec);
    }

    private static ObjectNode size(ClusterSpec spec) {
        return ClusterJson.size(JsonNodeFactory.instance.objectNode(), spec.size());
    }
}
