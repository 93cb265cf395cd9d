package io.slipway.server.command;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits by looking again and again: the commands watch files, processes and an API that cannot call them back. */
public final class Patience {
    private Patience() {}

    /**
     * Looks until something holds.
     *
     * @return false if it did not within the limit
     */
    public static boolean until(Duration limit, Duration every, BooleanSupplier holds) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlatformException(ErrorCode.CANCELLED, "Interrupted.", e);
            }
        }
        return true;
    }
}
