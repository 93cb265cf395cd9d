package io.slipway.protocol.driver;

import java.util.List;
import java.util.Map;

/**
 * A command that is handed over, with what may have changed since the one before.
 *
 * @param widgets the values of all widgets from now on
 * @param catalogs names of all catalogs
 * @param token a fresh one of the context's user
 */
public record CommandRequest(CommandSpec spec, Map<String, String> widgets, List<String> catalogs, String token) {
    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "CommandRequest[" + spec + "]";
    }
}
