package io.slipway.runtime;

import java.util.Locale;

/** The kinds of JVM that a Spark cluster has; each has a start-up cache of its own. */
public enum Role {
    /** Spark's driver, with the master of a cluster of several nodes inside. */
    DRIVER,
    /** Spark's Worker, which only starts executors. */
    WORKER,
    /** Where tasks run; started by the worker with options that the driver sends. */
    EXECUTOR;

    /** As {@code TrainingMain} takes it and files are called. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
