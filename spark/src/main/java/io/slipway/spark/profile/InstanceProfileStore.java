package io.slipway.spark.profile;

import io.slipway.kit.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code instance_profile}. */
final class InstanceProfileStore {
    List<InstanceProfile> of(Handle handle, WorkspaceId workspace) {
        return handle.createQuery("select * from instance_profile where workspace_id = :workspace order by arn")
                .bind("workspace", workspace.number())
                .map((row, context) -> profile(row))
                .list();
    }

    Optional<InstanceProfile> find(Handle handle, WorkspaceId workspace, String arn) {
        return handle.createQuery("select * from instance_profile where workspace_id = :workspace and arn = :arn")
                .bind("workspace", workspace.number())
                .bind("arn", arn)
                .map((row, context) -> profile(row))
                .findOne();
    }

    void put(Handle handle, InstanceProfile profile) {
        handle.createUpdate("""
                        insert into instance_profile (workspace_id, arn, role_arn, meta)
                        values (:workspace, :arn, :role, :meta)
                        on conflict (workspace_id, arn) do update set role_arn = excluded.role_arn, meta = excluded.meta
                        """)
                .bind("workspace", profile.workspace().number())
                .bind("arn", profile.arn())
                .bind("role", profile.role().orElse(""))
                .bind("meta", profile.meta() ? 1 : 0)
                .execute();
    }

    void delete(Handle handle, WorkspaceId workspace, String arn) {
        handle.createUpdate("delete from instance_profile where workspace_id = :workspace and arn = :arn")
                .bind("workspace", workspace.number())
                .bind("arn", arn)
                .execute();
    }

    void empty(Handle handle, WorkspaceId workspace) {
        handle.execute("delete from instance_profile where workspace_id = ?", workspace.number());
    }

    private static InstanceProfile profile(ResultSet row) throws SQLException {
        return new InstanceProfile(
                new WorkspaceId(row.getLong("workspace_id")),
                row.getString("arn"),
                Optional.of(row.getString("role_arn")).filter(role -> !role.isEmpty()),
                row.getInt("meta") == 1);
    }
}
