package io.slipway.kit;

import java.util.Optional;

/** Sees every pass of every loop: how often, of what, and with what end. */
@FunctionalInterface
public interface Witness {
    Witness NONE = (loop, key, failure) -> {};

    /** Called after each pass, by the thread that made it. */
    void passed(Loop<?> loop, Object key, Optional<Throwable> failure);
}
