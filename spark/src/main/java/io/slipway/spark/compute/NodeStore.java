package io.slipway.spark.compute;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Rows of {@code node}. */
final class NodeStore {
    private static final TypeReference<List<ObservedProcess>> PROCESSES = new TypeReference<>() {};

    void insert(Tx tx, Node node) {
        tx.sql()
                .createUpdate("""
                        insert into node (id, cluster_id, role, node_type, launch, state, instance_id, address,
                            created_at, seen_at, observed)
                        values (:id, :cluster, :role, :type, :launch, :state, '', '', :createdAt, 0, '[]')
                        """)
                .bind("id", node.id())
                .bind("cluster", node.clusterId())
                .bind("role", node.role())
                .bind("type", node.nodeType())
                .bind("launch", node.launch())
                .bind("state", node.state())
                .bind("createdAt", node.createdAt())
                .execute();
    }

    Optional<Node> find(Handle handle, String id) {
        return handle.createQuery("select * from node where id = :id")
                .bind("id", id)
                .map((row, context) -> node(row))
                .findOne();
    }

    /** Of one cluster, driver first, then by age. */
    List<Node> of(Handle handle, String clusterId) {
        return handle.createQuery("select * from node where cluster_id = :cluster order by role, created_at, id")
                .bind("cluster", clusterId)
                .map((row, context) -> node(row))
                .list();
    }

    /** Of several clusters, by cluster; each one's driver first, then by age. */
    Map<String, List<Node>> of(Handle handle, List<String> clusterIds) {
        return clusterIds.isEmpty()
                ? Map.of()
                : handle
                        .createQuery("select * from node where cluster_id in (<clusters>)")
                        .bindList("clusters", clusterIds)
                        .map((row, context) -> node(row))
                        .stream()
                        .sorted(Comparator.comparing(Node::role)
                                .thenComparing(Node::createdAt)
                                .thenComparing(Node::id))
                        .collect(Collectors.groupingBy(Node::clusterId));
    }

    List<Node> all(Handle handle) {
        return handle.createQuery("select * from node order by cluster_id, role, created_at")
                .map((row, context) -> node(row))
                .list();
    }

    /** Whether the node's own key was shown; empty for an unknown node. */
    Optional<Boolean> keyUsed(Handle handle, String id) {
        return handle.createQuery("select key_used from node where id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .map(used -> used != 0);
    }

    void acquired(Tx tx, String id, NodeProvider.Acquired acquired) {
        tx.sql()
                .createUpdate("update node set instance_id = :instance, address = :address where id = :id")
                .bind("instance", acquired.instanceId())
                .bind("address", acquired.address())
                .bind("id", id)
                .execute();
    }

    void state(Tx tx, String id, Node.State state) {
        tx.sql()
                .createUpdate("update node set state = :state where id = :id")
                .bind("state", state)
                .bind("id", id)
                .execute();
    }

    /** What the agent said; a node that is being acquired is up now. */
    void observe(Tx tx, String id, long seenAt, List<ObservedProcess> processes) {
        tx.sql()
                .createUpdate("""
                        update node set seen_at = :seenAt, observed = :observed,
                            key_used = 1, state = case when state = 'ACQUIRING' then 'UP' else state end
                        where id = :id
                        """)
                .bind("seenAt", seenAt)
                .bind("observed", Json.write(processes))
                .bind("id", id)
                .execute();
    }

    void delete(Tx tx, String id) {
        tx.sql().createUpdate("delete from node where id = :id").bind("id", id).execute();
    }

    private static Node node(ResultSet row) throws SQLException {
        return new Node(
                row.getString("id"),
                row.getString("cluster_id"),
                Node.Role.valueOf(row.getString("role")),
                row.getString("node_type"),
                row.getInt("launch"),
                Node.State.valueOf(row.getString("state")),
                row.getString("instance_id"),
                row.getString("address"),
                row.getLong("created_at"),
                row.getLong("seen_at"),
                Json.read(row.getString("observed"), PROCESSES));
    }
}
