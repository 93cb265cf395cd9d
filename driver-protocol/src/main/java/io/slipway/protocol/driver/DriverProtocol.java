package io.slipway.protocol.driver;

/** Numbers and names that both sides must agree on. */
public final class DriverProtocol {
    /** A driver says it in {@code ready.json}; a server does not speak with a driver of another version. */
    public static final int VERSION = 2;

    /** A command keeps at most so many bytes of output that the server has not acknowledged. */
    public static final int OUTPUT_LIMIT_BYTES = 10 * 1024 * 1024;

    /** An answer with news has about so many bytes at most, or a single frame that is larger. */
    public static final int NEWS_LIMIT_BYTES = 1024 * 1024;

    /** Of addresses of what the platform keeps on a bucket: clusters come there with the platform's keys. */
    public static final String STORE_SCHEME = "slipway-store";

    private DriverProtocol() {}
}
