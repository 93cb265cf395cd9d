package io.slipway.spark.compute;

import io.slipway.store.Tx;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Rows of {@code node_load}. */
final class NodeLoadStore {
    /** An agent repeats a measurement until it has a newer one. */
    void insert(Tx tx, Node node, NodeLoad load) {
        tx.sql()
                .createUpdate("""
                        insert into node_load (node_id, at, cluster_id, role, cpu_cores, memory_bytes, disk_free_bytes)
                        values (:node, :at, :cluster, :role, :cpu, :memory, :disk)
                        on conflict (node_id, at) do nothing
                        """)
                .bind("node", node.id())
                .bind("at", load.at())
                .bind("cluster", node.clusterId())
                .bind("role", node.role())
                .bind("cpu", load.cpuCores())
                .bind("memory", load.memoryBytes())
                .bind("disk", load.diskFreeBytes())
                .execute();
    }

    void forget(Tx tx, long before) {
        tx.sql()
                .createUpdate("delete from node_load where at < :before")
                .bind("before", before)
                .execute();
    }

    /** Means over spans of {@code span} milliseconds, of the disk the least; oldest first. */
    List<ClusterMetrics.Point> of(Handle handle, String clusterId, long since, long span) {
        return handle.createQuery("""
                        select node_id, role, begins, avg(cpu_cores) as cpu, avg(memory_bytes) as memory,
                            min(disk_free_bytes) as disk
                        from (select l.*, (at / :span) * :span as begins from node_load l
                              where cluster_id = :cluster and at >= :since) measured
                        group by node_id, role, begins order by begins, role, node_id
                        """)
                .bind("span", span)
                .bind("cluster", clusterId)
                .bind("since", since)
                .map((row, c) -> new ClusterMetrics.Point(
                        row.getString("node_id"),
                        Node.Role.valueOf(row.getString("role")),
                        new NodeLoad(
                                row.getLong("begins"),
                                row.getDouble("cpu"),
                                Math.round(row.getDouble("memory")),
                                row.getLong("disk"))))
                .list();
    }
}
