package io.slipway.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What clients sent was a part of specifications and settings; it moves to a column beside them. In Java, since the two databases
 * have no words in common for what is within JSON.
 */
final class ManifestMove implements JavaMigration {
    private static final int PIECE = 200;

    /** @param id a text or a number */
    private record Row(Object id, String body) {}

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("051");
    }

    @Override
    public String getDescription() {
        return "manifest move";
    }

    @Override
    public Integer getChecksum() {
        return 1;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        // The connection is Flyway's: it stays open.
        Handle handle = Jdbi.create(context.getConnection()).open();
        move(handle, "cluster", "spec");
        move(handle, "job", "settings");
        move(handle, "run", "settings");
    }

    /** Ids are read first: a table must not be changed while it is walked through. */
    private static void move(Handle handle, String table, String column) {
        List<Object> ids = handle.createQuery("select id from " + table)
                .map((row, context) -> row.getObject("id"))
                .list();
        for (int from = 0; from < ids.size(); from += PIECE) {
            List<Row> rows = handle.createQuery(
                            "select id, " + column + " as body from " + table + " where id in (<ids>)")
                    .bindList("ids", ids.subList(from, Math.min(ids.size(), from + PIECE)))
                    .map((row, context) -> new Row(row.getObject("id"), row.getString("body")))
                    .list();
            PreparedBatch batch = handle.prepareBatch(
                    "update " + table + " set " + column + " = :body, manifest = :manifest where id = :id");
            for (Row row : rows) {
                JsonNode body = Json.read(row.body(), JsonNode.class);
                Manifest manifest = take(body);
                batch.bind("id", row.id())
                        .bind("body", Json.write(body))
                        .bind("manifest", manifest.write())
                        .add();
            }
            batch.execute();
        }
    }

    /** Of a cluster's specification or a job's settings; takes it out there. */
    private static Manifest take(JsonNode body) {
        Map<String, String> parts = new HashMap<>();
        for (JsonNode task : body.path("tasks")) {
            part(
                    parts,
                    "tasks/" + task.path("key").asText(),
                    task.path("compute").path("spec"));
        }
        body.path("jobClusters")
                .properties()
                .forEach(each -> part(parts, "job_clusters/" + each.getKey(), each.getValue()));
        return new Manifest(text(body), parts);
    }

    private static void part(Map<String, String> parts, String name, JsonNode spec) {
        String text = text(spec);
        if (!text.isEmpty()) {
            parts.put(name, text);
        }
    }

    private static String text(JsonNode body) {
        return body instanceof ObjectNode object && object.has("document")
                ? object.remove("document").asText()
                : "";
    }
}
