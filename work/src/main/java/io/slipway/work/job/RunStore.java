package io.slipway.work.job;

import io.slipway.identity.Caller;
import io.slipway.identity.Principal;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Described;
import io.slipway.store.Json;
import io.slipway.store.Manifest;
import io.slipway.store.PageQuery;
import io.slipway.store.Tx;
import io.slipway.store.Visible;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code run}. */
final class RunStore {
    private static final PageQuery.Order NEWEST =
            PageQuery.Order.descending("runs", PageQuery.Column.number("started_at"), PageQuery.Column.number("id"));

    private static final String COLUMNS =
            "run.*, " + Principal.named("owner_id", "owner") + ", " + Principal.named("creator_id", "creator");

    /** A run of a job, with the manifest that the job has now. */
    void insertOfJob(Tx tx, Run run, Optional<String> idempotencyToken) {
        insert(tx, run, Manifest.NONE, idempotencyToken);
        tx.sql()
                .createUpdate("update run set manifest = (select manifest from job where id = :job) where id = :id")
                .bind("job", run.jobId())
                .bind("id", run.id())
                .execute();
    }

    void insert(Tx tx, Run run, Manifest manifest, Optional<String> idempotencyToken) {
        tx.sql()
                .createUpdate("""
                        insert into run (id, workspace_id, job_id, origin, name, owner_id, creator_id, settings, manifest, parameters, state,
                            message, cancel_requested, idempotency_token, started_at, begun_at, ended_at)
                        values (:id, :workspace, :job, :origin, :name, :owner, :creator, :settings, :manifest, :parameters, :state,
                            :message, 0, :token, :startedAt, :begunAt, 0)
                        """)
                .bind("id", run.id())
                .bind("job", run.jobId())
                .bind("origin", run.origin())
                .bind("name", run.name())
                .bind("workspace", run.workspace().number())
                .bind("owner", run.owner().id().number())
                .bind("creator", run.creator().id().number())
                .bind("settings", Json.write(run.settings()))
                .bind("manifest", manifest.write())
                .bind("parameters", Json.write(run.parameters()))
                .bind("state", run.state())
                .bind("message", run.message())
                .bind("token", idempotencyToken)
                .bind("startedAt", run.startedAt())
                .bind("begunAt", run.begunAt())
                .execute();
    }

