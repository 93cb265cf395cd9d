package io.slipway.wire.databricks.job;

import io.slipway.identity.Caller;
import java.util.Set;

/**
 * What settings are checked against that the document does not say.
 *
 * @param known clusters that the job has already; they may have gone since
 */
record SettingsRules(TaskClusters clusters, Caller caller, Set<String> known) {
    /** For settings that replace none. */
    static SettingsRules of(TaskClusters clusters, Caller caller) {
        return new SettingsRules(clusters, caller, Set.of());
    }

    void existing(String cluster) {
        if (!known.contains(cluster)) {
            clusters.existing(caller, cluster);
        }
    }
}
