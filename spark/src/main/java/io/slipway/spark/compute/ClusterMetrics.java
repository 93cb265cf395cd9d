package io.slipway.spark.compute;

import io.slipway.identity.Caller;
import io.slipway.kit.Clock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.time.Duration;
import java.util.List;

/** The door to how busy a cluster's nodes were, also those that are released. Whoever may see the cluster may see that. */
public final class ClusterMetrics {
    /** How long measurements are kept. */
    public static final Duration KEPT = Duration.ofDays(7);

    /** Of one node in one answer: more would not be seen on a screen. */
    private static final int MOST_POINTS = 300;

    /** Agents measure about so often. */
    private static final Duration STEP = Duration.ofSeconds(20);

    private final Database database;
    private final Clock clock;
    private final Clusters clusters;
    private final NodeLoadStore store = new NodeLoadStore();

    public ClusterMetrics(Base base, Clusters clusters) {
        this.database = base.database();
        this.clock = base.clock();
        this.clusters = clusters;
    }

    /** One node in one span of time. */
    public record Point(String nodeId, Node.Role role, NodeLoad load) {}

    /** @param points oldest first */
    public record Reading(long begins, long ends, List<Point> points) {
        public Reading {
            points = List.copyOf(points);
        }
    }

    /** Measurements of the last {@code range}, joined so that there are at most 300 of a node. */
    public Reading of(Caller caller, String clusterId, Duration range) {
        clusters.get(caller, clusterId);
        long span = Math.max(STEP.toMillis(), range.toMillis() / MOST_POINTS);
        long ends = clock.millis();
        long begins = ends - range.toMillis();
        return new Reading(begins, ends, database.read(handle -> store.of(handle, clusterId, begins, span)));
    }
}
