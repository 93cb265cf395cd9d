package io.slipway.object.version;

import io.slipway.iam.policy.AccountId;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.Content;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Rows of {@code object_version}. */
final class VersionStore {
    /** The version that a key means, be it a marker. */
    Optional<ObjectVersion> newest(Handle handle, long bucket, String key) {
        return handle.createQuery(
                        "select * from object_version where bucket_id = :bucket and key = :key order by rank limit 1")
                .bind("bucket", bucket)
                .bind("key", key)
                .map((row, context) -> version(row))
                .findOne();
    }

    Optional<ObjectVersion> version(Handle handle, long bucket, String key, String id) {
        return handle.createQuery("""
                        select * from object_version where bucket_id = :bucket and key = :key and version_id = :id
                        """)
                .bind("bucket", bucket)
                .bind("key", key)
                .bind("id", id)
                .map((row, context) -> version(row))
                .findOne();
    }

    void insert(Handle handle, ObjectVersion version) {
        handle.createUpdate("""
                        insert into object_version (bucket_id, key, rank, version_id, current, marker, at, size, etag,
                            storage_class, owner, checksum, layout, blob, head)
                        values (:bucket, :key, :rank, :id, :current, :marker, :at, :size, :etag, :storageClass, :owner,
                            :checksum, :layout, :blob, :head)
                        """)
                .bind("bucket", version.bucket())
                .bind("key", version.key())
                .bind("rank", version.rank())
                .bind("id", version.id())
                .bind("current", version.current() ? 1 : 0)
                .bind("marker", version.marker() ? 1 : 0)
                .bind("at", version.at())
                .bind("size", version.size())
                .bind("etag", version.etag())
                .bind("storageClass", version.storageClass())
                .bind("owner", version.owner().digits())
                .bind("checksum", version.checksum().map(Checksum::text).orElse(""))
                .bind("layout", version.content().layout().name())
                .bind("blob", version.content().id())
                .bind("head", Json.write(version.head()))
                .execute();
    }

    void delete(Handle handle, ObjectVersion version) {
        handle.execute(
                "delete from object_version where bucket_id = ? and key = ? and rank = ?",
                version.bucket(),
                version.key(),
                version.rank());
    }

    void setCurrent(Handle handle, ObjectVersion version, boolean current) {
        handle.execute(
                "update object_version set current = ? where bucket_id = ? and key = ? and rank = ?",
                current ? 1 : 0,
                version.bucket(),
                version.key(),
                version.rank());
    }

    void setHead(Handle handle, ObjectVersion version, Head head) {
        handle.execute(
                "update object_version set head = ? where bucket_id = ? and key = ? and rank = ?",
                Json.write(head),
                version.bucket(),
                version.key(),
                version.rank());
    }

    void setStorageClass(Handle handle, ObjectVersion version, String storageClass) {
        handle.execute(
                "update object_version set storage_class = ? where bucket_id = ? and key = ? and rank = ?",
                storageClass,
                version.bucket(),
                version.key(),
                version.rank());
    }

    private static ObjectVersion version(ResultSet row) throws SQLException {
        return new ObjectVersion(
                row.getLong("bucket_id"),
                row.getString("key"),
                row.getLong("rank"),
                row.getString("version_id"),
                row.getInt("current") == 1,
                row.getInt("marker") == 1,
                row.getLong("at"),
                row.getString("etag"),
                row.getString("storage_class"),
                new AccountId(row.getString("owner")),
                Checksum.of(row.getString("checksum")),
                new Content(Content.Layout.valueOf(row.getString("layout")), row.getLong("blob"), row.getLong("size")),
                Json.read(row.getString("head"), Head.class));
    }

    /** Rows of a list, with what lists tell. */
    List<Listed> listed(Handle handle, long bucket, Span span, boolean all, int most) {
        Query query = handle.createQuery("""
                        select key, rank, version_id, current, marker, at, size, etag, storage_class, owner, checksum
                        from object_version where bucket_id = :bucket"""
                        + span.condition() + (all ? "" : " and current = 1 and marker = 0")
                        + " order by key, rank limit :most")
                .bind("bucket", bucket)
                .bind("most", most);
        span.values().forEach(query::bind);
        return query.map((row, context) -> listed(row)).list();
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getInt(4) == 1,
                row.getInt(5) == 1,
                row.getLong(6),
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11));
    }

    /** Whole rows of a bucket behind a place, all versions of each key: for rules by which they go. */
    List<ObjectVersion> all(Handle handle, long bucket, Span span, int most) {
        Query query = handle.createQuery("select * from object_version where bucket_id = :bucket" + span.condition()
                        + " order by key, rank limit :most")
                .bind("bucket", bucket)
                .bind("most", most);
        span.values().forEach(query::bind);
        return query.map((row, context) -> version(row)).list();
    }
}
