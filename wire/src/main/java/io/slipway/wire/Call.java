package io.slipway.wire;

/**
 * A call, as the log of calls hears of it.
 *
 * @param id of the request; sent back as {@code x-request-id}
 * @param route method and path with the names of its variables; empty: no route has it
 * @param request the head alone, if it is refused before its body is read
 */
public record Call(String id, String route, Request request) {
    /** Whether it may change something. */
    public boolean changing() {
        return !route.isEmpty() && !route.startsWith("GET ");
    }
}
