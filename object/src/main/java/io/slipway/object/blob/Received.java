package io.slipway.object.blob;

import java.util.Map;
import java.util.Optional;

/**
 * Bytes that have come and are safe, but belong to nothing yet: {@link Blobs#keep} them or {@link Blobs#discard} them.
 *
 * @param few the bytes themselves, if they are few
 * @param md5 in hexadecimal
 * @param checksums by algorithm, as they were asked for
 */
public record Received(Content content, Optional<byte[]> few, String md5, Map<ChecksumAlgorithm, Checksum> checksums) {
    public Received {
        checksums = Map.copyOf(checksums);
    }
}
