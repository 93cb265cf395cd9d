package io.slipway.identity.setting;

import io.slipway.kit.WorkspaceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code setting}. */
final class SettingStore {
    /** @param value empty: taken away again */
    record Value(Optional<String> value, long version) {
        static final Value NONE = new Value(Optional.empty(), 0);
    }

    private record Row(WorkspaceId workspace, String name, Value value) {}

    Map<WorkspaceId, Map<String, Value>> all(Handle handle) {
        Map<WorkspaceId, Map<String, Value>> found = new HashMap<>();
        handle.createQuery("select workspace_id, name, value, version from setting")
                .map((row, context) -> new Row(
                        new WorkspaceId(row.getLong("workspace_id")),
                        row.getString("name"),
                        new Value(Optional.ofNullable(row.getString("value")), row.getLong("version"))))
                .forEach(row -> found.computeIfAbsent(row.workspace(), unused -> new HashMap<>())
                        .put(row.name(), row.value()));
        return found;
    }

    Value get(Handle handle, WorkspaceId workspace, String name) {
        return handle.createQuery("select value, version from setting where workspace_id = :workspace and name = :name")
                .bind("workspace", workspace.number())
                .bind("name", name)
                .map((row, context) -> new Value(Optional.ofNullable(row.getString("value")), row.getLong("version")))
                .findOne()
                .orElse(Value.NONE);
    }

    void put(Handle handle, WorkspaceId workspace, String name, Value value) {
        handle.createUpdate("""
                        insert into setting (workspace_id, name, value, version)
                        values (:workspace, :name, :value, :version)
                        on conflict (workspace_id, name) do update set value = :value, version = :version
                        """)
                .bind("workspace", workspace.number())
                .bind("name", name)
                .bind("value", value.value())
                .bind("version", value.version())
                .execute();
    }
}
