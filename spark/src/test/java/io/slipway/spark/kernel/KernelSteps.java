package io.slipway.spark.kernel;

import io.slipway.identity.Permissions;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.Loop;
import io.slipway.kit.Outcome;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.StillClusters;
import io.slipway.spark.driver.DriverClient;
import io.slipway.store.Base;
import io.slipway.store.TestBase;
import java.time.Duration;
import java.util.List;

/** The kernel room whose passes come only when a test says so. */
public final class KernelSteps {
    public final Contexts contexts;
    final ContextReconciler contextSteps;
    final CommandReconciler commandSteps;
    final DriverNews news;
    private final Base base;

    public KernelSteps(Base base, SessionTokens tokens, Clusters clusters, Drivers drivers, DriverClient driver) {
        this(base, tokens, clusters, drivers, driver, workspace -> List.of());
    }

    KernelSteps(
            Base base,
            SessionTokens tokens,
            Clusters clusters,
            Drivers drivers,
            DriverClient driver,
            SessionCatalogs catalogs) {
        this.base = base;
        Loop<String> deaf = TestBase.deaf(base);
        contexts = new Contexts(base, new Permissions(), clusters, drivers, deaf, deaf);
        contextSteps = new ContextReconciler(base, drivers, driver, tokens, catalogs, deaf);
        commandSteps = new CommandReconciler(base, drivers, driver, tokens, catalogs::names);
        news = new DriverNews(base, drivers, driver, StillClusters.statuses(base), Duration.ZERO, deaf);
    }

    /** One pass of everything that is not at rest. */
    public void pass() {
        for (String context : contextSteps.unfinished()) {
            Outcome unused = contextSteps.reconcile(context);
        }
        for (String command : commandSteps.unfinished()) {
            Outcome unused = commandSteps.reconcile(command);
        }
        for (String cluster : news.unfinished()) {
            Outcome unused = news.reconcile(cluster);
        }
    }

    public void clusterEnded(String cluster) {
        base.database().change(tx -> contextSteps.clusterEnded(tx, cluster));
    }
}
