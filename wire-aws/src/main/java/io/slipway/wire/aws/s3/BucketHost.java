package io.slipway.wire.aws.s3;

import java.util.Optional;

/**
 * What the name of a host says.
 *
 * @param bucket empty: the path says it
 */
public record BucketHost(Optional<String> bucket) {
    /** The name of the host says nothing. */
    public static final BucketHost NONE = new BucketHost(Optional.empty());
}
