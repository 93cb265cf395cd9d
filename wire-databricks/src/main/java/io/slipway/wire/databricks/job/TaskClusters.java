package io.slipway.wire.databricks.job;

import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.Clusters;

/** What is asked about the clusters of tasks before settings are written. */
public interface TaskClusters {
    /** @throws PlatformException where such a cluster could not be made */
    void fresh(ClusterSpec spec);

    /** @throws PlatformException NOT_FOUND; INVALID_PARAMETER_VALUE for the cluster of a run, which goes with it */
    void existing(Caller caller, String id);

    static TaskClusters of(Clusters clusters) {
        return new TaskClusters() {
            @Override
            public void fresh(ClusterSpec spec) {
                clusters.check(spec);
            }

            @Override
            public void existing(Caller caller, String id) {
                Cluster cluster = clusters.get(caller, id);
                if (cluster.ownerRun().isPresent()) {
                    throw PlatformException.invalid("existing_cluster_id only supports all-purpose cluster IDs: " + id
                            + " is the cluster of a run.");
                }
            }
        };
    }
}
