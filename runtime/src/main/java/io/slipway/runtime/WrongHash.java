package io.slipway.runtime;

import java.io.IOException;

/** The content is not what the lock file pins; it was thrown away. */
final class WrongHash extends IOException {
    private static final long serialVersionUID = 1L;

    WrongHash(String file, String expected, String found) {
        super(file + " has SHA-256 " + found + ", but " + expected + " is pinned");
    }
}
