package io.slipway.object.version;

import io.slipway.iam.policy.AccountId;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.object.blob.Blobs;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.Content;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Versioning;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Versions of objects within transactions: what a put, a delete and a look mean, by the bucket's versioning. Authorizes nothing. */
public final class Versions {
    private static final Head NO_HEAD = new Head(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            "",
            0);

    private final Clock clock;
    private final Ids ids;
    private final Blobs blobs;
    private final VersionStore store = new VersionStore();

    /** What a new version will be. */
    public record Draft(
            String key,
            String etag,
            String storageClass,
            AccountId owner,
            Optional<Checksum> checksum,
            Content content,
            Head head) {}

    public Versions(Base base, Blobs blobs) {
        this.clock = base.clock();
        this.ids = base.ids();
        this.blobs = blobs;
    }

    /** What a key means: nothing, a version, or a marker. */
    public Optional<ObjectVersion> newest(Handle handle, Bucket bucket, String key) {
        return store.newest(handle, bucket.id(), key);
    }

    /** What a key means, if that is an object. */
    public Optional<ObjectVersion> current(Handle handle, Bucket bucket, String key) {
        return newest(handle, bucket, key).filter(version -> !version.marker());
    }

    /** A version or, without an id, what the key means; be it a marker. */
    Optional<ObjectVersion> find(Handle handle, Bucket bucket, String key, @Nullable String id) {
        return id == null ? newest(handle, bucket, key) : store.version(handle, bucket.id(), key, checked(id));
    }

    private static String checked(String id) {
        if (id.isEmpty()) {
            throw S3Fault.invalidArgument("Version id cannot be the empty string", "versionId", id);
        }
        if (!id.equals(ObjectVersion.NULL) && !id.matches("[A-Za-z0-9._-]{32}")) {
            throw S3Fault.invalidArgument("Invalid version id specified", "versionId", id);
        }
        return id;
    }

    /** Puts an object where its key means it from now on. */
    public ObjectVersion put(Tx tx, Bucket bucket, Draft draft) {
        Optional<ObjectVersion> before = store.newest(tx.sql(), bucket.id(), draft.key());
        String id = retire(tx, bucket, draft.key(), before);
        ObjectVersion version = new ObjectVersion(
                bucket.id(),
                draft.key(),
                rank(before),
                id,
                true,
                false,
                clock.millis(),
                draft.etag(),
                draft.storageClass(),
                draft.owner(),
                draft.checksum(),
                draft.content(),
                draft.head());
        store.insert(tx.sql(), version);
        return version;
    }

    private static long rank(Optional<ObjectVersion> before) {
        return before.map(version -> version.rank() - 1).orElse(0L);
    }

    /** Makes place for a newer version; the id of that. */
    private String retire(Tx tx, Bucket bucket, String key, Optional<ObjectVersion> before) {
        if (bucket.keepsVersions()) {
            before.ifPresent(version -> store.setCurrent(tx.sql(), version, false));
            return ids.secretUrl(24);
        }
        Optional<ObjectVersion> replaced = before.isEmpty() || before.get().id().equals(ObjectVersion.NULL)
                ? before
                : store.version(tx.sql(), bucket.id(), key, ObjectVersion.NULL);
        if (before.isPresent() && !before.equals(replaced)) {
            store.setCurrent(tx.sql(), before.get(), false);
        }
        replaced.ifPresent(version -> remove(tx, version));
        return ObjectVersion.NULL;
    }

    private void remove(Tx tx, ObjectVersion version) {
        store.delete(tx.sql(), version);
        blobs.release(tx, version.content());
    }

    /** Says that the key means nothing any more; the marker, if the bucket has versions. */
    public Optional<ObjectVersion> hide(Tx tx, Bucket bucket, String key, AccountId by) {
        Optional<ObjectVersion> before = store.newest(tx.sql(), bucket.id(), key);
        if (bucket.versioning() == Versioning.NEVER) {
            before.ifPresent(version -> remove(tx, version));
            return Optional.empty();
        }
        String id = retire(tx, bucket, key, before);
        ObjectVersion marker = new ObjectVersion(
                bucket.id(),
                key,
                rank(before),
                id,
                true,
                true,
                clock.millis(),
                "",
                "",
                by,
                Optional.empty(),
                Content.EMPTY,
                NO_HEAD);
        store.insert(tx.sql(), marker);
        return Optional.of(marker);
    }

    /** Takes a version away for ever; the key means the one before it then. */
    public void delete(Tx tx, ObjectVersion version) {
        remove(tx, version);
        if (version.current()) {
            store.newest(tx.sql(), version.bucket(), version.key())
                    .ifPresent(next -> store.setCurrent(tx.sql(), next, true));
        }
    }

    /** Whether it is as it was seen. */
    public boolean unchanged(Handle handle, ObjectVersion seen) {
        return store.version(handle, seen.bucket(), seen.key(), seen.id())
                .filter(seen::equals)
                .isPresent();
    }

    void setHead(Tx tx, ObjectVersion version, Head head) {
        store.setHead(tx.sql(), version, head);
    }

    public void setStorageClass(Tx tx, ObjectVersion version, String storageClass) {
        store.setStorageClass(tx.sql(), version, storageClass);
    }

    List<Listed> listed(Handle handle, Bucket bucket, Span span, boolean all, int most) {
        return store.listed(handle, bucket.id(), span, all, most);
    }

    /** All versions behind a place, in order. */
    public List<ObjectVersion> all(Handle handle, Bucket bucket, Span span, int most) {
        return store.all(handle, bucket.id(), span, most);
    }
}
