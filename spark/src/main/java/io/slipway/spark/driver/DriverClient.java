package io.slipway.spark.driver;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.Answer;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.Completion;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.protocol.driver.News;
import io.slipway.protocol.driver.ResultRequest;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls to a driver. Every call is idempotent and may be repeated.
 *
 * <p>All throw {@link PlatformException}: {@link ErrorCode#UNAVAILABLE} when the driver cannot be reached, {@link
 * ErrorCode#NOT_FOUND} when it does not know the context or the command, {@link ErrorCode#INTERNAL} for anything else.
 */
public interface DriverClient {
    DriverStatus status(DriverEndpoint driver);

    /**
     * What is new since {@code cursor}, which acknowledges what came before it. Waits at most {@code wait} for something.
     *
     * @param cursor of the last news that were stored, blank if there are none
     */
    News news(DriverEndpoint driver, String cursor, Duration wait);

    ContextStatus putContext(DriverEndpoint driver, String contextId, ContextSpec spec);

    ContextStatus context(DriverEndpoint driver, String contextId);

    void deleteContext(DriverEndpoint driver, String contextId);

    /** Hands over a command; one that the driver has had already does not run again. */
    CommandStatus putCommand(DriverEndpoint driver, String contextId, String commandId, CommandRequest request);

    void cancel(DriverEndpoint driver, String contextId, String commandId);

    /**
     * Types a text for a command that asks for one.
     *
     * @throws PlatformException INVALID_STATE if it does not ask, or has its answer
     */
    void answer(DriverEndpoint driver, String contextId, String commandId, Answer answer);

    /** Tells a command that another waits: one that only shows what goes on without it ends. Nothing to one that has ended. */
    void giveWay(DriverEndpoint driver, String contextId, String commandId);

    /** Empty while a command runs. */
    Completion complete(DriverEndpoint driver, String contextId, String language, String code, int cursor);

    /** What is known of the name at the cursor, as a Jupyter MIME bundle; empty if nothing is, or while a command runs. */
    Optional<JsonNode> inspect(DriverEndpoint driver, String contextId, String language, String code, int cursor);

    /** Whether all rows can be had of a result that was shown in part. */
    boolean knowsResult(DriverEndpoint driver, String contextId, String result);

    /**
     * More of a result that was shown in part; its query runs again, and reading fails when it does. To be closed.
     *
     * @param request with a fresh token of the context's user
     */
    InputStream result(DriverEndpoint driver, String contextId, String result, ResultRequest request);

    /** Asks Spark's master to move work away from the workers of this host. */
    void decommission(DriverEndpoint driver, String host);
}
