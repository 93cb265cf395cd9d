package io.slipway.platform.driver;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.List;

/**
 * Calls to a driver. Every call is idempotent and may be repeated.
 *
 * <p>All throw {@link PlatformException}: {@link ErrorCode#UNAVAILABLE} when the driver cannot be reached, {@link
 * ErrorCode#NOT_FOUND} when it does not know the context or the command, {@link ErrorCode#INTERNAL} for anything else.
 */
public interface DriverClient {
    /** State of a context: making it takes a moment. */
    enum ContextState {
        PENDING,
        RUNNING,
        ERROR
    }

    /** @param message why it is in state ERROR */
    record Context(ContextState state, String message) {}

    DriverStatus status(DriverEndpoint driver);

    Context putContext(DriverEndpoint driver, String contextId, ContextSpec spec);

    Context context(DriverEndpoint driver, String contextId);

    void deleteContext(DriverEndpoint driver, String contextId);

    /** Hands over a command with the names of all catalogs and a fresh token for the context's user. */
    void putCommand(
            DriverEndpoint driver,
            String contextId,
            String commandId,
            CommandSpec spec,
            List<String> catalogs,
            String token);

    /** Waits at most {@code wait} for output after {@code since} or for the end. */
    CommandStatus command(DriverEndpoint driver, String contextId, String commandId, long since, Duration wait);

    void cancel(DriverEndpoint driver, String contextId, String commandId);

    /** Asks Spark's master to move work away from the workers of this host. */
    void decommission(DriverEndpoint driver, String host);
}
