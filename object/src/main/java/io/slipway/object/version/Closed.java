package io.slipway.object.version;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was only read. */
final class Closed {
    private static final Logger log = LoggerFactory.getLogger(Closed.class);

    private Closed() {}

    static void quietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            log.debug("a file that was only read could not be closed", e);
        }
    }
}
