package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code token}, and who is behind a name or a number. */
final class IdentityStore {
    /** The live principal of this name, of any kind, that a workspace knows. */
    Optional<Principal> principal(Handle handle, WorkspaceId workspace, String name) {
        return handle.createQuery("""
                        select id, name from principal
                        where name_key = :key and home_id in (0, :workspace) and gone_at = 0 and kind <> 'SYSTEM'
                        """)
                .bind("key", Names.key(name))
                .bind("workspace", workspace.number())
                .map((row, context) -> Principal.of(row, "id", "name"))
                .findFirst();
    }

    /** Whoever can act: a live and active user or service principal. */
    Optional<Principal> actor(Handle handle, PrincipalId id) {
        return handle.createQuery("""
                        select id, name from principal
                        where id = :id and kind in ('USER', 'SERVICE_PRINCIPAL') and active = 1 and gone_at = 0
                        """)
                .bind("id", id.number())
                .map((row, context) -> Principal.of(row, "id", "name"))
                .findOne();
    }

    /** Whom a token stands for, and where. */
    Optional<SessionTokens.Claim> byTokenHash(Handle handle, String hash, long now) {
        return handle.createQuery("""
                        select workspace_id, user_id from token
                        where hash = :hash and (expires_at is null or expires_at > :now)
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> new SessionTokens.Claim(
                        new WorkspaceId(row.getLong("workspace_id")), new PrincipalId(row.getLong("user_id"))))
                .findOne();
    }

    Optional<String> tokenId(Handle handle, String hash) {
        return handle.createQuery("select id from token where hash = :hash")
                .bind("hash", hash)
                .mapTo(String.class)
                .findOne();
    }

    void insert(Handle handle, Token token, String hash, PrincipalId by) {
        handle.createUpdate("""
                        insert into token (id, workspace_id, user_id, hash, comment, created_at, expires_at, created_by_id)
                        values (:id, :workspace, :userId, :hash, :comment, :createdAt, :expiresAt, :by)
                        """)
                .bind("id", token.id())
                .bind("workspace", token.workspace().number())
                .bind("userId", token.userId().number())
                .bind("hash", hash)
                .bind("comment", token.comment())
                .bind("createdAt", token.createdAt())
                .bind("expiresAt", token.expiresAt())
                .bind("by", by.number())
                .execute();
    }

    List<Token> tokens(Handle handle, WorkspaceId workspace, PrincipalId user) {
        return handle.createQuery("""
                        select * from token where user_id = :userId and workspace_id = :workspace
                        order by created_at desc
                        """)
                .bind("userId", user.number())
                .bind("workspace", workspace.number())
                .map((row, context) -> token(row))
                .list();
    }

    int deleteToken(Handle handle, String id, PrincipalId user) {
        return handle.createUpdate("delete from token where id = :id and user_id = :userId")
                .bind("id", id)
                .bind("userId", user.number())
                .execute();
    }

    void deleteTokens(Handle handle, Optional<WorkspaceId> workspace, PrincipalId user) {
        handle.createUpdate("delete from token where user_id = :user"
                        + workspace
                                .map(only -> " and workspace_id = :workspace")
                                .orElse(""))
                .bind("user", user.number())
                .bind("workspace", workspace.map(WorkspaceId::number))
                .execute();
    }

    /** All that let anybody in to a workspace. */
    void deleteOf(Handle handle, WorkspaceId workspace) {
        handle.execute("delete from token where workspace_id = ?", workspace.number());
    }

    static Token token(ResultSet row) throws SQLException {
        long expiresAt = row.getLong("expires_at");
        Optional<Long> expiry = row.wasNull() ? Optional.empty() : Optional.of(expiresAt);
        return new Token(
                row.getString("id"),
                new WorkspaceId(row.getLong("workspace_id")),
                new PrincipalId(row.getLong("user_id")),
                row.getString("comment"),
                row.getLong("created_at"),
                expiry);
    }
}
