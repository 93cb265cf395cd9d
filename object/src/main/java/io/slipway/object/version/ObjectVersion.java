package io.slipway.object.version;

import io.slipway.iam.policy.AccountId;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.Content;
import java.time.Instant;
import java.util.Optional;

/**
 * One version of an object, or a marker that says that it is deleted.
 *
 * @param rank falls with each newer version of the key
 * @param id {@code null} for one that was made without versioning
 * @param current whether the key means this one
 * @param at epoch milliseconds
 * @param etag without quotes
 */
public record ObjectVersion(
        long bucket,
        String key,
        long rank,
        String id,
        boolean current,
        boolean marker,
        long at,
        String etag,
        String storageClass,
        AccountId owner,
        Optional<Checksum> checksum,
        Content content,
        Head head) {
    /** The id of versions that were made without versioning. */
    public static final String NULL = "null";

    public long size() {
        return content.size();
    }

    /** S3 tells times in seconds. */
    public Instant modified() {
        return Instant.ofEpochMilli(at - Math.floorMod(at, 1000));
    }

    public String quotedEtag() {
        return '"' + etag + '"';
    }
}
