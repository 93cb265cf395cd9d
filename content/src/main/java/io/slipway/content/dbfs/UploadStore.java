package io.slipway.content.dbfs;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code dbfs_upload}. */
final class UploadStore {
    void insert(Handle handle, Upload upload) {
        handle.createUpdate("""
                        insert into dbfs_upload (handle, workspace_id, path, owner_id, overwrite, size, touched_at)
                        values (:handle, :workspace, :path, :owner, :overwrite, :size, :touchedAt)
                        """)
                .bind("handle", upload.handle())
                .bind("path", upload.path().toString())
                .bind("workspace", upload.workspace().number())
                .bind("owner", upload.owner().number())
                .bind("overwrite", upload.overwrite() ? 1 : 0)
                .bind("size", upload.size())
                .bind("touchedAt", upload.touchedAt())
                .execute();
    }

    Optional<Upload> find(Handle handle, long id) {
        return handle.createQuery("select * from dbfs_upload where handle = :handle")
                .bind("handle", id)
                .map((row, context) -> upload(row))
                .findOne();
    }

    void grow(Handle handle, long id, long size, long touchedAt) {
        handle.createUpdate("update dbfs_upload set size = :size, touched_at = :touchedAt where handle = :handle")
                .bind("handle", id)
                .bind("size", size)
                .bind("touchedAt", touchedAt)
                .execute();
    }

    void delete(Handle handle, long id) {
        handle.createUpdate("delete from dbfs_upload where handle = :handle")
                .bind("handle", id)
                .execute();
    }

    List<Upload> touchedBefore(Handle handle, long time) {
        return handle.createQuery("select * from dbfs_upload where touched_at < :time")
                .bind("time", time)
                .map((row, context) -> upload(row))
                .list();
    }

    private static Upload upload(ResultSet row) throws SQLException {
        return new Upload(
                row.getLong("handle"),
                new WorkspaceId(row.getLong("workspace_id")),
                DbfsPath.of("dbfs:" + row.getString("path")),
                new PrincipalId(row.getLong("owner_id")),
                row.getInt("overwrite") != 0,
                row.getLong("size"),
                row.getLong("touched_at"));
    }
}