    Optional<Run> find(Handle handle, long id) {
        return handle.createQuery("select " + COLUMNS + " from run where id = :id")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** As users see it: a run of another workspace is not there. */
    Described<Run> get(Handle handle, Caller caller, long id) {
        return handle.createQuery("select " + COLUMNS + " from run where id = :id")
                .bind("id", id)
                .map((row, context) -> described(row))
                .findOne()
                .filter(found -> caller.reaches(found.thing().workspace()))
                .orElseThrow(() -> PlatformException.notFound("Run " + id + " does not exist."));
    }

    Manifest manifest(Handle handle, long id) {
        return Manifest.read(handle.createQuery("select manifest from run where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
    }

    Optional<Run> byToken(Handle handle, String idempotencyToken) {
        return handle.createQuery("select " + COLUMNS + " from run where idempotency_token = :token")
                .bind("token", idempotencyToken)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** Newest first. */
    Page<Described<Run>> list(Handle handle, Visible visible, RunFilter filter, PageWanted wanted) {
        PageQuery query = new PageQuery(COLUMNS, "run", NEWEST)
                .where(visible)
                .where("job_id = :job", "job", filter.jobId())
                .where("started_at >= :from", "from", filter.startedFrom())
                .where("started_at <= :to", "to", filter.startedTo());
        filter.ended().ifPresent(ended -> query.where(ended ? "ended_at <> 0" : "ended_at = 0"));
        filter.ofJob().ifPresent(ofJob -> query.where(ofJob ? "job_id is not null" : "job_id is null"));
        return query.page(
                handle,
                wanted,
                (row, context) -> described(row),
                found ->
                        List.<Object>of(found.thing().startedAt(), found.thing().id()));
    }

    /** Newest first: those of this owner that went wrong. */
    List<Run> failed(Handle handle, WorkspaceId workspace, PrincipalId owner, int limit) {
        return handle.createQuery("select " + COLUMNS + """
                         from run
                        where workspace_id = :workspace and owner_id = :owner and (state = 'INTERNAL_ERROR' or result in ('FAILED', 'TIMEDOUT'))
                        order by started_at desc, id desc limit :limit
                        """)
                .bind("workspace", workspace.number())
                .bind("owner", owner.number())
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    /** Whether there is any run of the job. */
    boolean any(Handle handle, long jobId) {
        return handle.createQuery("select count(*) from (select 1 from run where job_id = :job limit 1) found")
                        .bind("job", jobId)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    List<Long> active(Handle handle, long jobId) {
        return handle.createQuery("select id from run where job_id = :job and ended_at = 0")
                .bind("job", jobId)
                .mapTo(Long.class)
                .list();
    }

    /** How many runs of the job have begun and not ended. */
    int begun(Handle handle, long jobId) {
        return handle.createQuery("select count(*) from run where job_id = :job and ended_at = 0 and state <> 'QUEUED'")
                .bind("job", jobId)
                .mapTo(Integer.class)
                .one();
    }

    /** Runs of the job that wait for their turn, in the order in which it comes. */
    List<Long> queued(Handle handle, long jobId) {
        return handle.createQuery("""
                        select id from run where job_id = :job and state = 'QUEUED' order by started_at, id
                        """).bind("job", jobId).mapTo(Long.class).list();
    }

    /** All runs of a workspace that wait for their turn. */
    List<Long> queued(Handle handle, WorkspaceId workspace) {
        return handle.createQuery(
                        "select id from run where workspace_id = :workspace and state = 'QUEUED' and ended_at = 0")
                .bind("workspace", workspace.number())
                .mapTo(Long.class)
                .list();
    }

    /** Its turn has come. */
    void begin(Tx tx, Run run, long at) {
        state(tx, run, RunState.PENDING);
        tx.sql()
                .createUpdate("update run set begun_at = :at where id = :id")
                .bind("at", at)
                .bind("id", run.id())
                .execute();
    }

    List<Long> unfinished(Handle handle) {
        return handle.createQuery("select id from run where ended_at = 0")
                .mapTo(Long.class)
                .list();
    }

    /** Moves to another state. Throws CONFLICT if somebody moved the run since it was read. */
    void state(Tx tx, Run run, RunState to) {
        RunState.TRANSITIONS.move(run.state(), to);
        int moved = tx.sql()
                .createUpdate("update run set state = :to where id = :id and state = :from")
                .bind("to", to)
                .bind("from", run.state())
                .bind("id", run.id())
                .execute();
        if (moved == 0) {
            throw new PlatformException(ErrorCode.CONFLICT, "Run " + run.id() + " has been changed meanwhile.");
        }
    }

    void requestCancel(Tx tx, long id) {
        tx.sql()
                .createUpdate("update run set cancel_requested = 1 where id = :id and ended_at = 0")
                .bind("id", id)
                .execute();
    }

    void finish(Tx tx, Run run, RunState state, RunResult result, String message, long endedAt) {
        state(tx, run, state);
        tx.sql()
                .createUpdate("""
                        update run set result = :result, message = :message, ended_at = :endedAt where id = :id
                        """)
                .bind("result", result)
                .bind("message", message)
                .bind("endedAt", endedAt)
                .bind("id", run.id())
                .execute();
    }

    /** Oldest first. */
    List<Run> endedBefore(Handle handle, long time, int most) {
        return handle.createQuery("select " + COLUMNS + """
                         from run
                        where ended_at > 0 and ended_at < :time order by ended_at, id limit :most
                        """)
                .bind("time", time)
                .bind("most", most)
                .map((row, context) -> run(row))
                .list();
    }

    void delete(Tx tx, long id) {
        tx.sql()
                .createUpdate("delete from task_run where run_id = :id")
                .bind("id", id)
                .execute();
        tx.sql().createUpdate("delete from run where id = :id").bind("id", id).execute();
    }

    private static Described<Run> described(ResultSet row) throws SQLException {
        return new Described<>(run(row), Manifest.read(row.getString("manifest")));
    }

    private static Run run(ResultSet row) throws SQLException {
        long job = row.getLong("job_id");
        Optional<Long> jobId = row.wasNull() ? Optional.empty() : Optional.of(job);
        return new Run(
                row.getLong("id"),
                new WorkspaceId(row.getLong("workspace_id")),
                jobId,
                Run.Origin.valueOf(row.getString("origin")),
                row.getString("name"),
                Principal.of(row, "owner_id", "owner"),
                Principal.of(row, "creator_id", "creator"),
                Json.read(row.getString("settings"), JobSettings.class),
                Json.read(row.getString("parameters"), RunParameters.class),
                RunState.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("result")).map(RunResult::valueOf),
                row.getString("message"),
                row.getInt("cancel_requested") != 0,
                row.getLong("started_at"),
                row.getLong("begun_at"),
                row.getLong("ended_at"));
    }
}
