package io.slipway.spark.compute;

import io.slipway.identity.SessionTokens;
import io.slipway.kit.Clock;
import io.slipway.kit.Elapsed;
import io.slipway.kit.Loop;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where agents meet the platform: what shall run on their node, and what they have seen there. */
public final class Fleet {
    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final SessionTokens secrets;
    private final ProcessPlanner planner;
    private final Loop<String> loop;
    private final Elapsed<String> silence;
    private final ClusterStore clusters = new ClusterStore();
    private final NodeStore nodes = new NodeStore();
    private final NodeLoadStore loads = new NodeLoadStore();

    public Fleet(Base base, SessionTokens secrets, ProcessPlanner planner, Loop<String> loop, Elapsed<String> silence) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.secrets = secrets;
        this.planner = planner;
        this.loop = loop;
        this.silence = silence;
    }

    /** The token with which an agent introduces itself, once. */
    public static String bootstrapToken(SessionTokens secrets, String nodeId) {
        return secrets.derive("agent-bootstrap:" + nodeId);
    }

    /** The node's own key, if {@code bootstrapToken} is right and the key was not used yet. */
    public Optional<String> register(String nodeId, String bootstrapToken) {
        if (!SessionTokens.sameBytes(bootstrapToken(secrets, nodeId), bootstrapToken)) {
            return Optional.empty();
        }
        return database.read(handle -> nodes.keyUsed(handle, nodeId))
                .filter(used -> !used)
                .map(unused -> key(nodeId));
    }

    private String key(String nodeId) {
        return secrets.derive("agent-key:" + nodeId);
    }

    /** Whether {@code key} is the node's own. */
    public boolean authentic(String nodeId, String key) {
        return SessionTokens.sameBytes(key(nodeId), key);
    }

    public boolean known(String nodeId) {
        return clusterOf(nodeId).isPresent();
    }

    /** The cluster that the node belongs to; empty for a node that is not wanted any more. */
    public Optional<String> clusterOf(String nodeId) {
        return database.read(handle -> nodes.find(handle, nodeId)).map(Node::clusterId);
    }

    /** The ARN of the instance profile of the node's cluster. */
    public Optional<String> instanceProfile(String nodeId) {
        return database.read(handle -> nodes.find(handle, nodeId)
                .flatMap(node -> clusters.find(handle, node.clusterId()))
                .flatMap(cluster -> cluster.spec().instanceProfile()));
    }

    /** The workspace of the node's cluster; empty for a node that is not wanted any more. */
    public Optional<WorkspaceId> workspaceOf(String nodeId) {
        return database.read(handle -> nodes.find(handle, nodeId)
                .flatMap(node -> clusters.find(handle, node.clusterId()))
                .map(Cluster::workspace));
    }

    /** {@code listener} is told the id of every cluster on whose nodes something else may have to run than before. */
    public void onReplanned(Consumer<String> listener) {
        facts.on(
                ClusterFact.Replanned.class,
                (tx, fact) ->
                        tx.afterCommit(() -> listener.accept(fact.subject().id())));
    }

    /** What shall run on the node right now. */
    public List<WantedProcess> wanted(String nodeId) {
        return database.read(handle -> nodes.find(handle, nodeId)
                        .filter(node -> node.state() != Node.State.RELEASING)
                        .flatMap(node -> clusters.find(handle, node.clusterId())
                                .filter(cluster -> node.launch() == cluster.launch())
                                .map(cluster -> new Rows(cluster, node, nodes.of(handle, cluster.id())))))
                // A planner may have to read too: secrets, for instance.
                .flatMap(rows -> planner.plan(rows.cluster(), rows.node(), rows.all()))
                .map(List::of)
                .orElse(List.of());
    }

    /** @param all nodes of the cluster */
    private record Rows(Cluster cluster, Node node, List<Node> all) {}

    /** Writes down what the agent sees, and how busy the node is if it could measure that. */
    public void observed(String nodeId, List<ObservedProcess> processes, Optional<NodeLoad> load) {
        Optional<Node> before = database.read(handle -> nodes.find(handle, nodeId));
        if (before.isEmpty()) {
            return;
        }
        Node node = before.get();
        silence.forget(nodeId);
        boolean news = !node.observed().equals(processes) || node.state() == Node.State.ACQUIRING;
        database.change(tx -> {
            nodes.observe(tx, nodeId, clock.millis(), processes);
            load.ifPresent(measured -> {
                loads.insert(tx, node, measured);
                loads.forget(tx, clock.millis() - ClusterMetrics.KEPT.toMillis());
            });
            if (news) {
                tx.wake(loop, node.clusterId());
            }
        });
    }
}
