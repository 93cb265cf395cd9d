package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.store.Described;
import io.slipway.wire.databricks.compute.ClusterRequest;
import io.slipway.work.job.Compute;
import java.util.HashMap;
import java.util.Map;

/** Reads the clusters that settings ask for, and gathers what was sent for those that are to be made. */
final class SettingsClusters {
    private final SettingsRules rules;
    private final Map<String, String> sent = new HashMap<>();

    SettingsClusters(SettingsRules rules) {
        this.rules = rules;
    }

    Compute.Existing existing(String id) {
        rules.existing(id);
        return new Compute.Existing(id);
    }

    /** @param part its name in the manifest of the settings */
    ClusterSpec read(String part, ObjectNode newCluster) {
        Described<ClusterSpec> wanted = ClusterRequest.read(newCluster);
        rules.clusters().fresh(wanted.thing());
        sent.put(part, wanted.manifest().text());
        return wanted.thing();
    }

    /** By the names of their parts. */
    Map<String, String> sent() {
        return sent;
    }
}
