package io.slipway.protocol.driver;

/**
 * Asks for all rows of a result that was shown in part.
 *
 * @param format csv or json
 * @param token with which the query names tables
 */
public record ResultRequest(String format, String token) {
    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "ResultRequest[" + format + "]";
    }
}
