package io.slipway.work.job;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.spark.driver.DriverJson;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Rows of {@code task_run}. */
final class TaskRunStore {
    private static final TypeReference<List<CommandSpec>> COMMANDS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    void insert(Tx tx, TaskRun task) {
        tx.sql()
                .createUpdate("""
                        insert into task_run (id, run_id, task_key, attempt, state, message, cluster_id, plan, position,
                            task_values, created_at, started_at, ready_at, code_ended_at, ended_at)
                        values (:id, :run, :key, :attempt, :state, '', '', '[]', 0, '{}', :createdAt, 0, 0, 0, 0)
                        """)
                .bind("id", task.id())
                .bind("run", task.runId())
                .bind("key", task.taskKey())
                .bind("attempt", task.attempt())
                .bind("state", task.state())
                .bind("createdAt", task.createdAt())
                .execute();
    }

    Optional<TaskRun> find(Handle handle, long id) {
        return handle.createQuery("select * from task_run where id = :id")
                .bind("id", id)
                .map((row, context) -> task(row))
                .findOne();
    }

    /** All attempts of a run, in order of the tasks' making. */
    List<TaskRun> of(Handle handle, long runId) {
        return handle.createQuery("select * from task_run where run_id = :run order by created_at, id, attempt")
                .bind("run", runId)
                .map((row, context) -> task(row))
                .list();
    }

    /** All attempts of several runs, by run, in no order. */
    Map<Long, List<TaskRun>> of(Handle handle, List<Long> runIds) {
        return runIds.isEmpty()
                ? Map.of()
                : handle.createQuery("select * from task_run where run_id in (<runs>)")
                        .bindList("runs", runIds)
                        .map((row, context) -> task(row))
                        .collect(Collectors.groupingBy(TaskRun::runId));
    }

    /** The last attempt of every task, by key. */
    Map<String, TaskRun> latest(Handle handle, long runId) {
        Map<String, TaskRun> latest = new LinkedHashMap<>();
        for (TaskRun task : of(handle, runId)) {
            latest.merge(task.taskKey(), task, (a, b) -> a.attempt() > b.attempt() ? a : b);
        }
        return latest;
    }

    List<Long> unfinished(Handle handle) {
        return handle.createQuery("""
                        select id from task_run where state in ('PENDING', 'RUNNING', 'TERMINATING', 'WAITING_FOR_RETRY')
                        """).mapTo(Long.class).list();
    }

    List<Long> waitingFor(Handle handle, String clusterId) {
        return handle.createQuery("""
                        select id from task_run where cluster_id = :cluster and state in ('PENDING', 'RUNNING')
                        """)
                .bind("cluster", clusterId)
                .mapTo(Long.class)
                .list();
    }

    /** Runs of which a task that has not ended is on this cluster. */
    List<Long> runsOn(Handle handle, String clusterId) {
        return handle.createQuery("""
                        select distinct run_id from task_run
                        where cluster_id = :cluster and state in ('PENDING', 'RUNNING', 'TERMINATING')
                        order by run_id
                        """)
                .bind("cluster", clusterId)
                .mapTo(Long.class)
                .list();
    }

    /** Moves to another state. Throws CONFLICT if somebody moved the task run since it was read. */
    void state(Tx tx, TaskRun task, RunState to) {
        RunState.TRANSITIONS.move(task.state(), to);
        int moved = tx.sql()
                .createUpdate("update task_run set state = :to where id = :id and state = :from")
                .bind("to", to)
                .bind("from", task.state())
                .bind("id", task.id())
                .execute();
        if (moved == 0) {
            throw new PlatformException(ErrorCode.CONFLICT, "Task run " + task.id() + " has been changed meanwhile.");
        }
    }

    void started(Tx tx, long id, long at) {
        tx.sql()
                .createUpdate("update task_run set started_at = :at where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    void cluster(Tx tx, long id, String clusterId) {
        tx.sql()
                .createUpdate("update task_run set cluster_id = :cluster where id = :id")
                .bind("cluster", clusterId)
                .bind("id", id)
                .execute();
    }

    void plan(Tx tx, long id, List<CommandSpec> plan, long readyAt) {
        tx.sql()
                .createUpdate("update task_run set plan = :plan, ready_at = :readyAt where id = :id")
                .bind("plan", DriverJson.DOCUMENTS.write(plan, COMMANDS))
                .bind("readyAt", readyAt)
                .bind("id", id)
                .execute();
    }

    void position(Tx tx, long id, int position, Map<String, String> taskValues) {
        tx.sql()
                .createUpdate("update task_run set position = :position, task_values = :values where id = :id")
                .bind("position", position)
                .bind("values", Json.write(taskValues))
                .bind("id", id)
                .execute();
    }

    /** What the code left behind. */
    record Ending(
            RunResult result,
            String message,
            Optional<String> output,
            Optional<String> error,
            Optional<String> trace) {}

    void ending(Tx tx, long id, Ending ending, long codeEndedAt) {
        tx.sql()
                .createUpdate("""
                        update task_run set result = :result, message = :message, output = :output, error = :error,
                            trace = :trace, code_ended_at = :at
                        where id = :id
                        """)
                .bind("result", ending.result())
                .bind("message", ending.message())
                .bind("output", ending.output())
                .bind("error", ending.error())
                .bind("trace", ending.trace())
                .bind("at", codeEndedAt)
                .bind("id", id)
                .execute();
    }

    void ended(Tx tx, long id, long at) {
        tx.sql()
                .createUpdate("update task_run set ended_at = :at where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    private static TaskRun task(ResultSet row) throws SQLException {
        return new TaskRun(
                row.getLong("id"),
                row.getLong("run_id"),
                row.getString("task_key"),
                row.getInt("attempt"),
                RunState.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("result")).map(RunResult::valueOf),
                row.getString("message"),
                row.getString("cluster_id"),
                DriverJson.DOCUMENTS.read(row.getString("plan"), COMMANDS),
                row.getInt("position"),
                Optional.ofNullable(row.getString("output")),
                Optional.ofNullable(row.getString("error")),
                Optional.ofNullable(row.getString("trace")),
                Json.read(row.getString("task_values"), TEXTS),
                row.getLong("created_at"),
                row.getLong("started_at"),
                row.getLong("ready_at"),
                row.getLong("code_ended_at"),
                row.getLong("ended_at"));
    }
}
