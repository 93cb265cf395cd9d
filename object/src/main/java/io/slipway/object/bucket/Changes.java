package io.slipway.object.bucket;

import io.slipway.store.Base;
import io.slipway.store.Database;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and changes of what is set for a bucket, each by one right. */
final class Changes {
    private final Database database;
    private final Buckets buckets;
    private final Rights rights;

    Changes(Base base, Buckets buckets, Rights rights) {
        this.database = base.database();
        this.buckets = buckets;
        this.rights = rights;
    }

    Bucket read(Visitor visitor, String name, @Nullable String expectedOwner, String action) {
        return read(visitor, name, expectedOwner, bucket -> Wish.of(action, bucket));
    }

    Bucket read(Visitor visitor, String name, @Nullable String expectedOwner, Function<Bucket, Wish> wish) {
        Bucket bucket = buckets.get(name, expectedOwner);
        rights.check(visitor, bucket, wish.apply(bucket));
        return bucket;
    }

    /** @param document what is set from now on; empty: nothing */
    void set(
            Visitor visitor,
            String name,
            @Nullable String expectedOwner,
            String action,
            Setting setting,
            Function<Bucket, Optional<String>> document) {
        set(visitor, name, expectedOwner, bucket -> Wish.of(action, bucket), setting, document);
    }

    void set(
            Visitor visitor,
            String name,
            @Nullable String expectedOwner,
            Function<Bucket, Wish> wish,
            Setting setting,
            Function<Bucket, Optional<String>> document) {
        database.change(tx -> {
            Bucket bucket = buckets.get(tx.sql(), name, expectedOwner);
            rights.check(visitor, bucket, wish.apply(bucket));
            buckets.set(tx, bucket, setting, document.apply(bucket));
        });
    }

    void set(
            Visitor visitor,
            String name,
            @Nullable String expectedOwner,
            String action,
            Function<Bucket, Versioning> versioning) {
        database.change(tx -> {
            Bucket bucket = buckets.get(tx.sql(), name, expectedOwner);
            rights.check(visitor, bucket, Wish.of(action, bucket));
            buckets.set(tx, bucket, versioning.apply(bucket));
        });
    }
}
