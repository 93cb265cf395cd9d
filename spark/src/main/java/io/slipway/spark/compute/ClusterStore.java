package io.slipway.spark.compute;

import io.slipway.identity.Caller;
import io.slipway.identity.Principal;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
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

/** Rows of {@code cluster}. */
final class ClusterStore {
    private static final PageQuery.Order NEWEST =
            PageQuery.Order.descending("clusters", PageQuery.Column.number("created_at"), PageQuery.Column.text("id"));

    /** By the beginning of the name, which is as much as an index may hold of it. */
    private static final PageQuery.Order BY_NAME = PageQuery.Order.ascending(
            "clusters by name", PageQuery.Column.text("substr(name, 1, 200)"), PageQuery.Column.text("id"));

    private static final int BEGINNING = 200;

    private static final String COLUMNS = "cluster.*, " + Principal.named("creator_id", "creator");

    void insert(Tx tx, Cluster cluster, Manifest manifest, Optional<String> idempotencyToken) {
        tx.sql()
                .createUpdate("""
                        insert into cluster (id, workspace_id, name, spec, manifest, creator_id, source, state, state_message, launch,
                            target_workers, owner_run, pinned, idempotency_token,
                            created_at, started_at, restarted_at, terminated_at)
                        values (:id, :workspace, :name, :spec, :manifest, :creator, :source, :state, :message, :launch,
                            :target, :ownerRun, 0, :token, :createdAt, :startedAt, 0, 0)
                        """)
                .bind("id", cluster.id())
                .bind("name", cluster.spec().name())
                .bind("spec", Json.write(cluster.spec()))
                .bind("manifest", manifest.write())
                .bind("workspace", cluster.workspace().number())
                .bind("creator", cluster.creator().id().number())
                .bind("source", cluster.source())
                .bind("state", cluster.state())
                .bind("message", cluster.stateMessage())
                .bind("launch", cluster.launch())
                .bind("target", cluster.targetWorkers())
                .bind("ownerRun", cluster.ownerRun())
                .bind("token", idempotencyToken)
                .bind("createdAt", cluster.createdAt())
                .bind("startedAt", cluster.startedAt())
                .execute();
    }

    Optional<Cluster> find(Handle handle, String id) {
        return handle.createQuery("select " + COLUMNS + " from cluster where id = :id")
                .bind("id", id)
                .map((row, context) -> cluster(row))
                .findOne();
    }

    /** As users see it: what was deleted for good, or is in another workspace, is not there. */
    Cluster get(Handle handle, Caller caller, String id) {
        return described(handle, caller, id).thing();
    }

    Described<Cluster> described(Handle handle, Caller caller, String id) {
        return handle.createQuery("select " + COLUMNS + " from cluster where id = :id and forgotten = 0")
                .bind("id", id)
                .map((row, context) -> described(row))
                .findOne()
                .filter(found -> caller.reaches(found.thing().workspace()))
                .orElseThrow(() -> PlatformException.notFound("Cluster " + id + " does not exist"));
    }

    Optional<Cluster> byToken(Handle handle, String idempotencyToken) {
        return handle.createQuery("select " + COLUMNS + " from cluster where idempotency_token = :token")
                .bind("token", idempotencyToken)
                .map((row, context) -> cluster(row))
                .findOne();
    }

    /** Terminated ones only if they stopped after {@code terminatedSince} or are pinned. */
    Page<Described<Cluster>> list(
            Handle handle,
            Visible visible,
            long terminatedSince,
            ClusterFilter filter,
            ClusterFilter.Sort sort,
            PageWanted wanted) {
        PageQuery query = listed(
                        visible,
                        terminatedSince,
                        switch (sort) {
                            case NEWEST -> NEWEST;
                            case OLDEST -> NEWEST.reversed();
                            case NAME -> BY_NAME;
                            case NAME_BACKWARD -> BY_NAME.reversed();
                        })
                .where("pinned = :pinned", "pinned", filter.pinned().map(pinned -> pinned ? 1 : 0));
        if (!filter.states().isEmpty()) {
            // Not by the index of states, from which rows come in another order than the list's.
            query.where("coalesce(state, '') in (<states>)", "states", filter.states());
        }
        if (!filter.sources().isEmpty()) {
            query.where("source in (<sources>)", "sources", filter.sources());
        }
        boolean byAge = sort == ClusterFilter.Sort.NEWEST || sort == ClusterFilter.Sort.OLDEST;
        return query.page(handle, wanted, (row, context) -> described(row), found -> keys(found.thing(), byAge));
    }

