package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code browser_session} and {@code sign_in_code}. */
final class BrowserSessionStore {
    /** @param tokenId the token that the session began with and ends with */
    record Session(WorkspaceId workspace, PrincipalId user, Optional<String> tokenId, long usedAt) {}

    /** Whom a code is for, and the token that it was made with. */
    record Invited(WorkspaceId workspace, PrincipalId user, Optional<String> tokenId) {}

    void insertCode(Handle handle, String hash, Caller caller, Optional<String> tokenId, long expiresAt) {
        handle.createUpdate("""
                        insert into sign_in_code (hash, workspace_id, user_id, token_id, expires_at)
                        values (:hash, :workspace, :user, :token, :expires)
                        """)
                .bind("hash", hash)
                .bind("workspace", caller.workspace().number())
                .bind("user", caller.id().number())
                .bind("token", tokenId)
                .bind("expires", expiresAt)
                .execute();
    }

    /** Whom the code is for; the code is gone afterwards. */
    Optional<Invited> takeCode(Handle handle, String hash, long now) {
        Optional<Invited> invited = handle.createQuery("""
                        select sign_in_code.workspace_id, sign_in_code.user_id, sign_in_code.token_id from sign_in_code
                        left join token on token.id = sign_in_code.token_id
                        where sign_in_code.hash = :hash and sign_in_code.expires_at > :now
                        and (token.expires_at is null or token.expires_at > :now)
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> new Invited(workspace(row), user(row), tokenId(row)))
                .findOne();
        handle.createUpdate("delete from sign_in_code where hash = :hash")
                .bind("hash", hash)
                .execute();
        return invited;
    }

    void forgetCodes(Handle handle, long now) {
        handle.createUpdate("delete from sign_in_code where expires_at <= :now")
                .bind("now", now)
                .execute();
    }

    void insertSession(
            Handle handle, String hash, WorkspaceId workspace, PrincipalId user, Optional<String> tokenId, long now) {
        handle.createUpdate("""
                        insert into browser_session (hash, workspace_id, user_id, token_id, created_at, used_at)
                        values (:hash, :workspace, :user, :token, :now, :now)
                        """)
                .bind("hash", hash)
                .bind("workspace", workspace.number())
                .bind("user", user.number())
                .bind("token", tokenId)
                .bind("now", now)
                .execute();
    }

    Optional<Session> session(Handle handle, String hash, long usedAfter, long now) {
        return handle.createQuery("""
                        select browser_session.workspace_id, browser_session.user_id, browser_session.token_id,
                            browser_session.used_at
                        from browser_session
                        left join token on token.id = browser_session.token_id
                        where browser_session.hash = :hash and browser_session.used_at > :after
                        and (token.expires_at is null or token.expires_at > :now)
                        """)
                .bind("hash", hash)
                .bind("after", usedAfter)
                .bind("now", now)
                .map((row, context) -> session(row))
                .findOne();
    }

    void used(Handle handle, String hash, long now) {
        handle.createUpdate("update browser_session set used_at = :now where hash = :hash")
                .bind("now", now)
                .bind("hash", hash)
                .execute();
    }

    void delete(Handle handle, String hash) {
        handle.createUpdate("delete from browser_session where hash = :hash")
                .bind("hash", hash)
                .execute();
    }

    void forgetSessions(Handle handle, long usedBefore) {
        handle.createUpdate("delete from browser_session where used_at <= :before")
                .bind("before", usedBefore)
                .execute();
    }

    /** Ends what began with the token, which can go afterwards. */
    void deleteOfToken(Handle handle, String tokenId) {
        handle.createUpdate("delete from browser_session where token_id = :token")
                .bind("token", tokenId)
                .execute();
        handle.createUpdate("delete from sign_in_code where token_id = :token")
                .bind("token", tokenId)
                .execute();
    }

    /** Ends what somebody has begun: in one workspace, or in all. */
    void deleteOfUser(Handle handle, Optional<WorkspaceId> workspace, PrincipalId user) {
        for (String table : List.of("browser_session", "sign_in_code")) {
            handle.createUpdate("delete from " + table + " where user_id = :user"
                            + workspace
                                    .map(only -> " and workspace_id = :workspace")
                                    .orElse(""))
                    .bind("user", user.number())
                    .bind("workspace", workspace.map(WorkspaceId::number))
                    .execute();
        }
    }

    /** Ends what anybody has begun in a workspace. */
    void deleteOf(Handle handle, WorkspaceId workspace) {
        handle.execute("delete from browser_session where workspace_id = ?", workspace.number());
        handle.execute("delete from sign_in_code where workspace_id = ?", workspace.number());
    }

    /** From now on what it asks for, and does not say where, is of this workspace. */
    void move(Handle handle, String hash, WorkspaceId workspace) {
        handle.execute("update browser_session set workspace_id = ? where hash = ?", workspace.number(), hash);
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(workspace(row), user(row), tokenId(row), row.getLong("used_at"));
    }

    private static WorkspaceId workspace(ResultSet row) throws SQLException {
        return new WorkspaceId(row.getLong("workspace_id"));
    }

    private static PrincipalId user(ResultSet row) throws SQLException {
        return new PrincipalId(row.getLong("user_id"));
    }

    private static Optional<String> tokenId(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString("token_id"));
    }
}
