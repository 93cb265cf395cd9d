package io.slipway.work.job;

import io.slipway.identity.Caller;
import io.slipway.identity.Principal;
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
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Rows of {@code job}. */
final class JobStore {
    private static final PageQuery.Order NEWEST =
            PageQuery.Order.descending("jobs", PageQuery.Column.number("created_at"), PageQuery.Column.number("id"));

    /** What may be an id: not more digits than a long has. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private static final String COLUMNS = "job.*, " + Principal.named("creator_id", "creator") + ", "
            + Principal.named("owner_id", "owner") + ", " + Principal.named("run_as_id", "run_as");

    void insert(Tx tx, Job job, Manifest manifest) {
        tx.sql()
                .createUpdate("""
                        insert into job (id, workspace_id, name, settings, manifest, creator_id, owner_id, run_as_id,
                            created_at, next_run_at)
                        values (:id, :workspace, :name, :settings, :manifest, :creator, :owner, :runAs,
                            :createdAt, :nextRunAt)
                        """)
                .bind("id", job.id())
                .bind("name", job.settings().name())
                .bind("settings", Json.write(job.settings()))
                .bind("manifest", manifest.write())
                .bind("workspace", job.workspace().number())
                .bind("creator", job.creator().id().number())
                .bind("owner", job.owner().id().number())
                .bind("runAs", number(job.runAs()))
                .bind("createdAt", job.createdAt())
                .bind("nextRunAt", job.nextRunAt())
                .execute();
    }

    Optional<Job> find(Handle handle, long id) {
        return handle.createQuery("select " + COLUMNS + " from job where id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne();
    }

    /** As users see it: a job of another workspace is not there. */
    Job get(Handle handle, Caller caller, long id) {
        return described(handle, caller, id).thing();
    }

    Described<Job> described(Handle handle, Caller caller, long id) {
        return handle.createQuery("select " + COLUMNS + " from job where id = :id")
                .bind("id", id)
                .map((row, context) -> described(row))
                .findOne()
                .filter(found -> caller.reaches(found.thing().workspace()))
                .orElseThrow(() -> PlatformException.notFound("Job " + id + " does not exist."));
    }

    /**
     * Newest first; {@code name} limits to jobs of exactly this name, whatever its case. An index may not hold names of any length, so
     * that it has their beginnings.
     */
    Page<Described<Job>> list(Handle handle, Visible visible, Optional<String> name, PageWanted wanted) {
        return new PageQuery(COLUMNS, "job", NEWEST)
                .where(visible)
                .where("substr(lower(name), 1, 200) = substr(lower(:name), 1, 200)", "name", name)
                .where("lower(name) = lower(:name)", "name", name)
                .page(handle, wanted, (row, context) -> described(row), found -> keys(found.thing()));
    }

    /** Newest first: those with {@code text} in their name, or as their id. */
    List<Job> search(Handle handle, Visible visible, String text, int limit) {
        PageQuery query = new PageQuery(COLUMNS, "job", NEWEST).where(visible);
        if (NUMBER.matcher(text).matches()) {
            query.containing(text, List.of("name"), "id = :number").bind("number", Long.parseLong(text));
        } else {
            query.containing(text, List.of("name"), "");
        }
        return query.page(handle, PageWanted.first(limit), (row, context) -> job(row), JobStore::keys)
                .items();
    }

    private static List<?> keys(Job job) {
        return List.of(job.createdAt(), job.id());
    }

    /** Ids of the jobs that will run by themselves. */
    List<Long> scheduled(Handle handle) {
        return handle.createQuery("select id from job where next_run_at > 0 order by next_run_at")
                .mapTo(Long.class)
                .list();
    }

    void nextRun(Tx tx, long id, long at) {
        tx.sql()
                .createUpdate("update job set next_run_at = :at where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    void settings(Tx tx, long id, Described<JobSettings> wanted, long nextRunAt) {
        tx.sql()
                .createUpdate("""
                        update job set settings = :settings, manifest = :manifest, name = :name, next_run_at = :nextRunAt
                        where id = :id
                        """)
                .bind("nextRunAt", nextRunAt)
                .bind("settings", Json.write(wanted.thing()))
                .bind("manifest", wanted.manifest().write())
                .bind("name", wanted.thing().name())
                .bind("id", id)
                .execute();
    }

    /** 0 = as its owner. */
    private static long number(Optional<Principal> runAs) {
        return runAs.map(principal -> principal.id().number()).orElse(0L);
    }

    void runAs(Tx tx, long id, Optional<Principal> runAs) {
        tx.sql()
                .createUpdate("update job set run_as_id = :runAs where id = :id")
                .bind("runAs", number(runAs))
                .bind("id", id)
                .execute();
    }

    void owner(Tx tx, long id, PrincipalId owner) {
        tx.sql()
                .createUpdate("update job set owner_id = :owner where id = :id")
                .bind("owner", owner.number())
                .bind("id", id)
                .execute();
    }

    void delete(Tx tx, long id) {
        tx.sql().createUpdate("delete from job where id = :id").bind("id", id).execute();
    }

    /** All of a workspace. */
    void deleteOf(Tx tx, WorkspaceId workspace) {
        tx.sql().execute("delete from job where workspace_id = ?", workspace.number());
    }

    private static Described<Job> described(ResultSet row) throws SQLException {
        return new Described<>(job(row), Manifest.read(row.getString("manifest")));
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getLong("id"),
                new WorkspaceId(row.getLong("workspace_id")),
                Json.read(row.getString("settings"), JobSettings.class),
                Principal.of(row, "creator_id", "creator"),
                Principal.of(row, "owner_id", "owner"),
                Optional.of(Principal.of(row, "run_as_id", "run_as"))
                        .filter(principal -> principal.id().number() != 0),
                row.getLong("created_at"),
                row.getLong("next_run_at"));
    }
}
