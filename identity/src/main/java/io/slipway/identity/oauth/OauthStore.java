package io.slipway.identity.oauth;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code signing_key}, {@code program_secret}, {@code program_login} and {@code refresh_token}. */
final class OauthStore {
    private static final String LIVE = """
            program_login.expires_at > :now and (program_login.token_id is null or exists (
                select 1 from token where token.id = program_login.token_id
                and (token.expires_at is null or token.expires_at > :now)))
            """;

    /** A key that signs tokens, as it is kept. */
    @SuppressWarnings("ArrayRecordComponent")
    record Key(String id, int keyVersion, byte[] sealed, long createdAt) {}

    /** Newest first. */
    List<Key> keys(Handle handle) {
        return handle.createQuery("select * from signing_key order by created_at desc, id")
                .map((row, context) -> new Key(
                        row.getString("id"),
                        row.getInt("key_version"),
                        row.getBytes("sealed"),
                        row.getLong("created_at")))
                .list();
    }

    void insert(Handle handle, Key key) {
        handle.createUpdate("""
                        insert into signing_key (id, key_version, sealed, created_at)
                        values (:id, :version, :sealed, :createdAt)
                        """)
                .bind("id", key.id())
                .bind("version", key.keyVersion())
                .bind("sealed", key.sealed())
                .bind("createdAt", key.createdAt())
                .execute();
    }

    void forgetKeys(Handle handle, long createdBefore) {
        handle.execute("delete from signing_key where created_at <= ?", createdBefore);
    }

    List<ProgramSecret> secrets(Handle handle, PrincipalId program) {
        return handle.createQuery(
                        "select * from program_secret where principal_id = :program order by created_at desc, id")
                .bind("program", program.number())
                .map((row, context) -> secret(row))
                .list();
    }

    /** What can be shown for a live service principal. */
    List<ProgramSecret> secretsOf(Handle handle, String applicationId, long now) {
        return handle.createQuery("""
                        select program_secret.* from program_secret
                        join principal on principal.id = program_secret.principal_id
                        where principal.name = :name and principal.kind = 'SERVICE_PRINCIPAL' and principal.gone_at = 0
                        and program_secret.expires_at > :now
                        """)
                .bind("name", applicationId)
                .bind("now", now)
                .map((row, context) -> secret(row))
                .list();
    }

    void insert(Handle handle, ProgramSecret secret) {
        handle.createUpdate("""
                        insert into program_secret (id, principal_id, hash, created_at, expires_at)
                        values (:id, :program, :hash, :createdAt, :expiresAt)
                        """)
                .bind("id", secret.id())
                .bind("program", secret.program().number())
                .bind("hash", secret.hash())
                .bind("createdAt", secret.createdAt())
                .bind("expiresAt", secret.expiresAt())
                .execute();
    }

    int deleteSecret(Handle handle, PrincipalId program, String id) {
        return handle.createUpdate("delete from program_secret where id = :id and principal_id = :program")
                .bind("id", id)
                .bind("program", program.number())
                .execute();
    }

    /** If it is no more: one that only left a workspace keeps them. */
    void deleteSecretsOfGone(Handle handle, PrincipalId program) {
        handle.createUpdate("""
                        delete from program_secret where principal_id = :program
                        and exists (select 1 from principal where id = :program and gone_at <> 0)
                        """).bind("program", program.number()).execute();
    }

