package io.slipway.object.lifecycle;

import io.slipway.kit.Loop;
import io.slipway.object.bucket.BucketFact;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.Setting;
import io.slipway.object.event.Telling;
import io.slipway.object.upload.Uploads;
import io.slipway.object.version.Versions;
import io.slipway.store.Base;

/** What goes by itself, put together. */
public final class LifecycleRoom {
    public LifecycleRoom(Base base, Buckets buckets, Versions versions, Uploads uploads, Telling telling) {
        Loop<Long> loop = base.loops().loop("lifecycle");
        base.loops().run(loop, new LifecycleReconciler(base, buckets, versions, uploads, telling));
        base.facts().on(BucketFact.Set.class, (tx, set) -> {
            if (set.setting().equals(Setting.LIFECYCLE.name())) {
                tx.wake(loop, Long.valueOf(set.subject().id()));
            }
        });
    }
}
