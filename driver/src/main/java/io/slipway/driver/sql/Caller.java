package io.slipway.driver.sql;

/**
 * A method of others by which a question came here, where the answer depends on who asks.
 *
 * @param depth how many calls it may be away
 */
record Caller(String type, String method, int depth) {
    boolean asked() {
        return StackWalker.getInstance()
                .walk(frames -> frames.limit(depth)
                        .anyMatch(frame -> frame.getClassName().equals(type)
                                && frame.getMethodName().equals(method)));
    }
}
