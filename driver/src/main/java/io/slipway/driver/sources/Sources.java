package io.slipway.driver.sources;

import org.apache.spark.sql.SparkSessionExtensions;

/** What this package adds to a session. */
public final class Sources {
    private Sources() {}

    public static void addTo(SparkSessionExtensions extensions) {
        extensions.injectResolutionRule(session -> new GuardRule());
    }
}