    private static List<?> keys(Cluster cluster, boolean byAge) {
        return List.of(byAge ? cluster.createdAt() : beginning(cluster.spec().name()), cluster.id());
    }

    /** Databases count whole characters, Java halves of some. */
    private static String beginning(String name) {
        return name.codePointCount(0, name.length()) <= BEGINNING
                ? name
                : name.substring(0, name.offsetByCodePoints(0, BEGINNING));
    }

    List<Cluster> search(Handle handle, Visible visible, long terminatedSince, String text, int limit) {
        return listed(visible, terminatedSince, NEWEST)
                .containing(text, List.of("name", "id"), "")
                .page(handle, PageWanted.first(limit), (row, context) -> cluster(row), cluster -> keys(cluster, true))
                .items();
    }

    private static PageQuery listed(Visible visible, long terminatedSince, PageQuery.Order order) {
        return new PageQuery(COLUMNS, "cluster", order)
                .where(visible)
                .where("forgotten = 0")
                .where("(state <> 'TERMINATED' or terminated_at >= :since or pinned = 1)", "since", (Object)
                        terminatedSince);
    }

    /** Clusters that nobody pinned and that have been at rest since before this time. */
    List<Cluster> terminatedBefore(Handle handle, long time, int most) {
        return handle.createQuery("select " + COLUMNS + """
                         from cluster
                        where state = 'TERMINATED' and pinned = 0 and terminated_at < :time
                        order by terminated_at, id limit :most
                        """)
                .bind("time", time)
                .bind("most", most)
                .map((row, context) -> cluster(row))
                .list();
    }

    int underWay(Handle handle) {
        return handle.createQuery("select count(*) from cluster where state not in ('RUNNING', 'TERMINATED')")
                .mapTo(Integer.class)
                .one();
    }

    /** All of a workspace that are there. */
    List<Cluster> of(Handle handle, WorkspaceId workspace) {
        return handle.createQuery(
                        "select " + COLUMNS + " from cluster where workspace_id = :workspace and forgotten = 0")
                .bind("workspace", workspace.number())
                .map((row, context) -> cluster(row))
                .list();
    }

    List<Cluster> ownedBy(Handle handle, long ownerRun) {
        return handle.createQuery("select " + COLUMNS + " from cluster where owner_run = :owner and forgotten = 0")
                .bind("owner", ownerRun)
                .map((row, context) -> cluster(row))
                .list();
    }

    List<String> up(Handle handle) {
        return handle.createQuery("select id from cluster where state in ('RUNNING', 'RESIZING')")
                .mapTo(String.class)
                .list();
    }

    List<String> notAtRest(Handle handle) {
        return handle.createQuery("select id from cluster where state <> 'TERMINATED'")
                .mapTo(String.class)
                .list();
    }

    /**
     * Moves to another state; the transition table has the last word. Throws CONFLICT if somebody moved the cluster since it was
     * read.
     */
    void move(Tx tx, Cluster cluster, ClusterState to, String message) {
        ClusterState.TRANSITIONS.move(cluster.state(), to);
        int moved = tx.sql()
                .createUpdate("""
                        update cluster set state = :to, state_message = :message where id = :id and state = :from
                        """)
                .bind("to", to)
                .bind("from", cluster.state())
                .bind("message", message)
                .bind("id", cluster.id())
                .execute();
        if (moved == 0) {
            throw new PlatformException(ErrorCode.CONFLICT, "Cluster " + cluster.id() + " has been changed meanwhile.");
        }
    }

    void message(Tx tx, String id, String message) {
        tx.sql()
                .createUpdate("update cluster set state_message = :message where id = :id")
                .bind("message", message)
                .bind("id", id)
                .execute();
    }

    void launch(Tx tx, String id, int launch, int targetWorkers, long startedAt) {
        tx.sql()
                .createUpdate("""
                        update cluster set launch = :launch, target_workers = :target, decision = null,
                            termination = null, started_at = :startedAt, terminated_at = 0
                        where id = :id
                        """)
                .bind("launch", launch)
                .bind("target", targetWorkers)
                .bind("startedAt", startedAt)
                .bind("id", id)
                .execute();
    }

