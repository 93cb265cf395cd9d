package io.slipway.driver.start;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who joins a cluster or sends it work must know the secret of its launch: Spark's own ports are open to everybody on the machine
 * and run whatever they are given. Executors get the secret from their worker, in their environment; nothing ever stands on a
 * command line.
 */
public final class SparkAuthentication {
    public static final String SECRET = "spark.authenticate.secret";

    private SparkAuthentication() {}

    /** The settings of a driver, master or worker. Pages are for looking only. */
    public static Map<String, String> conf(@Nullable String secret) {
        if (secret == null || secret.isEmpty()) {
            throw new DriverFailure("INVALID_ARGUMENT", "sparkSecret is missing");
        }
        return Map.of("spark.authenticate", "true", SECRET, secret, "spark.ui.killEnabled", "false");
    }
}
