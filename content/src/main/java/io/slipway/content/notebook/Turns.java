package io.slipway.content.notebook;

import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.driver.DriverClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a running cell that another waits for it. A cell that only shows how a stream goes on would go on for good; it ends then, and
 * its stream does not.
 */
public final class Turns {
    private static final Logger log = LoggerFactory.getLogger(Turns.class);
    /** So many commands are remembered; one that is told twice takes no harm. */
    private static final int REMEMBERED = 1_000;

    private final Drivers drivers;
    private final DriverClient client;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public Turns(Drivers drivers, DriverClient client) {
        this.drivers = drivers;
        this.client = client;
    }

    /** Once for each command; a driver that cannot be reached now is told with the next output of the cell. */
    void waitsFor(Document document, String commandId) {
        if (told.contains(commandId)) {
            return;
        }
        drivers.find(document.clusterId()).ifPresent(driver -> {
            try {
                client.giveWay(driver.endpoint(), document.contextId(), commandId);
                if (told.size() >= REMEMBERED) {
                    told.clear();
                }
                told.add(commandId);
            } catch (PlatformException e) {
                log.debug("command {} does not hear yet that another waits", commandId, e);
            }
        });
    }
}
