package io.slipway.wire.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.wire.databricks.Golden;
import io.slipway.wire.databricks.WorkServer;
import io.slipway.wire.databricks.WorkServer.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole answers of the Jobs API about jobs, in each of its versions. */
@NullUnmarked
class JobWireTest {
    private static final List<String> VERSIONS = List.of("2.0", "2.1", "2.2");

    private static final String CLUSTER =
            "{'spark_version':'17.3.x-scala2.13','node_type_id':'m5.large','num_workers':1,"
                    + "'aws_attributes':{'zone_id':'auto'}}";

    /** Every field that is kept, in tasks and at the top. */
    static final String NIGHTLY = "{'name':'nightly','tags':{'team':'x'},'description':'d','max_concurrent_runs':2,"
            + "'timeout_seconds':3600,'queue':{'enabled':true},'edit_mode':'EDITABLE','email_notifications':{},"
            + "'webhook_notifications':{},'notification_settings':{'no_alert_for_skipped_runs':true},"
            + "'schedule':{'quartz_cron_expression':'0 0 3 * * ?','timezone_id':'Asia/Singapore'},"
            + "'parameters':[{'name':'day','default':'monday'}],'health':{'rules':[]},'unknown':1,"
            + "'job_clusters':[{'job_cluster_key':'k','new_cluster':" + CLUSTER + "}],"
            + "'tasks':[{'task_key':'load','job_cluster_key':'k','notebook_task':{'notebook_path':'/n','base_parameters':"
            + "{'a':'1'},'source':'WORKSPACE'},'libraries':[{'pypi':{'package':'x==1'}}],'max_retries':1,"
            + "'min_retry_interval_millis':1000,'retry_on_timeout':true,'timeout_seconds':60,'unknown':2},"
            + "{'task_key':'clean','depends_on':[{'task_key':'load'}],'run_if':'ALL_DONE','new_cluster':" + CLUSTER
            + ",'spark_python_task':{'python_file':'/x.py','parameters':['a']},'description':'sweeps'}]}";

    static final String SINGLE = "{'name':'one','existing_cluster_id':'c-1','notebook_task':{'notebook_path':'/n'},"
            + "'max_retries':2,'timeout_seconds':60}";

    private WorkServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = new WorkServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long create(String version, String body) {
        Answer answer = server.post("/api/" + version + "/jobs/create", body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().path("job_id").asLong();
    }

    private JsonNode get(String version, long id) {
        return server.get("/api/" + version + "/jobs/get?job_id=" + id).body();
    }

    private JsonNode settings(long id) {
        return get("2.1", id).path("settings");
    }

    private Answer update(long id, String changes) {
        return server.post("/api/2.1/jobs/update", "{'job_id':" + id + "," + changes + "}");
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.path("jobs").spliterator(), false)
                .map(job -> job.path("settings").path("name").asText())
                .toList();
    }

    @Test
    void a_job_of_several_tasks_is_shown_with_all_of_them_in_every_version() {
        long id = create("2.1", NIGHTLY);
        for (String version : VERSIONS) {
            Golden.same(JobWireTest.class, "job-get-multi-" + version, get(version, id));
        }
    }

    @Test
    void a_job_of_one_task_at_the_top_is_shown_so_in_the_version_that_it_is_from() {
        long id = create("2.0", SINGLE);
        for (String version : VERSIONS) {
            Golden.same(JobWireTest.class, "job-get-single-" + version, get(version, id));
        }
    }

    @Test
    void lists_have_tasks_only_when_they_are_asked_for() {
        create("2.1", NIGHTLY);
        server.clock.advance(Duration.ofSeconds(1));
        create("2.0", SINGLE);
        for (String version : VERSIONS) {
            Golden.same(
                    JobWireTest.class,
                    "job-list-" + version,
                    server.get("/api/" + version + "/jobs/list").body());
        }
        Golden.same(
                JobWireTest.class,
                "job-list-expanded",
                server.get("/api/2.1/jobs/list?expand_tasks=true").body());
    }

    @Test
    void lists_are_paged_and_found_by_name() {
        for (String name : List.of("a", "b", "c")) {
            create("2.1", "{'name':'" + name + "'}");
            server.clock.advance(Duration.ofSeconds(1));
        }
        JsonNode first = server.get("/api/2.1/jobs/list?limit=2").body();
        assertThat(names(first)).containsExactly("c", "b");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        JsonNode second = server.get("/api/2.1/jobs/list?limit=2&page_token="
                        + first.path("next_page_token").asText())
                .body();
        assertThat(names(second)).containsExactly("a");
        assertThat(second.path("has_more").asBoolean()).isFalse();
        assertThat(second.path("prev_page_token").asText()).isNotEmpty();
        assertThat(names(server.get("/api/2.1/jobs/list?offset=1&limit=1").body()))
                .containsExactly("b");
        assertThat(names(server.get("/api/2.1/jobs/list?name=B").body())).containsExactly("b");
        assertThat(names(server.get("/api/2.0/jobs/list").body()))
                .as("whole in 2.0")
                .hasSize(3);
        assertThat(server.get("/api/2.1/jobs/list?name=x").body().has("jobs")).isFalse();
        assertThat(server.get("/api/2.1/jobs/list?limit=101").status()).isEqualTo(400);
    }

