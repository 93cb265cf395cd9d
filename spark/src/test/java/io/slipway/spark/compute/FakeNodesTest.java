package io.slipway.spark.compute;

import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.spark.testing.FakeNodes;
import java.time.Duration;
import java.util.Optional;

class FakeNodesTest extends NodeProviderContract {
    @Override
    protected NodeProvider open() {
        FakeClock clock = new FakeClock(1_700_000_000_000L);
        FakeDrivers drivers =
                new FakeDrivers(clock, Seam.QUIET, (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ZERO));
        return new FakeNodes(
                clock, Seam.QUIET, (node, process) -> FakeNodes.Fate.good(Duration.ZERO), drivers, Optional::empty);
    }
}
