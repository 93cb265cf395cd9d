package io.slipway.platform.compute;

import io.slipway.kit.Clock;
import io.slipway.platform.identity.SessionTokens;
import io.slipway.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where agents meet the platform: what shall run on their node, and what they have seen there. */
public final class Fleet {
    private final Database database;
    private final Clock clock;
    private final SessionTokens secrets;
    private final ProcessPlanner planner;
    private final Consumer<String> wake;
    private final ClusterStore clusters = new ClusterStore();
    private final NodeStore nodes = new NodeStore();
    private final NodeLoadStore loads = new NodeLoadStore();

    /** @param wake told the id of a cluster when one of its nodes has news */
    public Fleet(Database database, Clock clock, SessionTokens secrets, ProcessPlanner planner, Consumer<String> wake) {
        this.database = database;
        this.clock = clock;
        this.secrets = secrets;
        this.planner = planner;
        this.wake = wake;
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
        return database.read(handle -> nodes.find(handle, nodeId)).isPresent();
    }

    /** What shall run on the node right now. */
    public List<WantedProcess> wanted(String nodeId) {
        return database.read(handle -> nodes.find(handle, nodeId)
                        .filter(node -> node.state() != Node.State.RELEASING)
                        .flatMap(node -> clusters.find(handle, node.clusterId())
                                .filter(cluster -> node.launch() == cluster.launch())
                                .flatMap(cluster -> planner.plan(cluster, node, nodes.of(handle, cluster.id())))))
                .map(List::of)
                .orElse(List.of());
    }

    /** Writes down what the agent sees, and how busy the node is if it could measure that. */
    public void observed(String nodeId, List<ObservedProcess> processes, Optional<NodeLoad> load) {
        Optional<Node> before = database.read(handle -> nodes.find(handle, nodeId));
        if (before.isEmpty()) {
            return;
        }
        Node node = before.get();
        boolean news = !node.observed().equals(processes) || node.state() == Node.State.ACQUIRING;
        database.change(tx -> {
            nodes.observe(tx, nodeId, clock.millis(), processes);
            load.ifPresent(measured -> {
                loads.insert(tx, node, measured);
                loads.forget(tx, clock.millis() - ClusterMetrics.KEPT.toMillis());
            });
            if (news) {
                tx.afterCommit(() -> wake.accept(node.clusterId()));
            }
        });
    }
}
