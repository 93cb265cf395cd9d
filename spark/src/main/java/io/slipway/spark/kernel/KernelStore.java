package io.slipway.spark.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.Principal;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.spark.driver.DriverJson;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code context} and {@code command}. */
final class KernelStore {
    void insert(Tx tx, Context context) {
        tx.sql()
                .createUpdate("""
                        insert into context (id, part_of_kind, part_of_id, workspace_id, cluster_id, launch, owner_id, language, state,
                            message, spec, created_at)
                        values (:id, :partOfKind, :partOfId, :workspace, :cluster, :launch, :ownerId, :language, :state,
                            '', :spec, :createdAt)
                        """)
                .bind("id", context.id())
                .bind("partOfKind", context.partOf().kind().word())
                .bind("partOfId", context.partOf().id())
                .bind("cluster", context.clusterId())
                .bind("launch", context.launch())
                .bind("workspace", context.workspace().number())
                .bind("ownerId", context.owner().id().number())
                .bind("language", context.language())
                .bind("state", context.state())
                .bind("spec", Json.write(context.options()))
                .bind("createdAt", context.createdAt())
                .execute();
    }

    Optional<Context> context(Handle handle, String id) {
        return handle.createQuery(
                        "select context.*, " + Principal.named("owner_id", "owner") + " from context where id = :id")
                .bind("id", id)
                .map((row, c) -> context(row))
                .findOne();
    }

    Context requireContext(Handle handle, String id) {
        return context(handle, id).orElseThrow(() -> missing(id));
    }

    static PlatformException missing(String contextId) {
        return new PlatformException(
                ErrorCode.NOT_FOUND, "Unknown execution context " + contextId, Map.of("reason", "ContextNotFound"));
    }

    void move(Tx tx, Context context, ContextState to, String message) {
        ContextState.TRANSITIONS.move(context.state(), to);
        tx.sql()
                .createUpdate("update context set state = :to, message = :message where id = :id and state = :from")
                .bind("to", to)
                .bind("from", context.state())
                .bind("message", message)
                .bind("id", context.id())
                .execute();
    }

    /** As {@link #move}: nothing runs in it any more. */
    void fail(Tx tx, Context context, String message, long at) {
        move(tx, context, ContextState.ERROR, message);
        tx.sql()
                .createUpdate("update context set ended_at = :at where id = :id and state = 'ERROR'")
                .bind("at", at)
                .bind("id", context.id())
                .execute();
    }

    void options(Tx tx, String contextId, ContextOptions options) {
        tx.sql()
                .createUpdate("update context set spec = :spec where id = :id")
                .bind("spec", Json.write(options))
                .bind("id", contextId)
                .execute();
    }

    void deleteContext(Tx tx, String id) {
        tx.sql()
                .createUpdate("delete from context where id = :id")
                .bind("id", id)
                .execute();
    }

    List<String> contextsToDo(Handle handle) {
        return handle.createQuery("select id from context where state in ('PENDING', 'DESTROYING')")
                .mapTo(String.class)
                .list();
    }

    List<String> contextsOf(Handle handle, String clusterId) {
        return handle.createQuery("select id from context where cluster_id = :cluster")
                .bind("cluster", clusterId)
                .mapTo(String.class)
                .list();
    }

    /** Ids of live contexts of one thing. */
    List<String> contextsOf(Handle handle, Kind kind, String id) {
        return handle.createQuery("""
                        select id from context
                        where part_of_kind = :kind and part_of_id = :id and state <> 'DESTROYING'
                        """)
                .bind("kind", kind.word())
                .bind("id", id)
                .mapTo(String.class)
                .list();
    }

    /** What things of this kind have live contexts. */
    List<String> withContexts(Handle handle, Kind kind) {
        return handle.createQuery(
                        "select distinct part_of_id from context where part_of_kind = :kind and state <> 'DESTROYING'")
                .bind("kind", kind.word())
                .mapTo(String.class)
                .list();
    }

    List<String> commandsOf(Handle handle, Kind kind, String id) {
        return handle.createQuery("select id from command where part_of_kind = :kind and part_of_id = :id")
                .bind("kind", kind.word())
                .bind("id", id)
                .mapTo(String.class)
                .list();
    }

    void insert(Tx tx, Command command) {
        tx.sql()
                .createUpdate("""
                        insert into command (id, part_of_kind, part_of_id, workspace_id, owner_id, context_id, ordinal, spec, state, next_frame, progress, created_at,
                            started_at, ended_at)
                        values (:id, :partOfKind, :partOfId, :workspace, :owner, :context, :ordinal, :spec, :state, 0, '[]', :createdAt, 0, 0)
                        """)
                .bind("id", command.id())
                .bind("partOfKind", command.partOf().kind().word())
                .bind("partOfId", command.partOf().id())
                .bind("workspace", command.partOf().workspace().number())
                .bind("owner", command.owner().number())
                .bind("context", command.contextId())
                .bind("ordinal", command.ordinal())
                .bind("spec", DriverJson.DOCUMENTS.write(command.spec()))
                .bind("state", command.state())
                .bind("createdAt", command.createdAt())
                .execute();
    }

    int nextOrdinal(Handle handle, String contextId) {
        return handle.createQuery("select coalesce(max(ordinal), 0) + 1 from command where context_id = :context")
                .bind("context", contextId)
                .mapTo(Integer.class)
                .one();
    }

