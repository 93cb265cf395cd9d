package io.slipway.spark;

import io.slipway.identity.IdentityArea;
import io.slipway.spark.compute.ClusterMetrics;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.ComputeRoom;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.Fleet;
import io.slipway.spark.compute.SparkUi;
import io.slipway.spark.driver.DriverClient;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.KernelRoom;
import io.slipway.spark.kernel.SessionCatalogs;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.store.Base;

/** Clusters, contexts and commands, put together. */
public final class SparkArea {
    private final ComputeRoom compute;
    private final KernelRoom kernel;
    private final DriverClient client;

    public SparkArea(
            Base base,
            IdentityArea identity,
            ComputeRoom.Outside outside,
            KernelRoom.Following following,
            SessionCatalogs catalogs) {
        compute = new ComputeRoom(base, identity, outside);
        kernel = new KernelRoom(base, identity, compute, outside.client(), following, catalogs);
        client = outside.client();
    }

    public InstanceProfiles profiles() {
        return compute.profiles();
    }

    public Clusters clusters() {
        return compute.clusters();
    }

    public Drivers drivers() {
        return compute.drivers();
    }

    /** The way to a driver, for what is asked of it outside of commands. */
    public DriverClient client() {
        return client;
    }

    public Fleet fleet() {
        return compute.fleet();
    }

    public SparkUi sparkUi() {
        return compute.sparkUi();
    }

    public ClusterMetrics metrics() {
        return compute.metrics();
    }

    public Contexts contexts() {
        return kernel.contexts();
    }

    /** Whether some cluster is on its way from one state to another, or some command waits or runs. */
    public boolean busy() {
        return compute.busy() || kernel.busy();
    }

    /** Gives back what the provider still has and no row knows: left by a crash between two steps. */
    public void sweep() {
        compute.sweep();
    }
}
