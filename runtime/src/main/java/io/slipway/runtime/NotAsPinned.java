package io.slipway.runtime;

import java.io.IOException;

/** The content is not what the lock file pins; it was thrown away. */
final class NotAsPinned extends IOException {
    private static final long serialVersionUID = 1L;

    NotAsPinned(String file, String property, Object found, Object pinned) {
        super(file + " has " + property + " " + found + ", but " + pinned + " is pinned");
    }
}
