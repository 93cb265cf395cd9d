package io.slipway.spark.compute;

import io.slipway.identity.IdentityArea;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.Elapsed;
import io.slipway.kit.Loop;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.driver.DriverClient;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.store.Base;
import java.util.function.Function;

/** Clusters and their nodes, put together. */
public final class ComputeRoom {
    private final InstanceProfiles profiles;
    private final Clusters clusters;
    private final Drivers drivers;
    private final Fleet fleet;
    private final DriverStatuses statuses;
    private final Stopping stopping;
    private final ClusterReconciler reconciler;
    private final SparkUi sparkUi;
    private final ClusterMetrics metrics;

    /**
     * What clusters are made of, outside the server.
     *
     * @param aws knows instance profiles
     * @param planner says what runs on a node, given where drivers are
     */
    public record Outside(
            NodeTypes nodeTypes,
            RuntimeLines runtimes,
            RuntimeInstalls installs,
            NodeProvider nodes,
            DriverClient client,
            InstanceProfiles.Aws aws,
            Function<Drivers, ProcessPlanner> planner) {}

    public ComputeRoom(Base base, IdentityArea identity, Outside outside) {
        SessionTokens tokens = identity.tokens();
        Loop<String> loop = base.loops().loop("cluster");
        statuses = new DriverStatuses(base.clock(), loop);
        Elapsed<String> silence = new Elapsed<>(base.clock());
        drivers = new Drivers(base, tokens);
        profiles = new InstanceProfiles(base, identity, outside.aws());
        clusters = new Clusters(base, identity, profiles, outside.nodeTypes(), outside.runtimes(), loop);
        ProcessPlanner planner = outside.planner().apply(drivers);
        fleet = new Fleet(base, tokens, planner, loop, silence);
        Launching launching = new Launching(
                base, outside.runtimes(), outside.installs(), outside.nodeTypes(), outside.nodes(), planner);
        Watching watching = new Watching(
                base, outside.nodeTypes(), outside.nodes(), drivers, outside.client(), statuses, launching, silence);
        stopping = new Stopping(base, outside.nodes());
        reconciler = new ClusterReconciler(base, launching, watching, stopping);
        base.loops().run(loop, reconciler);
        sparkUi = new SparkUi(clusters, drivers, tokens);
        metrics = new ClusterMetrics(base, clusters);
    }

    public InstanceProfiles profiles() {
        return profiles;
    }

    public Clusters clusters() {
        return clusters;
    }

    public Drivers drivers() {
        return drivers;
    }

    public Fleet fleet() {
        return fleet;
    }

    /** What drivers say of themselves, told by whoever follows them. */
    public DriverStatuses statuses() {
        return statuses;
    }

    public SparkUi sparkUi() {
        return sparkUi;
    }

    public ClusterMetrics metrics() {
        return metrics;
    }

    /** Whether some cluster is on its way from one state to another. */
    public boolean busy() {
        return reconciler.busy();
    }

    /** Gives back what the provider still has and no row knows: left by a crash between two steps. */
    public void sweep() {
        stopping.sweep();
    }
}
