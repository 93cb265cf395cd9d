package io.slipway.content.notebook;

import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.driver.DriverClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells running cells that others wait for them. One that only shows how its stream goes on would do so for ever; it ends then, and its
 * stream does not.
 */
public final class Turns {
    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    private final Drivers drivers;
    private final DriverClient client;

    /** The command of each notebook that was told last. It may be told twice, as after a restart of the server. */
    private final Map<Long, String> told = new ConcurrentHashMap<>();

    public Turns(Drivers drivers, DriverClient client) {
        this.drivers = drivers;
        this.client = client;
    }

    /** False if the command does not know it yet: its driver cannot be reached now, or has still to get the command. */
    boolean tell(Document document, String commandId) {
        if (commandId.equals(told.get(document.objectId()))) {
            return true;
        }
        try {
            var driver = drivers.find(document.clusterId());
            if (driver.isEmpty()) {
                return false;
            }
            client.giveWay(driver.get().endpoint(), document.contextId(), commandId);
        } catch (PlatformException e) {
            log.debug("command {} does not know yet that others wait", commandId, e);
            return false;
        }
        told.put(document.objectId(), commandId);
        return true;
    }

    /** Nothing runs in this notebook. */
    void over(long objectId) {
        told.remove(objectId);
    }
}
