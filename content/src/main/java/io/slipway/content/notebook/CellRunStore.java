package io.slipway.content.notebook;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.Principal;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.spark.driver.DriverJson;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code document_run}. */
final class CellRunStore {
    private static final TypeReference<List<CommandSpec>> PLAN = new TypeReference<>() {};

    private static final String SELECT =
            "select document_run.*, " + Principal.named("started_by_id", "started_by") + " from document_run ";

    void replace(Tx tx, CellRun run) {
        delete(tx, run.objectId(), run.cellId());
        tx.sql()
                .createUpdate("""
                        insert into document_run (object_id, cell_id, ordinal, batch, state, cancelled, started_by_id, code,
                            context_id, plan, position, published, published_at, progress, problem, queued_at,
                            started_at, ended_at)
                        values (:object, :cell, :ordinal, :batch, :state, 0, :by, :code, '', '[]', 0, 0, 0, '[]', '',
                            :queuedAt, 0, 0)
                        """)
                .bind("object", run.objectId())
                .bind("cell", run.cellId())
                .bind("ordinal", run.ordinal())
                .bind("batch", run.batch())
                .bind("state", run.state())
                .bind("by", run.startedBy().id().number())
                .bind("code", run.code())
                .bind("queuedAt", run.queuedAt())
                .execute();
    }

    void delete(Tx tx, long objectId, String cellId) {
        tx.sql()
                .createUpdate("delete from document_run where object_id = :object and cell_id = :cell")
                .bind("object", objectId)
                .bind("cell", cellId)
                .execute();
    }

    Optional<CellRun> find(Handle handle, long objectId, String cellId) {
        return handle.createQuery(SELECT + "where object_id = :object and cell_id = :cell")
                .bind("object", objectId)
                .bind("cell", cellId)
                .map((row, c) -> run(row))
                .findOne();
    }

    List<CellRun> of(Handle handle, long objectId) {
        return handle.createQuery(SELECT + "where object_id = :object")
                .bind("object", objectId)
                .map((row, c) -> run(row))
                .list();
    }

    /** Runs that have not ended, in the order in which they run. */
    List<CellRun> active(Handle handle, long objectId) {
        return handle.createQuery(SELECT + """
                        where object_id = :object and state in ('QUEUED', 'RUNNING')
                        order by ordinal
                        """)
                .bind("object", objectId)
                .map((row, c) -> run(row))
                .list();
    }

    void begin(Tx tx, CellRun run, String contextId, List<CommandSpec> plan, long at) {
        move(tx, run, CellRunState.RUNNING);
        tx.sql()
                .createUpdate("""
                        update document_run set context_id = :context, plan = :plan, started_at = :at
                        where object_id = :object and cell_id = :cell
                        """)
                .bind("context", contextId)
                .bind("plan", DriverJson.DOCUMENTS.write(plan, PLAN))
                .bind("at", at)
                .bind("object", run.objectId())
                .bind("cell", run.cellId())
                .execute();
    }

    void end(Tx tx, CellRun run, CellRunState state, String problem, long at) {
        move(tx, run, state);
        tx.sql()
                .createUpdate("""
                        update document_run set ended_at = :at, problem = :problem
                        where object_id = :object and cell_id = :cell
                        """)
                .bind("at", at)
                .bind("problem", problem)
                .bind("object", run.objectId())
                .bind("cell", run.cellId())
                .execute();
    }

    private void move(Tx tx, CellRun run, CellRunState to) {
        CellRunState.TRANSITIONS.move(run.state(), to);
        tx.sql()
                .createUpdate("update document_run set state = :to where object_id = :object and cell_id = :cell")
                .bind("to", to)
                .bind("object", run.objectId())
                .bind("cell", run.cellId())
                .execute();
    }

    void cancel(Tx tx, CellRun run) {
        tx.sql()
                .createUpdate("update document_run set cancelled = 1 where object_id = :object and cell_id = :cell")
                .bind("object", run.objectId())
                .bind("cell", run.cellId())
                .execute();
    }

    void position(Tx tx, CellRun run, int position) {
        tx.sql()
                .createUpdate("""
                        update document_run set position = :position, published = 0
                        where object_id = :object and cell_id = :cell
                        """)
                .bind("position", position)
                .bind("object", run.objectId())
                .bind("cell", run.cellId())
                .execute();
    }

    void published(Tx tx, CellRun run, long frame, JsonNode progress, long at) {
        tx.sql()
                .createUpdate("""
                        update document_run set published = :frame, progress = :progress, published_at = :at
                        where object_id = :object and cell_id = :cell
                        """)
                .bind("frame", frame)
                .bind("progress", Json.write(progress))
                .bind("at", at)
                .bind("object", run.objectId())
                .bind("cell", run.cellId())
                .execute();
    }

    private static CellRun run(ResultSet row) throws SQLException {
        return new CellRun(
                row.getLong("object_id"),
                row.getString("cell_id"),
                row.getLong("ordinal"),
                row.getLong("batch"),
                CellRunState.valueOf(row.getString("state")),
                row.getInt("cancelled") != 0,
                Principal.of(row, "started_by_id", "started_by"),
                row.getString("code"),
                row.getString("context_id"),
                DriverJson.DOCUMENTS.read(row.getString("plan"), PLAN),
                row.getInt("position"),
                row.getLong("published"),
                row.getLong("published_at"),
                Json.read(row.getString("progress"), JsonNode.class),
                row.getString("problem"),
                row.getLong("queued_at"),
                row.getLong("started_at"),
                row.getLong("ended_at"));
    }
}
