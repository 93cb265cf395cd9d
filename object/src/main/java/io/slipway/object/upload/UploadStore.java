package io.slipway.object.upload;

import io.slipway.iam.policy.AccountId;
import io.slipway.object.blob.Content;
import io.slipway.object.version.Head;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Rows of {@code upload} and {@code upload_part}. */
final class UploadStore {
    void insert(Handle handle, Upload upload) {
        handle.createUpdate("""
                        insert into upload (bucket_id, key, id, number, at, owner, initiator, storage_class, checksum, head,
                            outcome, ended_at)
                        values (:bucket, :key, :id, :number, :at, :owner, :initiator, :storageClass, :sum, :head, '', 0)
                        """)
                .bind("bucket", upload.bucket())
                .bind("key", upload.key())
                .bind("id", upload.id())
                .bind("number", upload.number())
                .bind("at", upload.at())
                .bind("owner", upload.owner().digits())
                .bind("initiator", upload.initiator())
                .bind("storageClass", upload.storageClass())
                .bind("sum", Json.write(upload.sum()))
                .bind("head", Json.write(upload.head()))
                .execute();
    }

    Optional<Upload> upload(Handle handle, long bucket, String key, String id) {
        return handle.createQuery("select * from upload where bucket_id = :bucket and key = :key and id = :id")
                .bind("bucket", bucket)
                .bind("key", key)
                .bind("id", id)
                .map((row, context) -> upload(row))
                .findOne();
    }

    private static Upload upload(ResultSet row) throws SQLException {
        return new Upload(
                row.getLong("bucket_id"),
                row.getString("key"),
                row.getString("id"),
                row.getLong("number"),
                row.getLong("at"),
                new AccountId(row.getString("owner")),
                row.getString("initiator"),
                row.getString("storage_class"),
                Json.read(row.getString("checksum"), Upload.Sum.class),
                Json.read(row.getString("head"), Head.class),
                Optional.of(row.getString("outcome"))
                        .filter(text -> !text.isEmpty())
                        .map(text -> Json.read(text, Upload.Outcome.class)));
    }

    /** Those that have not ended, behind one of them, in order. */
    List<Upload> open(Handle handle, long bucket, String key, String id, Optional<String> to, int most) {
        Query query = handle.createQuery(
                        """
                        select * from upload where bucket_id = :bucket and outcome = '' and (key, id) > (:key, :id)""" + (to.isPresent() ? " and key < :to" : "") + " order by key, id limit :most")
                .bind("bucket", bucket)
                .bind("key", key)
                .bind("id", id)
                .bind("most", most);
        to.ifPresent(end -> query.bind("to", end));
        return query.map((row, context) -> upload(row)).list();
    }

    void end(Handle handle, Upload upload, Upload.Outcome outcome, long at) {
        handle.createUpdate("""
                        update upload set outcome = :outcome, ended_at = :at
                        where bucket_id = :bucket and key = :key and id = :id
                        """)
                .bind("outcome", Json.write(outcome))
                .bind("at", at)
                .bind("bucket", upload.bucket())
                .bind("key", upload.key())
                .bind("id", upload.id())
                .execute();
    }

    void delete(Handle handle, Upload upload) {
        handle.execute(
                "delete from upload where bucket_id = ? and key = ? and id = ?",
                upload.bucket(),
                upload.key(),
                upload.id());
    }

    void deleteEnded(Handle handle, long before) {
        handle.execute("delete from upload where ended_at > 0 and ended_at < ?", before);
    }

    void deleteEndedOf(Handle handle, long bucket) {
        handle.execute("delete from upload where bucket_id = ? and outcome <> ''", bucket);
    }

    Optional<Part> part(Handle handle, Upload upload, int number) {
        return handle.createQuery("select * from upload_part where upload = :upload and number = :number")
                .bind("upload", upload.number())
                .bind("number", number)
                .map((row, context) -> part(row))
                .findOne();
    }

    List<Part> parts(Handle handle, Upload upload, int after, int most) {
        return handle.createQuery("""
                        select * from upload_part where upload = :upload and number > :after order by number limit :most
                        """)
                .bind("upload", upload.number())
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> part(row))
                .list();
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(
                row.getInt("number"),
                row.getString("etag"),
                row.getString("checksum"),
                new Content(Content.Layout.valueOf(row.getString("layout")), row.getLong("blob"), row.getLong("size")),
                row.getLong("at"));
    }

    void put(Handle handle, Upload upload, Part part) {
        handle.createUpdate("""
                        insert into upload_part (upload, number, size, etag, checksum, layout, blob, at)
                        values (:upload, :number, :size, :etag, :checksum, :layout, :blob, :at)
                        on conflict (upload, number) do update set size = excluded.size, etag = excluded.etag,
                            checksum = excluded.checksum, layout = excluded.layout, blob = excluded.blob, at = excluded.at
                        """)
                .bind("upload", upload.number())
                .bind("number", part.number())
                .bind("size", part.content().size())
                .bind("etag", part.etag())
                .bind("checksum", part.checksum())
                .bind("layout", part.content().layout().name())
                .bind("blob", part.content().id())
                .bind("at", part.at())
                .execute();
    }

    void deleteParts(Handle handle, Upload upload) {
        handle.execute("delete from upload_part where upload = ?", upload.number());
    }
}