    Optional<Command> command(Handle handle, String id) {
        return handle.createQuery("select * from command where id = :id")
                .bind("id", id)
                .map((row, c) -> command(row))
                .findOne();
    }

    /** An earlier command of the context that the driver has not been given yet. */
    boolean waitsBehind(Handle handle, Command command) {
        return handle.createQuery("""
                        select count(*) from command
                        where context_id = :context and ordinal < :ordinal and state = 'QUEUED'
                        """)
                        .bind("context", command.contextId())
                        .bind("ordinal", command.ordinal())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    List<String> unfinished(Handle handle) {
        return handle.createQuery("select id from command where state in ('QUEUED', 'RUNNING', 'CANCELLING')")
                .mapTo(String.class)
                .list();
    }

    List<String> unfinishedOf(Handle handle, String contextId) {
        return handle.createQuery("""
                        select id from command
                        where context_id = :context and state in ('QUEUED', 'RUNNING', 'CANCELLING') order by ordinal
                        """)
                .bind("context", contextId)
                .mapTo(String.class)
                .list();
    }

    /** Moves a command unless somebody was faster; true if it moved. */
    boolean move(Tx tx, Command command, CommandState to) {
        CommandState.TRANSITIONS.move(command.state(), to);
        return tx.sql()
                        .createUpdate("update command set state = :to where id = :id and state = :from")
                        .bind("to", to)
                        .bind("from", command.state())
                        .bind("id", command.id())
                        .execute()
                == 1;
    }

    /** Its output has been stored up to frame {@code last}. */
    void advance(Tx tx, String commandId, long last) {
        tx.sql()
                .createUpdate("update command set next_frame = :last where id = :id and next_frame < :last")
                .bind("last", last)
                .bind("id", commandId)
                .execute();
    }

    void progress(Tx tx, String commandId, JsonNode progress) {
        tx.sql()
                .createUpdate("update command set progress = :progress where id = :id")
                .bind("progress", Json.write(progress))
                .bind("id", commandId)
                .execute();
    }

    void started(Tx tx, String commandId, long startedAt) {
        tx.sql()
                .createUpdate("update command set started_at = :startedAt where id = :id")
                .bind("startedAt", startedAt)
                .bind("id", commandId)
                .execute();
    }

    /** How far the news of this launch's driver have been stored; blank if there are none yet. */
    String cursor(Handle handle, String clusterId, int launch) {
        return handle.createQuery("select cursor from driver_cursor where cluster_id = :cluster and launch = :launch")
                .bind("cluster", clusterId)
                .bind("launch", launch)
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }

    void cursor(Tx tx, String clusterId, int launch, String cursor) {
        tx.sql()
                .createUpdate("""
                        insert into driver_cursor (cluster_id, launch, cursor) values (:cluster, :launch, :cursor)
                        on conflict (cluster_id) do update set launch = excluded.launch, cursor = excluded.cursor
                        """)
                .bind("cluster", clusterId)
                .bind("launch", launch)
                .bind("cursor", cursor)
                .execute();
    }

    void forgetCursor(Tx tx, String clusterId) {
        tx.sql()
                .createUpdate("delete from driver_cursor where cluster_id = :cluster")
                .bind("cluster", clusterId)
                .execute();
    }

    void ended(Tx tx, String commandId, Optional<CommandStatus.Outcome> outcome, long endedAt) {
        tx.sql()
                .createUpdate("update command set outcome = :outcome, ended_at = :endedAt where id = :id")
                .bind("outcome", outcome.map(Enum::name))
                .bind("endedAt", endedAt)
                .bind("id", commandId)
                .execute();
    }

    /** True if it had ended and is forgotten. */
    boolean forget(Tx tx, String commandId) {
        return tx.sql().createUpdate("""
                        delete from command where id = :id and state in ('FINISHED', 'CANCELLED', 'LOST')
                        """).bind("id", commandId).execute() > 0;
    }

    private static Context context(ResultSet row) throws SQLException {
        return new Context(
                row.getString("id"),
                partOf(row),
                row.getString("cluster_id"),
                row.getInt("launch"),
                Principal.of(row, "owner_id", "owner"),
                row.getString("language"),
                ContextState.valueOf(row.getString("state")),
                row.getString("message"),
                Json.read(row.getString("spec"), ContextOptions.class),
                row.getLong("created_at"));
    }

    private static Command command(ResultSet row) throws SQLException {
        return new Command(
                row.getString("id"),
                row.getString("context_id"),
                partOf(row),
                new PrincipalId(row.getLong("owner_id")),
                row.getInt("ordinal"),
                DriverJson.DOCUMENTS.read(row.getString("spec"), CommandSpec.class),
                CommandState.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("outcome")).map(CommandStatus.Outcome::valueOf),
                row.getLong("next_frame"),
                Json.read(row.getString("progress"), JsonNode.class),
                row.getLong("created_at"),
                row.getLong("started_at"),
                row.getLong("ended_at"));
    }

    private static Ref partOf(ResultSet row) throws SQLException {
        return Ref.of(
                Kind.of(row.getString("part_of_kind")),
                new WorkspaceId(row.getLong("workspace_id")),
                row.getString("part_of_id"));
    }
}
