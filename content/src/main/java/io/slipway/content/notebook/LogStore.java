package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Rows of {@code document_log}. */
final class LogStore {
    /** One thing that those who watch are told. */
    record Entry(long number, String type, String cellId, long version, JsonNode body) {}

    void insert(Tx tx, long objectId, Entry entry) {
        tx.sql()
                .createUpdate("""
                        insert into document_log (object_id, number, type, cell_id, version, body)
                        values (:object, :number, :type, :cell, :version, :body)
                        """)
                .bind("object", objectId)
                .bind("number", entry.number())
                .bind("type", entry.type())
                .bind("cell", entry.cellId())
                .bind("version", entry.version())
                .bind("body", Json.write(entry.body()))
                .execute();
    }

    List<Entry> after(Handle handle, long objectId, long number, int limit) {
        return handle.createQuery("""
                        select * from document_log where object_id = :object and number > :number
                        order by number limit :limit
                        """)
                .bind("object", objectId)
                .bind("number", number)
                .bind("limit", limit)
                .map((row, c) -> new Entry(
                        row.getLong("number"),
                        row.getString("type"),
                        row.getString("cell_id"),
                        row.getLong("version"),
                        Json.read(row.getString("body"), JsonNode.class)))
                .list();
    }

    /** What was changed in a cell's text from {@code version} on, oldest first. */
    List<Entry> changes(Handle handle, long objectId, String cellId, long version) {
        return handle.createQuery("""
                        select * from document_log
                        where object_id = :object and cell_id = :cell and type = 'changes' and version >= :version
                        order by number
                        """)
                .bind("object", objectId)
                .bind("cell", cellId)
                .bind("version", version)
                .map((row, c) -> new Entry(
                        row.getLong("number"),
                        row.getString("type"),
                        row.getString("cell_id"),
                        row.getLong("version"),
                        Json.read(row.getString("body"), JsonNode.class)))
                .list();
    }

    void prune(Tx tx, long objectId, long upTo) {
        tx.sql()
                .createUpdate("delete from document_log where object_id = :object and number <= :number")
                .bind("object", objectId)
                .bind("number", upTo)
                .execute();
    }
}
