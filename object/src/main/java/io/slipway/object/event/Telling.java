package io.slipway.object.event;

import io.slipway.kit.Clock;
import io.slipway.kit.PrincipalId;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Setting;
import io.slipway.object.bucket.Visitor;
import io.slipway.store.Base;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Tells facts about objects in the transaction that makes them true. */
public final class Telling {
    private final Facts facts;
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    public Telling(Base base) {
        this.facts = base.facts();
        this.clock = base.clock();
    }

    /** Within the writer's lock, so that numbers grow as events follow each other. */
    private String sequencer() {
        long next = last.updateAndGet(before -> Math.max(before + 1, clock.millis() << 20));
        return HexFormat.of().withUpperCase().toHexDigits(next);
    }

    private static boolean kept(Bucket bucket) {
        return bucket.setting(Setting.NOTIFICATION).isPresent();
    }

    public void created(
            Tx tx, Visitor by, Bucket bucket, String event, String key, String version, long size, String etag) {
        facts.tell(
                tx,
                PrincipalId.SYSTEM,
                new ObjectFact.Created(
                        ObjectFact.of(bucket.id(), key),
                        "ObjectCreated:" + event,
                        bucket.name(),
                        key,
                        version,
                        size,
                        etag,
                        sequencer(),
                        by.caller().requester().arn(),
                        kept(bucket)));
    }

    /** @param requester empty: nobody, a rule of the bucket */
    public void removed(Tx tx, String requester, Bucket bucket, String event, String key, String version) {
        facts.tell(
                tx,
                PrincipalId.SYSTEM,
                new ObjectFact.Removed(
                        ObjectFact.of(bucket.id(), key),
                        event,
                        bucket.name(),
                        key,
                        version,
                        sequencer(),
                        requester,
                        kept(bucket)));
    }

    public void changed(Tx tx, Visitor by, Bucket bucket, String event, String key, String version, String etag) {
        facts.tell(
                tx,
                PrincipalId.SYSTEM,
                new ObjectFact.Changed(
                        ObjectFact.of(bucket.id(), key),
                        event,
                        bucket.name(),
                        key,
                        version,
                        etag,
                        sequencer(),
                        by.caller().requester().arn(),
                        kept(bucket)));
    }
}