    /** Whether what is behind a token is still there. */
    boolean stands(Handle handle, Grant grant, long now) {
        String sql = switch (grant.kind()) {
            case SECRET ->
                "select count(*) from program_secret where id = :id and principal_id = :principal"
                        + " and expires_at > :now";
            case LOGIN -> "select count(*) from program_login where id = :id and user_id = :principal and " + LIVE;
            case POLICY ->
                "select count(*) from federation_policy where stamp = :id and principal_id in (0, :principal)";
        };
        return handle.createQuery(sql)
                        .bind("id", grant.id())
                        .bind("principal", grant.principal().number())
                        .bind("now", now)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void insert(Handle handle, ProgramLogin login, String codeHash, Optional<String> tokenId, long now) {
        handle.createUpdate("""
                        insert into program_login (id, workspace_id, user_id, client_id, scope, token_id, code_hash,
                            redirect_uri, challenge, created_at, expires_at)
                        values (:id, :workspace, :user, :client, :scope, :token, :code, :redirect, :challenge, :now, :expires)
                        """)
                .bind("id", login.id())
                .bind("workspace", login.workspace().number())
                .bind("user", login.user().number())
                .bind("client", login.clientId())
                .bind("scope", login.scope())
                .bind("token", tokenId)
                .bind("code", codeHash)
                .bind("redirect", login.redirectUri())
                .bind("challenge", login.challenge())
                .bind("now", now)
                .bind("expires", login.expiresAt())
                .execute();
    }

    Optional<ProgramLogin> byCode(Handle handle, String hash, long now) {
        return handle.createQuery("select program_login.* from program_login where code_hash = :hash and " + LIVE)
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> login(row))
                .findOne();
    }

    /** Whose token this is, be it used or not. */
    Optional<ProgramLogin> byRefreshToken(Handle handle, String hash, long now) {
        return handle.createQuery("""
                        select program_login.* from refresh_token
                        join program_login on program_login.id = refresh_token.login_id
                        where refresh_token.hash = :hash and refresh_token.expires_at > :now and
                        """ + LIVE)
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> login(row))
                .findOne();
    }

    /** 0 = it was used before. */
    int useCode(Handle handle, String hash, long expiresAt) {
        return handle.createUpdate("""
                        update program_login set code_used = 1, expires_at = :expires
                        where code_hash = :hash and code_used = 0
                        """)
                .bind("hash", hash)
                .bind("expires", expiresAt)
                .execute();
    }

    void insertRefreshToken(Handle handle, String hash, String login, long expiresAt) {
        handle.createUpdate("insert into refresh_token (hash, login_id, expires_at) values (:hash, :login, :expires)")
                .bind("hash", hash)
                .bind("login", login)
                .bind("expires", expiresAt)
                .execute();
    }

    /** 0 = it was used before. */
    int useRefreshToken(Handle handle, String hash) {
        return handle.createUpdate("update refresh_token set used = 1 where hash = :hash and used = 0")
                .bind("hash", hash)
                .execute();
    }

    void deleteLogin(Handle handle, String id) {
        handle.execute("delete from refresh_token where login_id = ?", id);
        handle.execute("delete from program_login where id = ?", id);
    }

    void deleteLogins(Handle handle, PrincipalId user) {
        handle.execute(
                "delete from refresh_token where login_id in (select id from program_login where user_id = ?)",
                user.number());
        handle.execute("delete from program_login where user_id = ?", user.number());
    }

    void forgetLogins(Handle handle, long now) {
        handle.execute(
                "delete from refresh_token where login_id in (select id from program_login where expires_at <= ?)",
                now);
        handle.execute("delete from program_login where expires_at <= ?", now);
    }

    private static ProgramSecret secret(ResultSet row) throws SQLException {
        return new ProgramSecret(
                row.getString("id"),
                new PrincipalId(row.getLong("principal_id")),
                row.getString("hash"),
                row.getLong("created_at"),
                row.getLong("expires_at"));
    }

    private static ProgramLogin login(ResultSet row) throws SQLException {
        return new ProgramLogin(
                row.getString("id"),
                new WorkspaceId(row.getLong("workspace_id")),
                new PrincipalId(row.getLong("user_id")),
                row.getString("client_id"),
                row.getString("scope"),
                row.getBoolean("code_used"),
                row.getString("redirect_uri"),
                row.getString("challenge"),
                row.getLong("expires_at"));
    }
}
