package io.slipway.identity.setting;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code ip_access_list}. */
final class AccessListStore {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    List<AccessList> all(Handle handle) {
        return handle.createQuery("select * from ip_access_list order by created_at, id")
                .map((row, context) -> list(row))
                .list();
    }

    List<AccessList> of(Handle handle, WorkspaceId workspace) {
        return handle.createQuery(
                        "select * from ip_access_list where workspace_id = :workspace order by created_at, id")
                .bind("workspace", workspace.number())
                .map((row, context) -> list(row))
                .list();
    }

    Optional<AccessList> get(Handle handle, WorkspaceId workspace, String id) {
        return handle.createQuery("select * from ip_access_list where id = :id and workspace_id = :workspace")
                .bind("id", id)
                .bind("workspace", workspace.number())
                .map((row, context) -> list(row))
                .findOne();
    }

    void insert(Handle handle, AccessList list) {
        bind(handle.createUpdate("""
                        insert into ip_access_list (id, workspace_id, label, list_type, addresses, enabled,
                            created_at, created_by_id, updated_at, updated_by_id)
                        values (:id, :workspace, :label, :type, :addresses, :enabled,
                            :createdAt, :createdBy, :updatedAt, :updatedBy)
                        """), list)
                .bind("workspace", list.workspace().number())
                .bind("createdAt", list.created().at())
                .bind("createdBy", list.created().by().number())
                .execute();
    }

    void update(Handle handle, AccessList list) {
        bind(handle.createUpdate("""
                        update ip_access_list
                        set label = :label, list_type = :type, addresses = :addresses, enabled = :enabled,
                            updated_at = :updatedAt, updated_by_id = :updatedBy
                        where id = :id
                        """), list).execute();
    }

    void delete(Handle handle, AccessList list) {
        handle.createUpdate("delete from ip_access_list where id = :id")
                .bind("id", list.id())
                .execute();
    }

    private static Update bind(Update update, AccessList list) {
        return update.bind("id", list.id())
                .bind("label", list.spec().label())
                .bind("type", list.spec().type().name())
                .bind("addresses", Json.write(list.spec().addresses()))
                .bind("enabled", list.spec().enabled() ? 1 : 0)
                .bind("updatedAt", list.updated().at())
                .bind("updatedBy", list.updated().by().number());
    }

    private static AccessList list(ResultSet row) throws SQLException {
        return new AccessList(
                row.getString("id"),
                new WorkspaceId(row.getLong("workspace_id")),
                new AccessList.Spec(
                        row.getString("label"),
                        AccessList.Type.valueOf(row.getString("list_type")),
                        Json.read(row.getString("addresses"), TEXTS),
                        row.getInt("enabled") == 1),
                new AccessList.Touched(row.getLong("created_at"), new PrincipalId(row.getLong("created_by_id"))),
                new AccessList.Touched(row.getLong("updated_at"), new PrincipalId(row.getLong("updated_by_id"))));
    }
}
