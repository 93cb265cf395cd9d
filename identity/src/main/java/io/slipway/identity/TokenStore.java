package io.slipway.identity;

import io.slipway.kit.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code token} as admins see them. */
final class TokenStore {
    private static final String SELECT = "select token.*, " + Principal.named("token.user_id", "owner_name") + ", "
            + Principal.named("token.created_by_id", "creator_name")
            + " from token where token.workspace_id = :workspace";

    List<WorkspaceTokens.Held> all(Handle handle, WorkspaceId workspace) {
        return handle.createQuery(SELECT + " order by token.created_at desc, token.id")
                .bind("workspace", workspace.number())
                .map((row, context) -> held(row))
                .list();
    }

    Optional<WorkspaceTokens.Held> get(Handle handle, WorkspaceId workspace, String id) {
        return handle.createQuery(SELECT + " and token.id = :id")
                .bind("workspace", workspace.number())
                .bind("id", id)
                .map((row, context) -> held(row))
                .findOne();
    }

    void comment(Handle handle, String id, String comment) {
        handle.createUpdate("update token set comment = :comment where id = :id")
                .bind("id", id)
                .bind("comment", comment)
                .execute();
    }

    void used(Handle handle, String hash, long day) {
        handle.createUpdate("update token set used_on = :day where hash = :hash and used_on < :day")
                .bind("hash", hash)
                .bind("day", day)
                .execute();
    }

    void delete(Handle handle, String id) {
        handle.createUpdate("delete from token where id = :id").bind("id", id).execute();
    }

    private static WorkspaceTokens.Held held(ResultSet row) throws SQLException {
        long usedOn = row.getLong("used_on");
        return new WorkspaceTokens.Held(
                IdentityStore.token(row),
                Principal.of(row, "user_id", "owner_name"),
                Principal.of(row, "created_by_id", "creator_name"),
                usedOn == 0 ? Optional.empty() : Optional.of(usedOn));
    }
}
