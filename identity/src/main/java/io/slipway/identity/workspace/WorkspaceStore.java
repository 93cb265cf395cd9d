package io.slipway.identity.workspace;

import io.slipway.kit.WorkspaceId;
import io.slipway.store.Described;
import io.slipway.store.Manifest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code workspace}. */
final class WorkspaceStore {
    List<Described<Workspace>> all(Handle handle) {
        return handle.createQuery("select * from workspace where gone_at = 0 order by created_at, id")
                .map((row, context) -> described(row))
                .list();
    }

    Optional<Described<Workspace>> find(Handle handle, WorkspaceId id) {
        return handle.createQuery("select * from workspace where id = :id and gone_at = 0")
                .bind("id", id.number())
                .map((row, context) -> described(row))
                .findOne();
    }

    Optional<WorkspaceId> at(Handle handle, String deployment) {
        return handle.createQuery("select id from workspace where name = :deployment and gone_at = 0")
                .bind("deployment", deployment)
                .mapTo(Long.class)
                .findOne()
                .map(WorkspaceId::new);
    }

    List<Workspace> among(Handle handle, Set<WorkspaceId> ids) {
        return ids.isEmpty()
                ? List.of()
                : handle.createQuery("select * from workspace where id in (<ids>) and gone_at = 0 order by title, id")
                        .bindList("ids", ids.stream().map(WorkspaceId::number).toList())
                        .map((row, context) -> described(row).thing())
                        .list();
    }

    void insert(Handle handle, Workspace workspace, Manifest manifest) {
        bind(handle.createUpdate("""
                        insert into workspace (id, name, title, credentials_id, storage_id, network_id, manifest, created_at)
                        values (:id, :deployment, :title, :credentials, :storage, :network, :manifest, :created)
                        """), workspace, manifest)
                .bind("deployment", workspace.deployment())
                .bind("created", workspace.createdAt())
                .execute();
    }

    void update(Handle handle, Workspace workspace, Manifest manifest) {
        bind(handle.createUpdate("""
                        update workspace set title = :title, credentials_id = :credentials, storage_id = :storage,
                            network_id = :network, manifest = :manifest
                        where id = :id
                        """), workspace, manifest).execute();
    }

    void gone(Handle handle, WorkspaceId id, long now) {
        handle.execute("update workspace set gone_at = ?, name = name || '#' || id where id = ?", now, id.number());
    }

    /** The name of a workspace that is made of this part. */
    Optional<String> user(Handle handle, AccountPart part) {
        return handle.createQuery("select title from workspace where gone_at = 0 and "
                        + part.kind().column() + " = :id order by id limit 1")
                .bind("id", part.id())
                .mapTo(String.class)
                .findOne();
    }

    /** By the id of a part of this kind, the workspace that is made of it; of several the first. */
    Optional<WorkspaceId> userOf(Handle handle, PartKind kind, String part) {
        return handle.createQuery("select id from workspace where gone_at = 0 and " + kind.column()
                        + " = :part order by created_at, id limit 1")
                .bind("part", part)
                .mapTo(Long.class)
                .findOne()
                .map(WorkspaceId::new);
    }

    private static Update bind(Update update, Workspace workspace, Manifest manifest) {
        Map<PartKind, String> parts = workspace.wanted().parts();
        return update.bind("id", workspace.id().number())
                .bind("title", workspace.name())
                .bind("credentials", Optional.ofNullable(parts.get(PartKind.CREDENTIALS)))
                .bind("storage", Optional.ofNullable(parts.get(PartKind.STORAGE)))
                .bind("network", Optional.ofNullable(parts.get(PartKind.NETWORK)))
                .bind("manifest", manifest.write());
    }

    private static Described<Workspace> described(ResultSet row) throws SQLException {
        Map<PartKind, String> parts = new EnumMap<>(PartKind.class);
        for (PartKind kind : PartKind.values()) {
            String id = row.getString(kind.column());
            if (id != null) {
                parts.put(kind, id);
            }
        }
        return new Described<>(
                new Workspace(
                        new WorkspaceId(row.getLong("id")),
                        new Workspace.Wanted(row.getString("title"), row.getString("name"), parts),
                        row.getLong("created_at")),
                Manifest.read(row.getString("manifest")));
    }
}
