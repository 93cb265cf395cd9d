package io.slipway.identity.workspace;

import io.slipway.store.Manifest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code account_part}. */
final class AccountPartStore {
    List<AccountPart> all(Handle handle, PartKind kind) {
        return handle.createQuery("select * from account_part where kind = :kind order by created_at, id")
                .bind("kind", kind.name())
                .map((row, context) -> part(row))
                .list();
    }

    Optional<AccountPart> find(Handle handle, PartKind kind, String id) {
        return handle.createQuery("select * from account_part where kind = :kind and id = :id")
                .bind("kind", kind.name())
                .bind("id", id)
                .map((row, context) -> part(row))
                .findOne();
    }

    boolean named(Handle handle, PartKind kind, String name) {
        return handle.createQuery("select count(*) from account_part where kind = :kind and name = :name")
                        .bind("kind", kind.name())
                        .bind("name", name)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void insert(Handle handle, AccountPart part) {
        handle.createUpdate("""
                        insert into account_part (id, kind, name, manifest, created_at)
                        values (:id, :kind, :name, :manifest, :created)
                        """)
                .bind("id", part.id())
                .bind("kind", part.kind().name())
                .bind("name", part.name())
                .bind("manifest", part.manifest().write())
                .bind("created", part.createdAt())
                .execute();
    }

    void delete(Handle handle, String id) {
        handle.execute("delete from account_part where id = ?", id);
    }

    private static AccountPart part(ResultSet row) throws SQLException {
        return new AccountPart(
                row.getString("id"),
                PartKind.valueOf(row.getString("kind")),
                row.getString("name"),
                Manifest.read(row.getString("manifest")),
                row.getLong("created_at"));
    }
}
