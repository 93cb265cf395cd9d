package io.slipway.content.notebook;

import io.slipway.identity.Caller;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.ResultRequest;
import io.slipway.protocol.driver.ResultRequest.Filter;
import io.slipway.protocol.driver.ResultRequest.Order;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.driver.DriverClient;
import io.slipway.spark.driver.DriverEndpoint;
import io.slipway.spark.kernel.Contexts;
import java.io.InputStream;
import java.util.List;

/**
 * All rows of results that cells show in part. The driver knows the queries of the last ones and runs one again, as the one whose code it
 * is: so nobody else may ask for it but an admin.
 */
public final class FullResults {
    private final NotebookRuns runs;
    private final Drivers drivers;
    private final DriverClient client;
    private final SessionTokens tokens;

    public FullResults(NotebookRuns runs, Drivers drivers, DriverClient client, SessionTokens tokens) {
        this.runs = runs;
        this.drivers = drivers;
        this.client = client;
        this.tokens = tokens;
    }

    private record Place(Document document, DriverEndpoint driver) {}

    /** Throws NOT_FOUND when the result cannot be read any more. */
    public void require(Caller caller, long objectId, String result) {
        Place place = place(caller, objectId);
        if (!client.knowsResult(place.driver(), place.document().contextId(), result)) {
            throw gone();
        }
    }

    /**
     * The rows as text; reading it fails when the query does. To be closed.
     *
     * @param format csv or json
     */
    public InputStream read(Caller caller, long objectId, String result, String format) {
        return read(caller, objectId, result, format, List.of(), List.of());
    }

    /** As a table output the first rows of those that pass, in the order that is wanted. To be closed. */
    public InputStream first(Caller caller, long objectId, String result, List<Filter> filters, List<Order> order) {
        return read(caller, objectId, result, "table", filters, order);
    }

    private InputStream read(
            Caller caller, long objectId, String result, String format, List<Filter> filters, List<Order> order) {
        Place place = place(caller, objectId);
        String token = tokens.issue(
                place.document().workspace(), place.document().runner().id(), Contexts.TOKEN_LIFE);
        try {
            return client.result(
                    place.driver(),
                    place.document().contextId(),
                    result,
                    new ResultRequest(format, token, filters, order));
        } catch (PlatformException e) {
            throw e.code() == ErrorCode.NOT_FOUND ? gone() : e;
        }
    }

    private Place place(Caller caller, long objectId) {
        Document document = runs.withContext(caller, objectId).orElseThrow(FullResults::gone);
        runs.requireRunner(caller, document);
        return drivers.find(document.clusterId())
                .map(driver -> new Place(document, driver.endpoint()))
                .orElseThrow(FullResults::gone);
    }

    private static PlatformException gone() {
        return PlatformException.notFound("The cluster does not know this result any more. Run the cell again.");
    }
}
