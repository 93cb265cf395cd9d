package io.slipway.object.event;

import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/**
 * What happens to objects, by the names of S3's events. Kept in the event log where the bucket has asked to be told, else only heard.
 */
public sealed interface ObjectFact extends Fact {
    /**
     * @param event {@code ObjectCreated:Put}, for instance
     * @param version empty without versioning
     * @param sequencer grows with each event of a key
     * @param requester whoever asked
     */
    record Created(
            Ref subject,
            String event,
            String bucket,
            String key,
            String version,
            long size,
            String etag,
            String sequencer,
            String requester,
            boolean kept)
            implements ObjectFact {}

    /** Also when a delete marker hides it. */
    record Removed(
            Ref subject,
            String event,
            String bucket,
            String key,
            String version,
            String sequencer,
            String requester,
            boolean kept)
            implements ObjectFact {}

    /** Its tags or its list are others. */
    record Changed(
            Ref subject,
            String event,
            String bucket,
            String key,
            String version,
            String etag,
            String sequencer,
            String requester,
            boolean kept)
            implements ObjectFact {}

    static Ref of(long bucket, String key) {
        return Ref.ofAccount(Kind.OBJECT, bucket + "/" + key);
    }
}
