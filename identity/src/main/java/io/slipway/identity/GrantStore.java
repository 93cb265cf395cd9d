package io.slipway.identity;

import io.slipway.kit.Kind;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Rows of {@code granted}. */
final class GrantStore {
    /** A level that somebody was given on a thing itself. */
    record Row(String objectId, Principal principal, PrincipalKind kind, String displayName, Level level) {}

    /** Levels that any of these has on any of the things, which are all of one kind. */
    Set<Level> levels(Handle handle, List<Ref> things, Set<PrincipalId> any) {
        return handle.createQuery("""
                        select distinct level from granted
                        where workspace_id = :workspace and kind = :kind and object_id in (<things>)
                        and principal_id in (""" + numbers(any) + ")")
                .bind("workspace", things.get(0).workspace().number())
                .bind("kind", things.get(0).kind().word())
                .bindList("things", things.stream().map(Ref::id).toList())
                .mapTo(String.class)
                .map(Level::valueOf)
                .collect(Collectors.toSet());
    }

    /** Who has what on the things, which are all of one kind. */
    List<Row> rows(Handle handle, List<Ref> things) {
        return handle.createQuery("""
                        select granted.object_id, granted.level, principal.id, principal.name, principal.kind,
                            principal.display_name
                        from granted join principal on principal.id = granted.principal_id
                        where granted.workspace_id = :workspace and granted.kind = :kind
                        and granted.object_id in (<things>) and principal.gone_at = 0
                        order by principal.kind desc, principal.name_key
                        """)
                .bind("workspace", things.get(0).workspace().number())
                .bind("kind", things.get(0).kind().word())
                .bindList("things", things.stream().map(Ref::id).toList())
                .map((row, context) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("object_id"),
                Principal.of(row, "id", "name"),
                PrincipalKind.valueOf(row.getString("kind")),
                row.getString("display_name"),
                Level.valueOf(row.getString("level")));
    }

    /** Gives the principal this level and no other. */
    void put(Handle handle, Ref thing, PrincipalId principal, Level level) {
        handle.createUpdate("""
                        insert into granted (workspace_id, kind, object_id, principal_id, level)
                        values (:workspace, :kind, :id, :principal, :level)
                        on conflict (workspace_id, kind, object_id, principal_id) do update set level = excluded.level
                        """)
                .bind("workspace", thing.workspace().number())
                .bind("kind", thing.kind().word())
                .bind("id", thing.id())
                .bind("principal", principal.number())
                .bind("level", level.name())
                .execute();
    }

    void deleteAll(Handle handle, Ref thing) {
        handle.execute(
                "delete from granted where workspace_id = ? and kind = ? and object_id = ?",
                thing.workspace().number(),
                thing.kind().word(),
                thing.id());
    }

    /** Takes everything from a principal, in one workspace or in all. */
    void deleteOf(Handle handle, Optional<WorkspaceId> workspace, PrincipalId principal) {
        handle.createUpdate("delete from granted where principal_id = :principal"
                        + workspace
                                .map(only -> " and workspace_id = :workspace")
                                .orElse(""))
                .bind("principal", principal.number())
                .bind("workspace", workspace.map(WorkspaceId::number))
                .execute();
    }

    /** The query of ids of those things of a kind, in {@code :seenIn}, on which any of these has a level: numbers, or texts. */
    static String idsOf(Kind kind, boolean numbers, Set<PrincipalId> any) {
        return "select " + (numbers ? "cast(object_id as bigint)" : "object_id")
                + " from granted where workspace_id = :seenIn and kind = '" + kind.word() + "' and principal_id in ("
                + numbers(any) + ")";
    }

    /** Somebody may be in a thousand groups: numbers need no places for values. */
    private static String numbers(Collection<PrincipalId> any) {
        return any.stream().map(PrincipalId::toString).sorted().collect(Collectors.joining(", "));
    }
}
