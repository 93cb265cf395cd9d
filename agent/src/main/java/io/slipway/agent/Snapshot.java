package io.slipway.agent;

import com.grack.nanojson.JsonArray;
import java.util.List;

/**
 * All processes at one moment.
 *
 * @param revision grows with every change
 * @param exited those that the server knows to have exited once it has this
 */
record Snapshot(long revision, long ackWanted, JsonArray observed, List<Child> exited) {
    Snapshot {
        exited = List.copyOf(exited);
    }
}