    void restarted(Tx tx, String id, long restartedAt) {
        tx.sql()
                .createUpdate("update cluster set restarted_at = :at where id = :id")
                .bind("at", restartedAt)
                .bind("id", id)
                .execute();
    }

    /** Writes down how this launch runs. Throws CONFLICT if the cluster is not being launched any more. */
    void decide(Tx tx, Cluster cluster, Cluster.LaunchDecision decision) {
        int decided = tx.sql()
                .createUpdate("""
                        update cluster set decision = :decision
                        where id = :id and launch = :launch and state in ('PENDING', 'RESTARTING')
                        """)
                .bind("decision", Json.write(decision))
                .bind("id", cluster.id())
                .bind("launch", cluster.launch())
                .execute();
        if (decided == 0) {
            throw new PlatformException(ErrorCode.CONFLICT, "Cluster " + cluster.id() + " has been changed meanwhile.");
        }
    }

    void target(Tx tx, String id, int workers) {
        tx.sql()
                .createUpdate("update cluster set target_workers = :workers where id = :id")
                .bind("workers", workers)
                .bind("id", id)
                .execute();
    }

    void spec(Tx tx, String id, ClusterSpec spec) {
        tx.sql()
                .createUpdate("update cluster set spec = :spec, name = :name where id = :id")
                .bind("spec", Json.write(spec))
                .bind("name", spec.name())
                .bind("id", id)
                .execute();
    }

    void manifest(Tx tx, String id, Manifest manifest) {
        tx.sql()
                .createUpdate("update cluster set manifest = :manifest where id = :id")
                .bind("manifest", manifest.write())
                .bind("id", id)
                .execute();
    }

    void terminate(Tx tx, Cluster cluster, TerminationReason reason) {
        move(tx, cluster, ClusterState.TERMINATING, reason.message());
        tx.sql()
                .createUpdate("update cluster set termination = :reason where id = :id")
                .bind("reason", Json.write(reason))
                .bind("id", cluster.id())
                .execute();
    }

    void terminated(Tx tx, String id, long at) {
        tx.sql()
                .createUpdate("update cluster set terminated_at = :at where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    void pin(Tx tx, String id, boolean pinned) {
        tx.sql()
                .createUpdate("update cluster set pinned = :pinned where id = :id")
                .bind("pinned", pinned ? 1 : 0)
                .bind("id", id)
                .execute();
    }

    void forget(Tx tx, String id) {
        tx.sql()
                .createUpdate("update cluster set forgotten = 1 where id = :id")
                .bind("id", id)
                .execute();
    }

    void deleteForgotten(Tx tx, String id) {
        tx.sql()
                .createUpdate("delete from cluster where id = :id and forgotten = 1 and state = 'TERMINATED'")
                .bind("id", id)
                .execute();
    }

    private static Described<Cluster> described(ResultSet row) throws SQLException {
        return new Described<>(cluster(row), Manifest.read(row.getString("manifest")));
    }

    private static Cluster cluster(ResultSet row) throws SQLException {
        long ownerRun = row.getLong("owner_run");
        Optional<Long> owner = row.wasNull() ? Optional.empty() : Optional.of(ownerRun);
        return new Cluster(
                row.getString("id"),
                new WorkspaceId(row.getLong("workspace_id")),
                Json.read(row.getString("spec"), ClusterSpec.class),
                Principal.of(row, "creator_id", "creator"),
                row.getString("source"),
                ClusterState.valueOf(row.getString("state")),
                row.getString("state_message"),
                row.getInt("launch"),
                row.getInt("target_workers"),
                stored(row, "decision", Cluster.LaunchDecision.class),
                stored(row, "termination", TerminationReason.class),
                owner,
                row.getInt("pinned") != 0,
                row.getLong("created_at"),
                row.getLong("started_at"),
                row.getLong("restarted_at"),
                row.getLong("terminated_at"));
    }

    private static <T> Optional<T> stored(ResultSet row, String column, Class<T> type) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(text -> Json.read(text, type));
    }
}
