package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code aws_access_key}, {@code aws_session} and {@code aws_login_profile}. */
final class KeyStore {
    /** A value that only the platform's key opens. */
    static final class Sealed {
        private final byte[] bytes;
        private final int keyVersion;

        Sealed(byte[] bytes, int keyVersion) {
            this.bytes = bytes;
            this.keyVersion = keyVersion;
        }

        byte[] bytes() {
            return bytes;
        }

        int keyVersion() {
            return keyVersion;
        }
    }

    /** @param user empty: the account's own */
    record LastingKey(
            String id, AccountId account, Optional<String> user, boolean active, long createdAt, LastUsed used) {}

    record LastUsed(long at, String service, String region) {
        static final LastUsed NEVER = new LastUsed(0, "", "");
    }

    /** @param entity the role or user; empty: the account's own */
    record TemporaryKey(String id, AccountId account, Optional<String> entity, String detail, long expiresAt) {}

    /** Where a key was found, and how old what was read of its account may be. */
    record Owner(AccountId account, String canonical, long generation) {}

    record Password(String hash, boolean resetRequired, long createdAt) {}

    void insert(Handle handle, LastingKey key, Sealed secret) {
        handle.createUpdate("""
                        insert into aws_access_key (id, account, user_id, status, sealed, key_version, created_at)
                        values (:id, :account, :user, 'Active', :sealed, :version, :created)
                        """)
                .bind("id", key.id())
                .bind("account", key.account().digits())
                .bind("user", key.user())
                .bind("sealed", secret.bytes())
                .bind("version", secret.keyVersion())
                .bind("created", key.createdAt())
                .execute();
    }

    Optional<LastingKey> key(Handle handle, String id) {
        return handle.createQuery("select * from aws_access_key where id = :id")
                .bind("id", id)
                .map((row, context) -> key(row))
                .findOne();
    }

    /** Oldest first. */
    List<LastingKey> keys(Handle handle, AccountId account, Optional<String> user) {
        return handle.createQuery("select * from aws_access_key where account = :account and user_id "
                        + (user.isPresent() ? "= :user" : "is null") + " order by created_at, id")
                .bind("account", account.digits())
                .bindMap(user.map(id -> Map.of("user", id)).orElse(Map.of()))
                .map((row, context) -> key(row))
                .list();
    }

    void setActive(Handle handle, String id, boolean active) {
        handle.execute("update aws_access_key set status = ? where id = ?", active ? "Active" : "Inactive", id);
    }

    void delete(Handle handle, String id) {
        handle.execute("delete from aws_access_key where id = ?", id);
    }

    void used(Handle handle, String id, LastUsed used) {
        handle.createUpdate("""
                        update aws_access_key set used_at = :at, used_service = :service, used_region = :region
                        where id = :id
                        """)
                .bind("at", used.at())
                .bind("service", used.service())
                .bind("region", used.region())
                .bind("id", id)
                .execute();
    }

    void insert(Handle handle, TemporaryKey key, Sealed secret, long now) {
        handle.createUpdate("""
                        insert into aws_session (key_id, account, entity_id, sealed, key_version, detail, created_at,
                            expires_at)
                        values (:id, :account, :entity, :sealed, :version, :detail, :now, :expires)
                        """)
                .bind("id", key.id())
                .bind("account", key.account().digits())
                .bind("entity", key.entity())
                .bind("sealed", secret.bytes())
                .bind("version", secret.keyVersion())
                .bind("detail", key.detail())
                .bind("now", now)
                .bind("expires", key.expiresAt())
                .execute();
    }

    Optional<TemporaryKey> session(Handle handle, String id) {
        return handle.createQuery("select * from aws_session where key_id = :id")
                .bind("id", id)
                .map((row, context) -> new TemporaryKey(
                        row.getString("key_id"),
                        new AccountId(row.getString("account")),
                        Optional.ofNullable(row.getString("entity_id")),
                        row.getString("detail"),
                        row.getLong("expires_at")))
                .findOne();
    }

    /** Whose a key is that counts now, be it a lasting one or not. */
    Optional<Owner> owner(Handle handle, String id, long now) {
        boolean temporary = id.startsWith(Keys.TEMPORARY);
        return handle.createQuery("select aws_account.id, canonical_id, generation from "
                        + (temporary ? "aws_session" : "aws_access_key") + " as k join aws_account on aws_account.id"
                        + " = k.account where "
                        + (temporary ? "k.key_id = :id and k.expires_at > :now" : "k.id = :id and k.status = 'Active'"))
                .bind("id", id)
                .bindMap(temporary ? Map.of("now", now) : Map.of())
                .map((row, context) -> new Owner(
                        new AccountId(row.getString("id")), row.getString("canonical_id"), row.getLong("generation")))
                .findOne();
    }

    /** Of a lasting key that is active, or of a temporary one, be it over or not. */
    Optional<Sealed> secret(Handle handle, String id) {
        return handle.createQuery(
                        id.startsWith(Keys.TEMPORARY)
                                ? "select sealed, key_version from aws_session where key_id = :id"
                                : "select sealed, key_version from aws_access_key where id = :id and status = 'Active'")
                .bind("id", id)
                .map((row, context) -> new Sealed(row.getBytes("sealed"), row.getInt("key_version")))
                .findOne();
    }

    /** @return how many were forgotten, at most {@code most} */
    int forgetSessions(Handle handle, long before, int most) {
        return handle.createUpdate("""
                        delete from aws_session where key_id in (select key_id from aws_session where expires_at < :before
                        order by expires_at limit :most)
                        """)
                .bind("before", before)
                .bind("most", most)
                .execute();
    }

    Optional<Password> password(Handle handle, String userId) {
        return handle.createQuery("select * from aws_login_profile where user_id = :user")
                .bind("user", userId)
                .map((row, context) -> new Password(
                        row.getString("hash"), row.getInt("reset_required") == 1, row.getLong("created_at")))
                .findOne();
    }

    void putPassword(Handle handle, String userId, Password password) {
        handle.createUpdate("""
                        insert into aws_login_profile (user_id, hash, reset_required, created_at)
                        values (:user, :hash, :reset, :created)
                        on conflict (user_id) do update set hash = :hash, reset_required = :reset
                        """)
                .bind("user", userId)
                .bind("hash", password.hash())
                .bind("reset", password.resetRequired() ? 1 : 0)
                .bind("created", password.createdAt())
                .execute();
    }

    void deletePassword(Handle handle, String userId) {
        handle.execute("delete from aws_login_profile where user_id = ?", userId);
    }

    private static LastingKey key(ResultSet row) throws SQLException {
        return new LastingKey(
                row.getString("id"),
                new AccountId(row.getString("account")),
                Optional.ofNullable(row.getString("user_id")),
                row.getString("status").equals("Active"),
                row.getLong("created_at"),
                new LastUsed(row.getLong("used_at"), row.getString("used_service"), row.getString("used_region")));
    }
}
