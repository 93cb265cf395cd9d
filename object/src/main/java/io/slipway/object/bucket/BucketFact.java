package io.slipway.object.bucket;

import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to buckets. */
public sealed interface BucketFact extends Fact {
    record Created(Ref subject, String name) implements BucketFact {}

    record Deleted(Ref subject, String name, long id) implements BucketFact {}

    /** Something is set anew, or not set any more. */
    record Set(Ref subject, String name, String setting) implements BucketFact {}

    static Ref of(long bucket) {
        return Ref.ofAccount(Kind.BUCKET, String.valueOf(bucket));
    }
}
