package io.slipway.spark.compute;

import io.slipway.kit.Clock;
import io.slipway.kit.Outcome;
import io.slipway.kit.PrincipalId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps that end things: nodes of an older launch, nodes that were lost or drained, whole clusters. */
final class Stopping {
    private static final Logger log = LoggerFactory.getLogger(Stopping.class);

    private final Database database;
    private final Clock clock;
    private final NodeProvider provider;
    private final Facts facts;
    private final ClusterStore clusters = new ClusterStore();
    private final NodeStore nodes = new NodeStore();

    Stopping(Base base, NodeProvider provider) {
        this.database = base.database();
        this.clock = base.clock();
        this.provider = provider;
        this.facts = base.facts();
    }

    /** Gives one node back that the cluster has no use for any more; true if there was one. */
    boolean releaseUnwanted(Cluster cluster, List<Node> nodesOfCluster) {
        for (Node node : nodesOfCluster) {
            boolean wanted = node.state() != Node.State.RELEASING
                    && node.launch() == cluster.launch()
                    && cluster.state() != ClusterState.TERMINATING
                    && cluster.state() != ClusterState.TERMINATED;
            if (!wanted) {
                release(node);
                return true;
            }
        }
        return false;
    }

    private void release(Node node) {
        database.change(tx -> nodes.state(tx, node.id(), Node.State.RELEASING));
        provider.release(node);
        database.change(tx -> nodes.delete(tx, node.id()));
        log.info("released node {} of cluster {}", node.id(), node.clusterId());
    }

    /** Nothing of the cluster is left: it has come to rest. */
    Outcome finish(Cluster cluster) {
        database.change(tx -> {
            clusters.move(tx, cluster, ClusterState.TERMINATED, cluster.stateMessage());
            clusters.terminated(tx, cluster.id(), clock.millis());
            clusters.deleteForgotten(tx, cluster.id());
            facts.tell(tx, PrincipalId.SYSTEM, new ClusterFact.Ended(cluster.ref()));
        });
        return Outcome.done();
    }

    /** Gives back what the provider still has and no row knows: left by a crash between two steps. */
    void sweep() {
        List<String> known =
                database.read(handle -> nodes.all(handle).stream().map(Node::id).toList());
        provider.list().stream().filter(id -> !known.contains(id)).forEach(provider::releaseUnknown);
    }
}
