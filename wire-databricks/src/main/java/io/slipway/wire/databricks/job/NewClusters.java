package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.store.Described;
import io.slipway.wire.databricks.compute.ClusterRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the clusters that settings ask for, and gathers what was sent for each. */
final class NewClusters {
    private final Consumer<ClusterSpec> check;
    private final Map<String, String> sent = new HashMap<>();

    /** @param check refuses a cluster that could not be made */
    NewClusters(Consumer<ClusterSpec> check) {
        this.check = check;
    }

    /** @param part its name in the manifest of the settings */
    ClusterSpec read(String part, ObjectNode newCluster) {
        Described<ClusterSpec> wanted = ClusterRequest.read(newCluster);
        check.accept(wanted.thing());
        sent.put(part, wanted.manifest().text());
        return wanted.thing();
    }

    /** By the names of their parts. */
    Map<String, String> sent() {
        return sent;
    }
}
