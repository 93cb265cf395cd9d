package io.slipway.object.upload;

import io.slipway.iam.policy.AccountId;
import io.slipway.object.blob.ChecksumAlgorithm;
import io.slipway.object.version.Head;
import java.time.Instant;
import java.util.Optional;

/**
 * An upload that was begun.
 *
 * @param id grows with time within a key
 * @param number by which its parts name it
 * @param owner of the object that comes of it
 * @param initiator who began it, by their name
 * @param sum which checksum it has
 * @param outcome what came of it, once it has ended
 */
record Upload(
        long bucket,
        String key,
        String id,
        long number,
        long at,
        AccountId owner,
        String initiator,
        String storageClass,
        Sum sum,
        Head head,
        Optional<Outcome> outcome) {
    /** What whoever asks a second time is told. */
    record Outcome(String etag, String versionId, String checksum) {}

    /**
     * @param algorithm empty: nobody asked for one
     * @param composite over those of the parts
     */
    record Sum(Optional<ChecksumAlgorithm> algorithm, boolean composite) {
        String type() {
            return algorithm.isEmpty() ? "null" : composite ? "COMPOSITE" : "FULL_OBJECT";
        }
    }

    Instant begun() {
        return Instant.ofEpochMilli(at - Math.floorMod(at, 1000));
    }
}
