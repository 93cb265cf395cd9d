package io.slipway.object.upload;

import io.slipway.object.blob.Content;
import java.time.Instant;

/**
 * A part that has come.
 *
 * @param etag without quotes
 * @param checksum as it is kept
 */
record Part(int number, String etag, String checksum, Content content, long at) {
    String quotedEtag() {
        return '"' + etag + '"';
    }

    Instant modified() {
        return Instant.ofEpochMilli(at - Math.floorMod(at, 1000));
    }
}
