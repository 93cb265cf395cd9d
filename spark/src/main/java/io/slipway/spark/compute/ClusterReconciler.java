package io.slipway.spark.compute;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Reconciler;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.time.Duration;
import java.util.List;

/**
 * Brings a cluster from what it is to what it shall be, one safe step a pass. The state says what is wished; every step may be
 * repeated after a crash at any point.
 */
final class ClusterReconciler implements Reconciler<String> {
    private final Database database;
    private final ClusterStore clusters = new ClusterStore();
    private final NodeStore nodes = new NodeStore();
    private final Launching launching;
    private final Watching watching;
    private final Stopping stopping;

    ClusterReconciler(Base base, Launching launching, Watching watching, Stopping stopping) {
        this.database = base.database();
        this.launching = launching;
        this.watching = watching;
        this.stopping = stopping;
    }

    @Override
    public Outcome reconcile(String clusterId) {
        try {
            return database.read(handle -> clusters.find(handle, clusterId))
                    .map(cluster -> step(cluster, database.read(handle -> nodes.of(handle, clusterId))))
                    .orElse(Outcome.done());
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.CONFLICT) {
                // A user was faster: what was read is not true any more.
                return Outcome.again(Duration.ZERO);
            }
            throw e;
        }
    }

    private Outcome step(Cluster cluster, List<Node> nodesOfCluster) {
        boolean leftovers = stopping.releaseUnwanted(cluster, nodesOfCluster);
        if (leftovers) {
            return Outcome.again(Duration.ZERO);
        }
        return switch (cluster.state()) {
            case PENDING, RESTARTING -> launching.step(cluster, nodesOfCluster);
            case RUNNING, RESIZING -> watching.step(cluster, nodesOfCluster);
            case TERMINATING -> stopping.finish(cluster);
            case TERMINATED -> Outcome.done();
        };
    }

    /** Whether some cluster is on its way from one state to another. */
    boolean busy() {
        return database.read(clusters::underWay) > 0;
    }

    @Override
    public List<String> unfinished() {
        return database.read(clusters::notAtRest);
    }
}
