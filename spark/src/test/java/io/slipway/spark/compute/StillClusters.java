package io.slipway.spark.compute;

import io.slipway.identity.Permissions;
import io.slipway.runtime.RuntimeLines;
import io.slipway.store.Base;
import io.slipway.store.TestBase;

/** The door to clusters for tests of other rooms, in which no cluster ever moves by itself. */
public final class StillClusters {
    private StillClusters() {}

    public static Clusters of(Base base) {
        return new Clusters(base, new Permissions(), NodeTypes.bundled(), RuntimeLines.bundled(), TestBase.deaf(base));
    }

    public static DriverStatuses statuses(Base base) {
        return new DriverStatuses(base.clock(), TestBase.deaf(base));
    }
}
