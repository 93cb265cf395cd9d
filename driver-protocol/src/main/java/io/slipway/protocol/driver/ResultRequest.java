package io.slipway.protocol.driver;

import java.util.List;

/**
 * Asks for more of a result that was shown in part.
 *
 * @param format csv or json for all of its rows, table for the first of them
 * @param token with which the query names tables
 * @param filters what a row has to pass, all of them
 * @param order the first decides, and the next where it does not; empty = as the query gives them
 */
public record ResultRequest(String format, String token, List<Filter> filters, List<Order> order) {
    public ResultRequest {
        filters = List.copyOf(filters);
        order = List.copyOf(order);
    }

    public ResultRequest(String format, String token) {
        this(format, token, List.of(), List.of());
    }

    /**
     * What a value has to be. Null passes {@code empty} only.
     *
     * @param column its place, from 0: names may come twice
     * @param test contains, =, <, >, empty or present
     * @param value as somebody types it; an empty one is passed by everything
     */
    public record Filter(int column, String test, String value) {}

    /**
     * Null comes last in either direction.
     *
     * @param column its place, from 0
     */
    public record Order(int column, boolean down) {}

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "ResultRequest[" + format + ", " + filters + ", " + order + "]";
    }
}
