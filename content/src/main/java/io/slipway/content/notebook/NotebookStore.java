package io.slipway.content.notebook;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.content.tree.Cell;
import io.slipway.content.tree.Environment;
import io.slipway.content.tree.Language;
import io.slipway.identity.Principal;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code document} and {@code document_cell}. */
final class NotebookStore {
    private static final TypeReference<List<Widget>> WIDGETS = new TypeReference<>() {};

    void insert(Tx tx, Document document) {
        tx.sql()
                .createUpdate("""
                        insert into document (object_id, workspace_id, language, extra, environment, number, runs,
                            contexts, cluster_id, context_id, lost, runner_id, widgets, on_widget_change, opened_at,
                            unsaved_since, edited_by_id)
                        values (:id, :workspace, :language, :extra, :environment, 0, 0, 0, '', '', '', 0, '[]',
                            :onWidgetChange, :openedAt, 0, 0)
                        """)
                .bind("id", document.objectId())
                .bind("workspace", document.workspace().number())
                .bind("onWidgetChange", document.onWidgetChange())
                .bind("language", document.language())
                .bind("extra", document.extra())
                .bind("environment", document.environment().map(Json::write).orElse(""))
                .bind("openedAt", document.openedAt())
                .execute();
    }

    Optional<Document> document(Handle handle, long objectId) {
        return handle.createQuery("select document.*, " + Principal.named("runner_id", "runner") + ", "
                        + Principal.named("edited_by_id", "edited_by") + " from document where object_id = :id")
                .bind("id", objectId)
                .map((row, c) -> document(row))
                .findOne();
    }

    void delete(Tx tx, long objectId) {
        tx.sql()
                .createUpdate("delete from document where object_id = :id")
                .bind("id", objectId)
                .execute();
    }

    /** A number of the log of a document, and the workspace that it is in. */
    record Numbered(long number, WorkspaceId workspace) {}

    /** Draws the next number of the document's log. */
    Numbered nextNumber(Tx tx, long objectId) {
        return tx.sql()
                .createQuery("""
                        update document set number = number + 1 where object_id = :id returning number, workspace_id
                        """)
                .bind("id", objectId)
                .map((row, c) -> new Numbered(row.getLong("number"), new WorkspaceId(row.getLong("workspace_id"))))
                .one();
    }

    /** Draws the next number of a run. */
    long nextRun(Tx tx, long objectId) {
        return tx.sql()
                .createQuery("update document set runs = runs + 1 where object_id = :id returning runs")
                .bind("id", objectId)
                .mapTo(Long.class)
                .one();
    }

    void language(Tx tx, long objectId, Language language) {
        tx.sql()
                .createUpdate("update document set language = :language where object_id = :id")
                .bind("language", language)
                .bind("id", objectId)
                .execute();
    }

    void carried(Tx tx, long objectId, String extra, Optional<Environment> environment) {
        tx.sql()
                .createUpdate("update document set extra = :extra, environment = :environment where object_id = :id")
                .bind("extra", extra)
                .bind("environment", environment.map(Json::write).orElse(""))
                .bind("id", objectId)
                .execute();
    }

    void attach(Tx tx, long objectId, String clusterId, PrincipalId runner) {
        tx.sql()
                .createUpdate("""
                        update document
                        set cluster_id = :cluster, context_id = '', lost = '', contexts = contexts + 1,
                            runner_id = :runner
                        where object_id = :id
                        """)
                .bind("cluster", clusterId)
                .bind("runner", runner.number())
                .bind("id", objectId)
                .execute();
    }

    void context(Tx tx, long objectId, String contextId, String lost) {
        tx.sql()
                .createUpdate("""
                        update document set context_id = :context, lost = :lost,
                            contexts = contexts + case when :context = '' then 0 else 1 end
                        where object_id = :id
                        """)
                .bind("context", contextId)
                .bind("lost", lost)
                .bind("id", objectId)
                .execute();
    }

    void widgets(Tx tx, long objectId, List<Widget> widgets) {
        tx.sql()
                .createUpdate("update document set widgets = :widgets where object_id = :id")
                .bind("widgets", Json.write(widgets))
                .bind("id", objectId)
                .execute();
    }

    void onWidgetChange(Tx tx, long objectId, OnWidgetChange wanted) {
        tx.sql()
                .createUpdate("update document set on_widget_change = :wanted where object_id = :id")
                .bind("wanted", wanted)
                .bind("id", objectId)
                .execute();
    }

    /** The first edit since the last revision starts its clock. */
    void edited(Tx tx, long objectId, PrincipalId by, long at) {
        tx.sql()
                .createUpdate("""
                        update document set edited_by_id = :by,
                            unsaved_since = case when unsaved_since = 0 then :at else unsaved_since end
                        where object_id = :id
                        """)
                .bind("by", by.number())
                .bind("at", at)
                .bind("id", objectId)
                .execute();
    }

    void saved(Tx tx, long objectId) {
        tx.sql()
                .createUpdate("update document set unsaved_since = 0 where object_id = :id")
                .bind("id", objectId)
                .execute();
    }

    /** Sessions that a loop must look at: they have edits of that age, a context, or runs under way. */
    List<Long> toDo(Handle handle, long unsavedBefore) {
        return handle.createQuery("""
                        select object_id from document
                        where (unsaved_since > 0 and unsaved_since <= :before) or context_id <> ''
                        union
                        select object_id from document_run where state in ('QUEUED', 'RUNNING')
                        """)
                .bind("before", unsavedBefore)
                .mapTo(Long.class)
                .list();
    }

