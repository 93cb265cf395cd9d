package io.slipway.spark.compute;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Described;
import io.slipway.store.Json;
import io.slipway.store.TestBase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door to clusters for tests of other rooms, in which no cluster ever moves by itself. */
public final class StillClusters {
    private StillClusters() {}

    public static Clusters of(Base base) {
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        return new Clusters(
                base,
                identity,
                new InstanceProfiles(base, identity, arn -> true),
                NodeTypes.bundled(),
                RuntimeLines.bundled(),
                TestBase.deaf(base));
    }

    public static DriverStatuses statuses(Base base) {
        return new DriverStatuses(base.clock(), TestBase.deaf(base));
    }

    /** One machine, and nothing that anybody asked for besides. */
    public static ClusterSpec small(String name) {
        return new ClusterSpec(
                name,
                "18.0.x-scala2.13",
                "m5.large",
                "m5.large",
                Optional.of(0),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                0);
    }

    /** Id of a new small cluster. */
    public static String create(Clusters clusters, Caller caller, String name) {
        return clusters.create(caller, Described.plainly(small(name)), "API", Optional.empty(), Optional.empty())
                .id();
    }

    /** Writes down that it runs, and that its driver listens at this port of 10.0.0.1. */
    public static void up(Database database, String cluster, int port) {
        up(database, cluster, "i-1", "10.0.0.1", "{\"protocol\":2,\"port\":" + port + "}");
    }

    /** @param ready what its driver has said of itself */
    public static void up(Database database, String cluster, String node, String address, String ready) {
        String processes = Json.write(List.of(Map.of(
                "name", "driver",
                "generation", 1,
                "state", "RUNNING",
                "ready", ready,
                "stderrTail", "")));
        database.change(tx -> {
            tx.sql().execute("update cluster set state = 'RUNNING' where id = ?", cluster);
            tx.sql().execute("""
                            insert into node (id, cluster_id, role, node_type, launch, state, instance_id, address,
                                created_at, seen_at, observed)
                            values (?, ?, 'DRIVER', 'm5.large', 1, 'UP', ?, ?, 7, 8, ?)
                            """, node, cluster, node, address, processes);
        });
    }
}
