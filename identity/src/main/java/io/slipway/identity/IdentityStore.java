package io.slipway.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code app_user} and {@code token}. */
final class IdentityStore {
    void insert(Handle handle, User user) {
        handle.createUpdate("""
                        insert into app_user (id, user_name, display_name, admin, created_at)
                        values (:id, :userName, :displayName, :admin, :createdAt)
                        """)
                .bind("id", user.id())
                .bind("userName", user.userName())
                .bind("displayName", user.displayName())
                .bind("admin", user.admin() ? 1 : 0)
                .bind("createdAt", user.createdAt())
                .execute();
    }

    Optional<User> byName(Handle handle, String userName) {
        return handle.createQuery("select * from app_user where user_name = :name")
                .bind("name", userName)
                .map((row, context) -> user(row))
                .findOne();
    }

    Optional<User> byId(Handle handle, long id) {
        return handle.createQuery("select * from app_user where id = :id")
                .bind("id", id)
                .map((row, context) -> user(row))
                .findOne();
    }

    Optional<User> byTokenHash(Handle handle, String hash, long now) {
        return handle.createQuery("""
                        select app_user.* from token join app_user on app_user.id = token.user_id
                        where token.hash = :hash and (token.expires_at is null or token.expires_at > :now)
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> user(row))
                .findOne();
    }

    Optional<String> tokenId(Handle handle, String hash) {
        return handle.createQuery("select id from token where hash = :hash")
                .bind("hash", hash)
                .mapTo(String.class)
                .findOne();
    }

    void insert(Handle handle, Token token, String hash) {
        handle.createUpdate("""
                        insert into token (id, user_id, hash, comment, created_at, expires_at)
                        values (:id, :userId, :hash, :comment, :createdAt, :expiresAt)
                        """)
                .bind("id", token.id())
                .bind("userId", token.userId())
                .bind("hash", hash)
                .bind("comment", token.comment())
                .bind("createdAt", token.createdAt())
                .bind("expiresAt", token.expiresAt())
                .execute();
    }

    List<Token> tokens(Handle handle, long userId) {
        return handle.createQuery("select * from token where user_id = :userId order by created_at desc")
                .bind("userId", userId)
                .map((row, context) -> token(row))
                .list();
    }

    int deleteToken(Handle handle, String id, long userId) {
        return handle.createUpdate("delete from token where id = :id and user_id = :userId")
                .bind("id", id)
                .bind("userId", userId)
                .execute();
    }

    static User user(ResultSet row) throws SQLException {
        return new User(
                row.getLong("id"),
                row.getString("user_name"),
                row.getString("display_name"),
                row.getInt("admin") != 0,
                row.getLong("created_at"));
    }

    private static Token token(ResultSet row) throws SQLException {
        long expiresAt = row.getLong("expires_at");
        Optional<Long> expiry = row.wasNull() ? Optional.empty() : Optional.of(expiresAt);
        return new Token(
                row.getString("id"),
                row.getLong("user_id"),
                row.getString("comment"),
                row.getLong("created_at"),
                expiry);
    }
}
