package io.slipway.spark.kernel;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.Loop;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Reconciler;
import io.slipway.protocol.driver.News;
import io.slipway.spark.compute.DriverStatuses;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.driver.DriverClient;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Follows the drivers of all running clusters, each by one long poll: a pass waits for news, stores them with the cursor that
 * acknowledges them, and begins again. So a driver forgets only what is stored, and what is stored twice is known by its number.
 */
final class DriverNews implements Reconciler<String> {
    private static final Duration DRIVER_AWAY = Duration.ofMillis(500);

    /** The newest cursor of a launch: news that only tell the driver's status move it without being stored. */
    private record Place(int launch, String cursor) {}

    private final Database database;
    private final Drivers drivers;
    private final DriverClient client;
    private final DriverStatuses statuses;
    private final Duration wait;
    private final NewsStoring storing;
    private final KernelStore store = new KernelStore();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /**
     * @param wait how long a driver may keep a poll without news
     * @param commands woken when the context that they wait for has news
     */
    DriverNews(
            Base base,
            Drivers drivers,
            DriverClient client,
            DriverStatuses statuses,
            Duration wait,
            Loop<String> commands) {
        this.database = base.database();
        this.drivers = drivers;
        this.client = client;
        this.statuses = statuses;
        this.wait = wait;
        this.storing = new NewsStoring(base, commands);
    }

    @Override
    public Outcome reconcile(String clusterId) {
        Optional<Drivers.Running> driver = drivers.find(clusterId);
        if (driver.isEmpty()) {
            statuses.forget(clusterId);
            places.remove(clusterId);
            return Outcome.done();
        }
        try {
            follow(clusterId, driver.get());
            return Outcome.again(Duration.ZERO);
        } catch (PlatformException e) {
            statuses.forget(clusterId);
            if (e.code() == ErrorCode.UNAVAILABLE) {
                // Too busy to answer, or just dead: its agent will tell which.
                return Outcome.again(DRIVER_AWAY);
            }
            throw e;
        }
    }

    private void follow(String clusterId, Drivers.Running driver) {
        int launch = driver.launch();
        if (!statuses.knows(clusterId, launch)) {
            // News tell a status when it changes, and this server may have come later.
            statuses.heard(clusterId, launch, client.status(driver.endpoint()));
        }
        String cursor = Optional.ofNullable(places.get(clusterId))
                .filter(place -> place.launch() == launch)
                .map(Place::cursor)
                .orElseGet(() -> database.read(handle -> store.cursor(handle, clusterId, launch)));
        News news = client.news(driver.endpoint(), cursor, wait);
        if (!news.quiet()) {
            storing.store(clusterId, launch, news);
        }
        places.put(clusterId, new Place(launch, news.next()));
        if (news.status() != null) {
            statuses.heard(clusterId, launch, news.status());
        }
    }

    /** Clusters whose drivers are to be followed. */
    @Override
    public List<String> unfinished() {
        return drivers.up();
    }
}