    @Test
    void an_update_replaces_fields_and_merges_tasks_by_their_keys() {
        long id = create("2.1", NIGHTLY);
        assertThat(update(
                                id,
                                "'fields_to_remove':['tags','tasks/clean','parameters/day'],'new_settings':{'name':'later',"
                                        + "'tasks':[{'task_key':'report','existing_cluster_id':'c','notebook_task':"
                                        + "{'notebook_path':'/r'}}],'parameters':[{'name':'hour','default':'1'}]}")
                        .status())
                .isEqualTo(200);
        Golden.same(JobWireTest.class, "job-updated", settings(id));
        assertThat(update(
                                id,
                                "'new_settings':{'tasks':[{'task_key':'load','job_cluster_key':'none','notebook_task':"
                                        + "{'notebook_path':'/r'}}]}")
                        .message())
                .isEqualTo("Task 'load' uses job cluster 'none', which is not defined in job_clusters.");
        assertThat(settings(id).path("name").asText()).as("nothing was changed").isEqualTo("later");
    }

    @Test
    void a_reset_forgets_what_was_sent_before() {
        long id = create("2.1", NIGHTLY);
        server.post("/api/2.1/jobs/reset", "{'job_id':" + id + ",'new_settings':" + SINGLE + "}");
        Golden.same(JobWireTest.class, "job-reset", settings(id));
    }

    @Test
    void only_the_latest_version_queues_runs_unless_told_otherwise() {
        assertThat(settings(create("2.1", "{'name':'a'}")).has("queue")).isFalse();
        long queueing = create("2.2", "{'name':'a'}");
        assertThat(settings(queueing).path("queue").path("enabled").asBoolean()).isTrue();
        long not = create("2.2", "{'queue':{'enabled':false}}");
        assertThat(settings(not).path("queue").path("enabled").asBoolean(true)).isFalse();
        assertThat(settings(not).path("name").asText()).isEqualTo("Untitled");
        server.post("/api/2.2/jobs/reset", "{'job_id':" + not + ",'new_settings':{'name':'b'}}");
        assertThat(settings(not).path("queue").path("enabled").asBoolean()).isTrue();
    }

    @Test
    void a_deleted_job_is_gone_in_every_version() {
        long id = create("2.1", NIGHTLY);
        assertThat(server.post("/api/2.1/jobs/delete", "{'job_id':" + id + "}").status())
                .isEqualTo(200);
        for (String version : VERSIONS) {
            Answer answer = server.get("/api/" + version + "/jobs/get?job_id=" + id);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).isEqualTo("Job " + id + " does not exist.");
        }
    }

    @Test
    void a_job_is_needed_for_everything_but_a_list() {
        for (String verb : List.of("update", "reset", "delete", "run-now")) {
            assertThat(server.post("/api/2.1/jobs/" + verb, "{}").message())
                    .as(verb)
                    .contains("job_id");
        }
        assertThat(server.post("/api/2.1/jobs/reset", "{'job_id':1}").message()).contains("new_settings");
        assertThat(server.post("/api/2.1/jobs/update", "{'job_id':1}").message())
                .isEqualTo("Job 1 does not exist.");
    }

    @Test
    void the_cluster_of_a_task_is_there_when_a_job_gets_it_and_may_go_later() {
        String single = SINGLE.replace("c-1", "none");
        for (String call : List.of("create", "runs/submit")) {
            Answer missing = server.post("/api/2.1/jobs/" + call, single);
            assertThat(missing.status()).isEqualTo(400);
            assertThat(missing.body().path("error_code").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
            assertThat(missing.message()).isEqualTo("Cluster none does not exist");
        }
        String cluster = server.post("/api/2.1/clusters/create", CLUSTER)
                .body()
                .path("cluster_id")
                .asText();
        long id = create("2.1", SINGLE.replace("c-1", cluster));
        assertThat(server.post("/api/2.1/clusters/permanent-delete", "{'cluster_id':'" + cluster + "'}")
                        .status())
                .isEqualTo(200);
        assertThat(update(id, "'new_settings':{'name':'other'}").status()).isEqualTo(200);
        String reset = "{'job_id':" + id + ",'new_settings':";
        assertThat(server.post("/api/2.1/jobs/reset", reset + SINGLE.replace("c-1", cluster) + "}")
                        .status())
                .isEqualTo(200);
        assertThat(server.post("/api/2.1/jobs/reset", reset + single + "}").message())
                .isEqualTo("Cluster none does not exist");
        String ofRun = server.post("/api/2.1/clusters/create", CLUSTER)
                .body()
                .path("cluster_id")
                .asText();
        server.write("update cluster set owner_run = 7 where id = ?", ofRun);
        assertThat(server.post("/api/2.1/jobs/create", SINGLE.replace("c-1", ofRun))
                        .message())
                .startsWith("existing_cluster_id only supports all-purpose cluster IDs");
    }
}
