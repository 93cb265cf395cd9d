package io.slipway.wire.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import io.slipway.wire.databricks.Golden;
import io.slipway.wire.databricks.WorkServer;
import io.slipway.wire.databricks.WorkServer.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole answers of the Jobs API about runs, in each of its versions. */
@NullUnmarked
class RunWireTest {
    private static final List<String> VERSIONS = List.of("2.0", "2.1", "2.2");
    private static final long BEGAN = 1_700_000_000_000L;

    private WorkServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = new WorkServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long job(String body) {
        return server.post("/api/2.1/jobs/create", body).body().path("job_id").asLong();
    }

    private long runNow(long job, String more) {
        Answer answer = server.post("/api/2.1/jobs/run-now", "{'job_id':" + job + more + "}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().path("run_id").asLong();
    }

    private JsonNode get(String version, long id) {
        return server.get("/api/" + version + "/jobs/runs/get?run_id=" + id).body();
    }

    private JsonNode list(String query) {
        return server.get("/api/2.1/jobs/runs/list" + query).body();
    }

    private static List<Long> ids(JsonNode list) {
        return StreamSupport.stream(list.path("runs").spliterator(), false)
                .map(each -> each.path("run_id").asLong())
                .toList();
    }

    /** An attempt that ended, as the loop of tasks leaves it. */
    private void attempt(long id, long run, String key, int attempt, String result) {
        server.write(
                """
                insert into task_run (id, run_id, task_key, attempt, state, result, message, cluster_id, plan, position,
                    output, error, trace, task_values, created_at, started_at, ready_at, code_ended_at, ended_at)
                values (?, ?, ?, ?, 'TERMINATED', ?, ?, 'c-1', '[]', 0, ?, ?, ?, '{}', ?, ?, ?, ?, ?)
                """,
                id,
                run,
                key,
                attempt,
                result,
                result.equals("FAILED") ? "it broke" : "",
                "out of " + key,
                result.equals("FAILED") ? "E: x" : null,
                result.equals("FAILED") ? "line 1" : null,
                BEGAN,
                BEGAN + 10,
                BEGAN + 110,
                BEGAN + 1110,
                BEGAN + 1120);
    }

    private void ended(long run, String result) {
        server.write(
                "update run set state = 'TERMINATED', result = ?, ended_at = ? where id = ?",
                result,
                BEGAN + 2000,
                run);
    }

    /** One that failed at first and came to a good end. */
    private long nightly() {
        long run = runNow(
                job(JobWireTest.NIGHTLY),
                ",'job_parameters':{'day':'sunday'},'notebook_params':{'a':'2'},"
                        + "'jar_params':['j'],'python_params':['p'],'python_named_params':{'n':'v'}");
        attempt(11, run, "load", 0, "FAILED");
        attempt(12, run, "load", 1, "SUCCESS");
        attempt(13, run, "clean", 0, "SUCCESS");
        ended(run, "SUCCESS");
        return run;
    }

    private long single() {
        long run = runNow(job(JobWireTest.SINGLE), "");
        attempt(21, run, "one", 0, "FAILED");
        ended(run, "FAILED");
        return run;
    }

    @Test
    void a_run_of_several_tasks_is_shown_with_every_attempt() {
        long run = nightly();
        for (String version : VERSIONS) {
            Golden.same(RunWireTest.class, "run-get-multi-" + version, get(version, run));
        }
    }

    @Test
    void a_run_of_a_single_task_has_it_at_the_top_in_the_oldest_version() {
        long run = single();
        for (String version : VERSIONS) {
            Golden.same(RunWireTest.class, "run-get-single-" + version, get(version, run));
        }
    }

    @Test
    void a_run_that_waits_in_the_queue_says_so() {
        long job = job("{'queue':{'enabled':true},'existing_cluster_id':'c','spark_jar_task':{'main_class_name':'m'}}");
        long first = runNow(job, "");
        long waiting = runNow(job, "");
        Golden.same(RunWireTest.class, "run-queued", get("2.2", waiting));
        assertThat(server.post("/api/2.1/jobs/runs/cancel-all", "{'all_queued_runs':true}")
                        .status())
                .isEqualTo(200);
        assertThat(cancelled(waiting)).isTrue();
        assertThat(cancelled(first)).isFalse();
    }

    private boolean cancelled(long run) {
        return get("2.1", run).path("state").path("user_cancelled_or_timedout").asBoolean();
    }

    @Test
    void a_run_is_seen_from_the_id_of_its_tasks_run() {
        nightly();
        JsonNode task = get("2.1", 11);
        assertThat(task.path("run_id").asLong()).isEqualTo(11);
        assertThat(task.path("task_key").asText()).isEqualTo("load");
        assertThat(task.path("state").path("result_state").asText()).isEqualTo("FAILED");
        assertThat(task.path("start_time").asLong()).isEqualTo(BEGAN + 10);
        assertThat(get("2.0", 11).has("task_key")).isFalse();
    }

    @Test
    void a_history_is_there_when_it_is_asked_for() {
        long run = nightly();
        String query = "/jobs/runs/get?include_history=true&run_id=" + run;
        assertThat(server.get("/api/2.1" + query)
                        .body()
                        .path("repair_history")
                        .get(0)
                        .path("task_run_ids"))
                .extracting(JsonNode::asLong)
                .containsExactly(11L, 12L, 13L);
        assertThat(server.get("/api/2.0" + query).body().has("repair_history")).isFalse();
    }

    @Test
    void lists_of_runs_differ_between_versions() {
        nightly();
        server.clock.advance(Duration.ofSeconds(1));
        single();
        for (String version : VERSIONS) {
            Golden.same(
                    RunWireTest.class,
                    "run-list-" + version,
                    server.get("/api/" + version + "/jobs/runs/list").body());
        }
        JsonNode expanded = list("?expand_tasks=true");
        assertThat(expanded.path("runs").get(1).path("tasks")).hasSize(3);
    }

    @Test
    void lists_of_runs_are_narrowed_and_paged() {
        long job = job(JobWireTest.NIGHTLY);
        long old = runNow(job, "");
        ended(old, "SUCCESS");
        server.clock.advance(Duration.ofSeconds(1));
        long young = runNow(job, "");
        server.clock.advance(Duration.ofSeconds(1));
        long once = submit("'run_name':'s',");
        assertThat(ids(list(""))).containsExactly(once, young, old);
        assertThat(ids(list("?job_id=" + job))).containsExactly(young, old);
        assertThat(ids(list("?completed_only=true"))).containsExactly(old);
        assertThat(ids(list("?active_only=true"))).containsExactly(once, young);
        assertThat(ids(list("?run_type=SUBMIT_RUN"))).containsExactly(once);
        assertThat(ids(list("?run_type=JOB_RUN"))).containsExactly(young, old);
        assertThat(ids(list("?run_type=WORKFLOW_RUN"))).isEmpty();
        assertThat(ids(list("?start_time_from=" + (BEGAN + 1)))).containsExactly(once, young);
        assertThat(ids(list("?start_time_to=" + BEGAN))).containsExactly(old);
        assertThat(ids(list("?offset=1&limit=1"))).containsExactly(young);
        JsonNode first = list("?limit=2");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        JsonNode second =
                list("?limit=2&page_token=" + first.path("next_page_token").asText());
        assertThat(ids(second)).containsExactly(old);
        assertThat(second.has("prev_page_token")).isTrue();
        assertThat(server.get("/api/2.1/jobs/runs/list?limit=26").status()).isEqualTo(400);
        assertThat(server.get("/api/2.0/jobs/runs/list?limit=26").status()).isEqualTo(200);
        assertThat(server.get("/api/2.1/jobs/runs/list?active_only=true&completed_only=true")
                        .message())
                .isEqualTo("active_only and completed_only cannot both be true.");
    }

    private long submit(String more) {
        Answer answer = server.post(
                "/api/2.1/jobs/runs/submit",
                "{" + more
                        + "'tasks':[{'task_key':'a','existing_cluster_id':'c','notebook_task':{'notebook_path':'/n'}}]}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().path("run_id").asLong();
    }

    @Test
    void a_run_without_a_job_has_a_name_and_is_begun_once_for_a_token() {
        long run = submit("'run_name':'once','idempotency_token':'t',");
        assertThat(submit("'run_name':'other','idempotency_token':'t',")).isEqualTo(run);
        JsonNode shown = get("2.1", run);
        assertThat(shown.path("run_name").asText()).isEqualTo("once");
        assertThat(shown.path("run_type").asText()).isEqualTo("SUBMIT_RUN");
        assertThat(shown.has("job_id")).isFalse();
        assertThat(get("2.1", submit("")).path("run_name").asText()).isEqualTo("Untitled");
    }

    @Test
    void output_is_told_with_the_run_that_it_is_of() {
        single();
        nightly();
        for (String version : VERSIONS) {
            Golden.same(
                    RunWireTest.class,
                    "run-output-" + version,
                    server.get("/api/" + version + "/jobs/runs/get-output?run_id=21")
                            .body());
        }
        JsonNode good = server.get("/api/2.1/jobs/runs/get-output?run_id=12").body();
        assertThat(good.path("notebook_output").path("result").asText()).isEqualTo("out of load");
        assertThat(good.has("error")).isFalse();
    }

    /** Read as tools do that look for results in such a page. */
    private static JsonNode model(String page) {
        Matcher found = Pattern.compile("__DATABRICKS_NOTEBOOK_MODEL = '(.*)'").matcher(page);
        assertThat(found.find()).isTrue();
        String escaped = new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.UTF_8);
        return Json.read(URLDecoder.decode(escaped, StandardCharsets.UTF_8), JsonNode.class);
    }

    @Test
    void only_a_task_is_exported() {
        long run = nightly();
        JsonNode view = server.get("/api/2.1/jobs/runs/export?run_id=12")
                .body()
                .path("views")
                .get(0);
        assertThat(view.path("name").asText()).isEqualTo("load");
        assertThat(view.path("type").asText()).isEqualTo("NOTEBOOK");
        assertThat(view.path("content").asText()).startsWith("<!DOCTYPE html>").contains("<h1>nightly / load</h1>");
        assertThat(model(view.path("content").asText()).path("version").asText())
                .isEqualTo("NotebookV1");
        assertThat(server.get("/api/2.1/jobs/runs/export?run_id=" + run).message())
                .isEqualTo("Only the run of a task can be exported; run " + run + " has several tasks.");
        assertThat(server.get("/api/2.1/jobs/runs/export?run_id=" + single()).status())
                .isEqualTo(200);
    }

    @Test
    void runs_are_cancelled_and_deleted() {
        long job = job(JobWireTest.NIGHTLY);
        long run = runNow(job, "");
        String body = "{'run_id':" + run + "}";
        assertThat(server.post("/api/2.1/jobs/runs/delete", body).message())
                .isEqualTo("Run " + run + " is still active and cannot be deleted.");
        assertThat(server.post("/api/2.1/jobs/runs/cancel", body).status()).isEqualTo(200);
        assertThat(cancelled(run)).isTrue();
        long other = runNow(job, "");
        assertThat(server.post("/api/2.1/jobs/runs/cancel-all", "{'job_id':" + job + "}")
                        .status())
                .isEqualTo(200);
        assertThat(cancelled(other)).isTrue();
        ended(run, "CANCELED");
        assertThat(server.post("/api/2.1/jobs/runs/delete", body).status()).isEqualTo(200);
        assertThat(server.get("/api/2.1/jobs/runs/get?run_id=" + run).message())
                .isEqualTo("Run " + run + " does not exist.");
        assertThat(server.post("/api/2.1/jobs/runs/cancel-all", "{}").message()).contains("job_id");
    }

    @Test
    void some_tasks_alone_are_not_run() {
        long job = job(JobWireTest.NIGHTLY);
        assertThat(server.post("/api/2.1/jobs/run-now", "{'job_id':" + job + ",'only':['load']}")
                        .message())
                .isEqualTo("Running only some tasks of a job is not supported by this workspace yet.");
        assertThat(ids(list(""))).isEmpty();
    }
}
