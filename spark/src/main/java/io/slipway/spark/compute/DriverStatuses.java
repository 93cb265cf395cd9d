package io.slipway.spark.compute;

import io.slipway.kit.Clock;
import io.slipway.kit.Loop;
import io.slipway.protocol.driver.DriverStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the drivers of running clusters last said of themselves. It is kept in memory: drivers tell a new server again. */
public final class DriverStatuses {
    /** @param at in nanoseconds of the monotonic clock */
    private record Heard(int launch, DriverStatus status, long at) {}

    private final Clock clock;
    private final Loop<String> clusters;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    /** @param clusters woken when a driver says something that decisions are made of */
    DriverStatuses(Clock clock, Loop<String> clusters) {
        this.clock = clock;
        this.clusters = clusters;
    }

    public void heard(String clusterId, int launch, DriverStatus status) {
        Heard before = heard.put(clusterId, new Heard(launch, status, clock.nanos()));
        if (before == null || before.launch() != launch || !alike(before.status(), status)) {
            clusters.wake(clusterId);
        }
    }

    private static boolean alike(DriverStatus a, DriverStatus b) {
        return a.state() == b.state()
                && (a.runningCommands() == 0) == (b.runningCommands() == 0)
                && (a.pendingTasks() == 0) == (b.pendingTasks() == 0)
                && (a.runningTasks() == 0) == (b.runningTasks() == 0)
                && a.executors().stream()
                        .map(DriverStatus.Executor::id)
                        .toList()
                        .equals(b.executors().stream()
                                .map(DriverStatus.Executor::id)
                                .toList())
                && a.executorFailures().equals(b.executorFailures());
    }

    /** The driver does not answer, or is gone. */
    public void forget(String clusterId) {
        heard.remove(clusterId);
    }

    public boolean knows(String clusterId, int launch) {
        return of(clusterId, launch).isPresent();
    }

    /** As of now: a driver that has told nothing since goes on with what it was at. Its clock may differ from this one's. */
    Optional<DriverStatus> of(String clusterId, int launch) {
        return Optional.ofNullable(heard.get(clusterId))
                .filter(known -> known.launch() == launch)
                .map(known -> later(known.status(), (clock.nanos() - known.at()) / 1_000_000));
    }

    private static DriverStatus later(DriverStatus status, long millis) {
        long now = status.now() + millis;
        boolean busy = status.runningCommands() > 0 || status.runningTasks() > 0;
        return new DriverStatus(
                status.state(),
                now,
                busy ? now : status.lastActivity(),
                status.runningCommands(),
                status.contexts(),
                status.executors(),
                status.pendingTasks(),
                status.runningTasks(),
                status.totalCores(),
                status.executorFailures());
    }
}