    List<Long> attachedTo(Handle handle, String clusterId) {
        return handle.createQuery("select object_id from document where cluster_id = :cluster")
                .bind("cluster", clusterId)
                .mapTo(Long.class)
                .list();
    }

    List<NotebookCell> cells(Handle handle, long objectId) {
        return handle.createQuery("select * from document_cell where object_id = :id order by position")
                .bind("id", objectId)
                .map((row, c) -> cell(row))
                .list();
    }

    List<String> cellIds(Handle handle, long objectId) {
        return handle.createQuery("select id from document_cell where object_id = :id order by position")
                .bind("id", objectId)
                .mapTo(String.class)
                .list();
    }

    Optional<NotebookCell> cell(Handle handle, long objectId, String cellId) {
        return handle.createQuery("select * from document_cell where object_id = :id and id = :cell")
                .bind("id", objectId)
                .bind("cell", cellId)
                .map((row, c) -> cell(row))
                .findOne();
    }

    /** All characters of all cells. */
    long size(Handle handle, long objectId) {
        return handle.createQuery("select coalesce(sum(length(text)), 0) from document_cell where object_id = :id")
                .bind("id", objectId)
                .mapTo(Long.class)
                .one();
    }

    void insert(Tx tx, long objectId, NotebookCell cell, int position) {
        var insert = tx.sql().createUpdate("""
                        insert into document_cell (object_id, id, position, version, text, title, title_shown, bare,
                            extra, code_hidden, result_hidden, views)
                        values (:object, :id, :position, :version, :text, :title, :titleShown, :bare, :extra,
                            :codeHidden, :resultHidden, :views)
                        """);
        row(insert, objectId, cell).bind("position", position).execute();
    }

    void update(Tx tx, long objectId, NotebookCell cell) {
        var update = tx.sql().createUpdate("""
                        update document_cell
                        set version = :version, text = :text, title = :title, title_shown = :titleShown, bare = :bare,
                            extra = :extra, code_hidden = :codeHidden, result_hidden = :resultHidden, views = :views
                        where object_id = :object and id = :id
                        """);
        row(update, objectId, cell).execute();
    }

    private static Update row(Update statement, long objectId, NotebookCell cell) {
        return statement
                .bind("object", objectId)
                .bind("id", cell.id())
                .bind("version", cell.version())
                .bind("text", cell.cell().text())
                .bind("title", cell.cell().title())
                .bind("titleShown", cell.cell().titleShown() ? 1 : 0)
                .bind("bare", cell.cell().bare() ? 1 : 0)
                .bind("extra", cell.cell().extra())
                .bind("codeHidden", cell.look().codeHidden() ? 1 : 0)
                .bind("resultHidden", cell.look().resultHidden() ? 1 : 0)
                .bind("views", cell.look().views());
    }

    void delete(Tx tx, long objectId, String cellId) {
        tx.sql()
                .createUpdate("delete from document_cell where object_id = :object and id = :id")
                .bind("object", objectId)
                .bind("id", cellId)
                .execute();
    }

    /** Where a cell stands; positions grow from the top, with gaps. */
    Optional<Integer> position(Handle handle, long objectId, String cellId) {
        return handle.createQuery("select position from document_cell where object_id = :object and id = :id")
                .bind("object", objectId)
                .bind("id", cellId)
                .mapTo(Integer.class)
                .findOne();
    }

    int lastPosition(Handle handle, long objectId) {
        return handle.createQuery("select coalesce(max(position), -1) from document_cell where object_id = :object")
                .bind("object", objectId)
                .mapTo(Integer.class)
                .one();
    }

    int count(Handle handle, long objectId) {
        return handle.createQuery("select count(*) from document_cell where object_id = :object")
                .bind("object", objectId)
                .mapTo(Integer.class)
                .one();
    }

    /** Makes room at this position. */
    void shift(Tx tx, long objectId, int position) {
        tx.sql()
                .createUpdate("""
                        update document_cell set position = position + 1 where object_id = :object and position >= :position
                        """)
                .bind("object", objectId)
                .bind("position", position)
                .execute();
    }

    void move(Tx tx, long objectId, String cellId, int position) {
        tx.sql()
                .createUpdate("update document_cell set position = :position where object_id = :object and id = :id")
                .bind("position", position)
                .bind("object", objectId)
                .bind("id", cellId)
                .execute();
    }

    private static Document document(ResultSet row) throws SQLException {
        String environment = row.getString("environment");
        return new Document(
                row.getLong("object_id"),
                new WorkspaceId(row.getLong("workspace_id")),
                Language.valueOf(row.getString("language")),
                row.getString("extra"),
                environment.isEmpty() ? Optional.empty() : Optional.of(Json.read(environment, Environment.class)),
                row.getLong("number"),
                row.getLong("runs"),
                row.getLong("contexts"),
                row.getString("cluster_id"),
                row.getString("context_id"),
                row.getString("lost"),
                Principal.of(row, "runner_id", "runner"),
                Json.read(row.getString("widgets"), WIDGETS),
                OnWidgetChange.valueOf(row.getString("on_widget_change")),
                row.getLong("opened_at"),
                row.getLong("unsaved_since"),
                Principal.of(row, "edited_by_id", "edited_by"));
    }

    private static NotebookCell cell(ResultSet row) throws SQLException {
        return new NotebookCell(
                row.getString("id"),
                row.getLong("version"),
                new Cell(
                        row.getString("text"),
                        row.getString("title"),
                        row.getInt("title_shown") != 0,
                        row.getInt("bare") != 0,
                        row.getString("extra")),
                new NotebookCell.Look(
                        row.getInt("code_hidden") != 0, row.getInt("result_hidden") != 0, row.getString("views")));
    }
}
