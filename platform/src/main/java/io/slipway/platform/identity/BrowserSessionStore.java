package io.slipway.platform.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code browser_session} and {@code sign_in_code}. */
final class BrowserSessionStore {
    record Session(User user, long usedAt) {}

    void insertCode(Handle handle, String hash, long userId, long expiresAt) {
        handle.createUpdate("insert into sign_in_code (hash, user_id, expires_at) values (:hash, :user, :expires)")
                .bind("hash", hash)
                .bind("user", userId)
                .bind("expires", expiresAt)
                .execute();
    }

    /** The code's user; the code is gone afterwards. */
    Optional<User> takeCode(Handle handle, String hash, long now) {
        Optional<User> user = handle.createQuery("""
                        select app_user.* from sign_in_code join app_user on app_user.id = sign_in_code.user_id
                        where sign_in_code.hash = :hash and sign_in_code.expires_at > :now
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> IdentityStore.user(row))
                .findOne();
        handle.createUpdate("delete from sign_in_code where hash = :hash")
                .bind("hash", hash)
                .execute();
        return user;
    }

    void forgetCodes(Handle handle, long now) {
        handle.createUpdate("delete from sign_in_code where expires_at <= :now")
                .bind("now", now)
                .execute();
    }

    void insertSession(Handle handle, String hash, long userId, long now) {
        handle.createUpdate("""
                        insert into browser_session (hash, user_id, created_at, used_at)
                        values (:hash, :user, :now, :now)
                        """)
                .bind("hash", hash)
                .bind("user", userId)
                .bind("now", now)
                .execute();
    }

    Optional<Session> session(Handle handle, String hash, long usedAfter) {
        return handle.createQuery("""
                        select app_user.*, browser_session.used_at
                        from browser_session join app_user on app_user.id = browser_session.user_id
                        where browser_session.hash = :hash and browser_session.used_at > :after
                        """)
                .bind("hash", hash)
                .bind("after", usedAfter)
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

    private static Session session(ResultSet row) throws SQLException {
        return new Session(IdentityStore.user(row), row.getLong("used_at"));
    }
}
