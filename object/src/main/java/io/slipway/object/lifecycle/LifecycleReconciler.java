package io.slipway.object.lifecycle;

import io.slipway.kit.Clock;
import io.slipway.kit.Outcome;
import io.slipway.kit.Reconciler;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.LifecycleRules;
import io.slipway.object.bucket.Versioning;
import io.slipway.object.event.Telling;
import io.slipway.object.upload.Uploads;
import io.slipway.object.version.ObjectVersion;
import io.slipway.object.version.Span;
import io.slipway.object.version.Versions;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Once a day, and whenever its rules are set anew, looks through a bucket for what its rules speak of. */
final class LifecycleReconciler implements Reconciler<Long> {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int SOME = 1000;

    /** No bucket: uploads that have ended are forgotten. */
    static final long ENDED_UPLOADS = 0;

    private final Database database;
    private final Clock clock;
    private final Buckets buckets;
    private final Versions versions;
    private final Uploads uploads;
    private final Telling telling;

    LifecycleReconciler(Base base, Buckets buckets, Versions versions, Uploads uploads, Telling telling) {
        this.database = base.database();
        this.clock = base.clock();
        this.buckets = buckets;
        this.versions = versions;
        this.uploads = uploads;
        this.telling = telling;
    }

    private long today() {
        return clock.millis() - Math.floorMod(clock.millis(), DAY);
    }

    @Override
    public Iterable<Long> unfinished() {
        List<Long> keys = new ArrayList<>(buckets.toSweep(today()));
        keys.add(ENDED_UPLOADS);
        return keys;
    }

    @Override
    public Outcome reconcile(Long key) {
        if (key == ENDED_UPLOADS) {
            uploads.forget(clock.millis() - KEPT.toMillis());
            return Outcome.again(KEPT.dividedBy(24));
        }
        long day = today();
        Optional<Bucket> found = database.read(handle -> buckets.find(handle, key));
        Optional<LifecycleRules> rules = found.flatMap(LifecycleRules::of);
        if (rules.isEmpty()) {
            return Outcome.done();
        }
        Bucket bucket = found.get();
        long now = clock.millis();
        eachKey(bucket, (current, group) -> look(current, rules.get(), group, now));
        uploads.abortOld(bucket, rules.get(), now);
        buckets.swept(bucket.id(), day);
        return Outcome.done();
    }

    /** Hands out all versions of a key together, newest first. */
    private void eachKey(Bucket bucket, BiConsumer<Bucket, List<ObjectVersion>> look) {
        Span span = Span.of("");
        List<ObjectVersion> group = new ArrayList<>();
        while (true) {
            Span from = span;
            List<ObjectVersion> some = database.read(handle -> versions.all(handle, bucket, from, SOME));
            for (ObjectVersion each : some) {
                if (!group.isEmpty() && !group.get(0).key().equals(each.key())) {
                    look.accept(bucket, group);
                    group = new ArrayList<>();
                }
                group.add(each);
            }
            if (some.size() < SOME) {
                if (!group.isEmpty()) {
                    look.accept(bucket, group);
                }
                return;
            }
            ObjectVersion last = some.get(SOME - 1);
            span = span.after(last.key(), last.rank());
        }
    }

    private void look(Bucket bucket, LifecycleRules rules, List<ObjectVersion> group, long now) {
        for (int i = group.size() - 1; i >= 0; i--) {
            ObjectVersion version = group.get(i);
            var thing = new LifecycleRules.Thing(
                    version.key(), version.size(), version.head().tags());
            if (i > 0) {
                // Replaced when the next one came; how many of those before it are not meant either.
                noncurrent(bucket, rules, version, thing, group.get(i - 1).at(), i - 1, now);
            } else if (!version.marker()) {
                current(bucket, rules, version, thing, now);
            } else if (group.size() == 1) {
                rules.markerExpires(version.key(), version.at())
                        .filter(when -> when.at() <= now)
                        .ifPresent(when -> delete(bucket, version));
            }
        }
    }

    private void noncurrent(
            Bucket bucket,
            LifecycleRules rules,
            ObjectVersion version,
            LifecycleRules.Thing thing,
            long since,
            int newer,
            long now) {
        boolean goes = rules.noncurrentExpires(thing, since, newer)
                .filter(when -> when.at() <= now)
                .isPresent();
        if (goes) {
            delete(bucket, version);
        } else if (!version.marker()) {
            rules.noncurrentStorageClass(thing, since, newer, now).ifPresent(name -> move(bucket, version, name));
        }
    }

    private void current(
            Bucket bucket, LifecycleRules rules, ObjectVersion version, LifecycleRules.Thing thing, long now) {
        boolean goes = rules.expires(thing, version.at())
                .filter(when -> when.at() <= now)
                .isPresent();
        if (!goes) {
            rules.storageClass(thing, version.at(), now).ifPresent(name -> move(bucket, version, name));
            return;
        }
        database.change(tx -> still(tx, bucket, version).ifPresent(there -> {
            versions.hide(tx, there, version.key(), there.account());
            boolean hidden = there.versioning() != Versioning.NEVER;
            telling.removed(
                    tx,
                    "",
                    there,
                    hidden ? "LifecycleExpiration:DeleteMarkerCreated" : "LifecycleExpiration:Delete",
                    version.key(),
                    hidden ? version.id() : "");
        }));
    }

    private void delete(Bucket bucket, ObjectVersion version) {
        database.change(tx -> still(tx, bucket, version).ifPresent(now -> {
            versions.delete(tx, version);
            telling.removed(tx, "", now, "LifecycleExpiration:Delete", version.key(), version.id());
        }));
    }

    private void move(Bucket bucket, ObjectVersion version, String storageClass) {
        if (version.storageClass().equals(storageClass)) {
            return;
        }
        database.change(
                tx -> still(tx, bucket, version).ifPresent(now -> versions.setStorageClass(tx, version, storageClass)));
    }

    /** The bucket as it is now, if its rules are the same and the version is as it was seen. */
    private Optional<Bucket> still(Tx tx, Bucket bucket, ObjectVersion version) {
        return buckets.find(tx.sql(), bucket.id())
                .filter(now -> now.revision() == bucket.revision())
                .filter(now -> versions.unchanged(tx.sql(), version));
    }
}
