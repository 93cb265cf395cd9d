package io.slipway.identity.secret;

import io.slipway.identity.Principal;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Rows of {@code secret_scope}, {@code secret_acl} and {@code secret}. */
final class SecretStore {
    Optional<SecretScope> scope(Handle handle, WorkspaceId workspace, String name) {
        return handle.createQuery("select * from secret_scope where workspace_id = :workspace and name_key = :key")
                .bind("workspace", workspace.number())
                .bind("key", SecretName.same(name))
                .map((row, context) -> scope(row))
                .findOne();
    }

    List<SecretScope> scopes(Handle handle, WorkspaceId workspace) {
        return handle.createQuery("select * from secret_scope where workspace_id = :workspace order by name_key")
                .bind("workspace", workspace.number())
                .map((row, context) -> scope(row))
                .list();
    }

    int scopeCount(Handle handle, WorkspaceId workspace) {
        return handle.createQuery("select count(*) from secret_scope where workspace_id = :workspace")
                .bind("workspace", workspace.number())
                .mapTo(Integer.class)
                .one();
    }

    void insert(Handle handle, SecretScope scope) {
        handle.createUpdate("""
                        insert into secret_scope (id, workspace_id, name, name_key, created_at)
                        values (:id, :workspace, :name, :key, :createdAt)
                        """)
                .bind("id", scope.id())
                .bind("workspace", scope.workspace().number())
                .bind("name", scope.name())
                .bind("key", SecretName.same(scope.name()))
                .bind("createdAt", scope.createdAt())
                .execute();
    }

    void delete(Handle handle, SecretScope scope) {
        for (String table : List.of("secret", "secret_acl")) {
            handle.execute("delete from " + table + " where scope_id = ?", scope.id());
        }
        handle.execute("delete from secret_scope where id = ?", scope.id());
    }

    /** What any of these principals may do. */
    List<SecretRight> rights(Handle handle, SecretScope scope, Set<PrincipalId> principals) {
        return handle.createQuery("""
                        select permission from secret_acl where scope_id = :scope and principal_id in (<principals>)
                        """)
                .bind("scope", scope.id())
                .bindList(
                        "principals",
                        principals.stream().map(PrincipalId::number).toList())
                .map((row, context) -> SecretRight.valueOf(row.getString("permission")))
                .list();
    }

    List<SecretAcl> acls(Handle handle, SecretScope scope) {
        return handle.createQuery("""
                        select principal.id, principal.name, secret_acl.permission
                        from secret_acl join principal on principal.id = secret_acl.principal_id
                        where scope_id = :scope and principal.gone_at = 0 order by principal.name
                        """)
                .bind("scope", scope.id())
                .map((row, context) -> new SecretAcl(
                        Principal.of(row, "id", "name"), SecretRight.valueOf(row.getString("permission"))))
                .list();
    }

    void put(Handle handle, SecretScope scope, PrincipalId principal, SecretRight permission) {
        handle.createUpdate("""
                        insert into secret_acl (scope_id, principal_id, permission)
                        values (:scope, :principal, :permission)
                        on conflict (scope_id, principal_id) do update set permission = excluded.permission
                        """)
                .bind("scope", scope.id())
                .bind("principal", principal.number())
                .bind("permission", permission.name())
                .execute();
    }

    int delete(Handle handle, SecretScope scope, PrincipalId principal) {
        return handle.execute(
                "delete from secret_acl where scope_id = ? and principal_id = ?", scope.id(), principal.number());
    }

    List<SecretKey> keys(Handle handle, SecretScope scope) {
        return handle.createQuery("select name, changed_at from secret where scope_id = :scope order by name_key")
                .bind("scope", scope.id())
                .map((row, context) -> new SecretKey(row.getString("name"), row.getLong("changed_at")))
                .list();
    }

    /** How many other keys there are. */
    int others(Handle handle, SecretScope scope, String key) {
        return handle.createQuery("select count(*) from secret where scope_id = :scope and name_key <> :key")
                .bind("scope", scope.id())
                .bind("key", SecretName.same(key))
                .mapTo(Integer.class)
                .one();
    }

    void put(Handle handle, SecretScope scope, SecretKey key, Sealing sealing, byte[] value) {
        handle.createUpdate("""
                        insert into secret (scope_id, name, name_key, key_version, sealed, changed_at)
                        values (:scope, :name, :key, :version, :sealed, :changedAt)
                        on conflict (scope_id, name_key) do update set
                            key_version = excluded.key_version, sealed = excluded.sealed,
                            changed_at = excluded.changed_at
                        """)
                .bind("scope", scope.id())
                .bind("name", key.name())
                .bind("key", SecretName.same(key.name()))
                .bind("version", sealing.keyVersion())
                .bind("sealed", sealing.seal(value, scope.place(key.name())))
                .bind("changedAt", key.changedAt())
                .execute();
    }

    Optional<byte[]> value(Handle handle, SecretScope scope, String key, Sealing sealing) {
        return handle.createQuery("select key_version, sealed from secret where scope_id = :scope and name_key = :key")
                .bind("scope", scope.id())
                .bind("key", SecretName.same(key))
                .map((row, context) ->
                        sealing.open(row.getInt("key_version"), row.getBytes("sealed"), scope.place(key)))
                .findOne();
    }

    int delete(Handle handle, SecretScope scope, String key) {
        return handle.execute(
                "delete from secret where scope_id = ? and name_key = ?", scope.id(), SecretName.same(key));
    }

    private static SecretScope scope(ResultSet row) throws SQLException {
        return new SecretScope(
                row.getLong("id"),
                new WorkspaceId(row.getLong("workspace_id")),
                row.getString("name"),
                row.getLong("created_at"));
    }
}
