package io.slipway.wire;

import io.slipway.kit.PlatformException;

/** How one family of routes tells errors. Registered with the routes, so that a refused token or a typo speaks it too. */
@FunctionalInterface
public interface Dialect {
    Reply error(PlatformException error);
}
