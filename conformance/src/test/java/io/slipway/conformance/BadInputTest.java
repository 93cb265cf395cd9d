package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.ListClustersRequest;
import com.databricks.sdk.service.jobs.ListJobsRequest;
import com.databricks.sdk.service.jobs.ListRunsRequest;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients get wrong: status, code and message of the real service, and nothing half made. */
@ExtendWith(SharedPlatform.class)
class BadInputTest {
    private static final String CREATE = "/api/2.1/clusters/create";

    private final Raw raw = new Raw(SharedPlatform.platform());
    private final WorkspaceClient client = SharedPlatform.client();
    private List<String> before = List.of();

    @BeforeEach
    void look() {
        before = everything();
    }

    /** Whatever was refused, no cluster, job or run of it may stay behind. */
    @AfterEach
    void nothing_is_half_made() {
        assertThat(everything()).isEqualTo(before);
    }

    private List<String> everything() {
        List<String> all = new ArrayList<>();
        client.clusters().list(new ListClustersRequest()).forEach(each -> all.add(each.getClusterId()));
        client.jobs().list(new ListJobsRequest()).forEach(each -> all.add("job " + each.getJobId()));
        client.jobs().listRuns(new ListRunsRequest()).forEach(each -> all.add("run " + each.getRunId()));
        return all;
    }

    private static String cluster(String fields) {
        return "{\"cluster_name\":\"bad\",\"spark_version\":\"" + SharedPlatform.SPARK + "\",\"node_type_id\":\""
                + SharedPlatform.NODE_TYPE + "\"," + fields + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"cluster_name\":", "{'a':1}", "[]", "7", "{} {}", "nonsense"})
    void malformed_json_is_told_as_such(String body) {
        assertThat(raw.post(CREATE, body).error()).startsWith("400 MALFORMED_REQUEST: Invalid JSON");
        assertThat(raw.post("/api/2.1/jobs/create", body).error()).startsWith("400 MALFORMED_REQUEST: Invalid JSON");
    }

    @Test
    void a_missing_field_is_named() {
        assertThat(raw.post(CREATE, "{\"num_workers\":1,\"node_type_id\":\"m5.large\"}")
                        .error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Missing required field 'spark_version'");
        assertThat(raw.post(CREATE, "{\"num_workers\":1,\"spark_version\":\"" + SharedPlatform.SPARK + "\"}")
                        .error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Missing required field 'node_type_id'");
        assertThat(raw.get("/api/2.1/clusters/get").error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Missing required field 'cluster_id'");
        assertThat(raw.post("/api/2.0/dbfs/mkdirs", "{}").error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Missing required field 'path'");
        assertThat(raw.post("/api/2.1/jobs/run-now", "{}").error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Missing required field 'job_id'");
    }

    @Test
    void a_value_of_the_wrong_type_or_out_of_an_enum_is_told_with_its_field() {
        assertThat(raw.post(CREATE, cluster("\"num_workers\":\"many\"")).error())
                .startsWith("400 MALFORMED_REQUEST")
                .contains("num_workers");
        assertThat(raw.post(CREATE, cluster("\"num_workers\":1,\"aws_attributes\":{\"availability\":\"SPOT_MOON\"}"))
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE")
                .contains("SPOT_MOON")
                .contains("SPOT_WITH_FALLBACK");
        assertThat(raw.get("/api/2.0/workspace/export?path=/Shared&format=PDF").error())
                .startsWith("400 INVALID_PARAMETER_VALUE")
                .contains("PDF");
        assertThat(raw.get("/api/2.1/clusters/list?page_size=lots").error()).startsWith("400 ");
    }

    @Test
    void a_cluster_has_either_a_size_or_a_range_and_the_range_goes_upwards() {
        String either = "400 INVALID_PARAMETER_VALUE: Exactly 1 of num_workers or autoscale must be specified.";
        assertThat(raw.post(CREATE, cluster("\"num_workers\":1,\"autoscale\":{\"min_workers\":1,\"max_workers\":2}"))
                        .error())
                .isEqualTo(either);
        assertThat(raw.post(CREATE, cluster("\"num_workers\":null")).error()).isEqualTo(either);
        assertThat(raw.post(CREATE, cluster("\"autoscale\":{\"min_workers\":3,\"max_workers\":2}"))
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE")
                .contains("min_workers");
        assertThat(raw.post(CREATE, cluster("\"autoscale\":{\"max_workers\":2}"))
                        .error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Missing required field 'autoscale.min_workers'");
        assertThat(raw.post(CREATE, cluster("\"num_workers\":-1")).error()).startsWith("400 INVALID_PARAMETER_VALUE");
        assertThat(raw.post(CREATE, cluster("\"num_workers\":1,\"autotermination_minutes\":3"))
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE")
                .contains("autotermination_minutes");
        String window = "\"spark_conf\":{\"spark.databricks.aggressiveWindowDownS\":\"601\"}";
        assertThat(raw.post(CREATE, cluster("\"autoscale\":{\"min_workers\":1,\"max_workers\":2}," + window))
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE")
                .contains("spark.databricks.aggressiveWindowDownS");
    }

    @Test
    void an_unknown_version_or_node_type_is_named() {
        assertThat(raw.post(
                                CREATE,
                                "{\"num_workers\":1,\"node_type_id\":\"m5.large\",\"spark_version\":\"spark-latest\"}")
                        .error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Invalid spark version spark-latest.");
        assertThat(raw.post(
                                CREATE,
                                "{\"num_workers\":1,\"node_type_id\":\"m5.tiny\",\"spark_version\":\""
                                        + SharedPlatform.SPARK + "\"}")
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE")
                .contains("m5.tiny");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"init_scripts\":[{\"dbfs\":{\"destination\":\"dbfs:/i.sh\"}}]",
                "\"docker_image\":{\"url\":\"repo/image\"}",
                "\"cluster_log_conf\":{\"dbfs\":{\"destination\":\"dbfs:/logs\"}}",
                "\"instance_pool_id\":\"pool\"",
                "\"policy_id\":\"policy\""
            })
    void what_would_change_the_cluster_and_is_not_there_is_refused_rather_than_ignored(String field) {
        assertThat(raw.post(CREATE, cluster("\"num_workers\":1," + field)).error())
                .startsWith("400 INVALID_PARAMETER_VALUE");
    }

    @Test
    void unknown_ids_answer_as_clients_expect_them() {
        String nobody = "400 INVALID_PARAMETER_VALUE: Cluster 0101-000000-nobody00 does not exist";
        for (String call : List.of("start", "restart", "delete", "permanent-delete", "pin", "events")) {
            assertThat(raw.post("/api/2.1/clusters/" + call, "{\"cluster_id\":\"0101-000000-nobody00\"}")
                            .error())
                    .as(call)
                    .startsWith(nobody);
        }
        assertThat(raw.get("/api/2.0/clusters/get?cluster_id=0101-000000-nobody00")
                        .error())
                .startsWith(nobody);
        assertThat(raw.get("/api/2.1/jobs/get?job_id=7").error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Job 7 does not exist.");
        assertThat(raw.post("/api/2.0/jobs/run-now", "{\"job_id\":7}").error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Job 7 does not exist.");
        assertThat(raw.get("/api/2.1/jobs/runs/get?run_id=7").error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Run 7 does not exist.");
        assertThat(raw.post("/api/2.1/jobs/runs/cancel", "{\"run_id\":7}").error())
                .isEqualTo("400 INVALID_PARAMETER_VALUE: Run 7 does not exist.");
        assertThat(raw.get("/api/1.2/contexts/status?clusterId=" + SharedPlatform.clusterId() + "&contextId=7")
                        .body()
                        .path("error")
                        .asText())
                .startsWith("ContextNotFound");
    }

    @Test
    void a_call_in_the_wrong_state_is_refused_with_the_state() {
        assertThat(raw.post("/api/2.1/clusters/start", "{\"cluster_id\":\"" + SharedPlatform.clusterId() + "\"}")
                        .error())
                .startsWith("400 INVALID_STATE")
                .contains("unexpected state Running");
        assertThat(raw.post(
                                "/api/2.1/clusters/resize",
                                "{\"cluster_id\":\"" + SharedPlatform.clusterId() + "\",\"num_workers\":2}")
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE");
    }

    @Test
    void only_a_known_token_opens_a_door() {
        assertThat(raw.with("").get("/api/2.1/clusters/list").error())
                .isEqualTo("401 UNAUTHENTICATED: Credential was not sent or was of an unsupported type for this API.");
        assertThat(raw.with("Negotiate abc").get("/api/2.1/clusters/list").status())
                .isEqualTo(401);
        assertThat(raw.with("Bearer dapi00000000000000000000000000000000")
                        .get("/api/2.1/clusters/list")
                        .error())
                .isEqualTo("403 PERMISSION_DENIED: Invalid access token.");
        assertThat(raw.with("Bearer dapi00000000000000000000000000000000")
                        .post(CREATE, cluster("\"num_workers\":1"))
                        .error())
                .isEqualTo("403 PERMISSION_DENIED: Invalid access token.");
        assertThat(raw.with("Bearer x")
                        .get("/api/2.0/preview/scim/v2/Me")
                        .body()
                        .path("schemas"))
                .hasSize(1);
    }

    @Test
    void a_call_that_does_not_exist_says_so() {
        assertThat(raw.post("/api/2.0/clusters/clone", "{}").error())
                .isEqualTo("404 ENDPOINT_NOT_FOUND: No API found for 'POST /api/2.0/clusters/clone'");
        assertThat(raw.get("/api/9.9/clusters/list").error())
                .isEqualTo("404 ENDPOINT_NOT_FOUND: No API found for 'GET /api/9.9/clusters/list'");
        assertThat(raw.get("/api/2.0/clusters/create").error())
                .isEqualTo("404 ENDPOINT_NOT_FOUND: No API found for 'GET /api/2.0/clusters/create'");
    }

    private static String task(String key, String dependsOn) {
        return "{\"task_key\":\"" + key + "\",\"depends_on\":[{\"task_key\":\"" + dependsOn
                + "\"}],\"existing_cluster_id\":\"" + SharedPlatform.clusterId()
                + "\",\"notebook_task\":{\"notebook_path\":\"/Shared/n\"}}";
    }

    @Test
    void a_graph_of_tasks_must_have_an_order() {
        for (String call : List.of("/api/2.1/jobs/create", "/api/2.1/jobs/runs/submit")) {
            assertThat(raw.post(call, "{\"tasks\":[" + task("a", "b") + "," + task("b", "a") + "]}")
                            .error())
                    .startsWith("400 INVALID_PARAMETER_VALUE")
                    .contains("cycle");
            assertThat(raw.post(call, "{\"tasks\":[" + task("a", "a") + "]}").error())
                    .startsWith("400 INVALID_PARAMETER_VALUE");
            assertThat(raw.post(call, "{\"tasks\":[" + task("a", "nobody") + "]}")
                            .error())
                    .startsWith("400 INVALID_PARAMETER_VALUE")
                    .contains("nobody");
            assertThat(raw.post(call, "{\"tasks\":[{\"task_key\":\"a\",\"notebook_task\":{\"notebook_path\":\"/n\"}}]}")
                            .error())
                    .startsWith("400 INVALID_PARAMETER_VALUE")
                    .contains("existing_cluster_id");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"trigger\":{\"periodic\":{\"interval\":1,\"unit\":\"HOURS\"}}",
                "\"continuous\":{\"pause_status\":\"UNPAUSED\"}",
                "\"git_source\":{\"git_url\":\"https://x/y\",\"git_provider\":\"gitHub\"}",
                "\"sql_task\":{\"warehouse_id\":\"w\"}"
            })
    void a_job_that_would_not_run_as_asked_is_refused(String field) {
        assertThat(raw.post("/api/2.1/jobs/create", "{\"name\":\"bad\"," + field + "}")
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE")
                .contains("not supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quartz_cron_expression\":\"every morning\",\"timezone_id\":\"UTC\"}",
                "{\"quartz_cron_expression\":\"0 0 * * *\",\"timezone_id\":\"UTC\"}",
                "{\"quartz_cron_expression\":\"0 0 * * * ?\",\"timezone_id\":\"Mars\"}",
                "{\"quartz_cron_expression\":\"0 0 * * * ?\"}",
                "{\"quartz_cron_expression\":\"0 0 * * * ?\",\"timezone_id\":\"UTC\",\"pause_status\":\"NO\"}"
            })
    void a_schedule_that_cannot_be_followed_is_refused(String schedule) {
        assertThat(raw.post("/api/2.1/jobs/create", "{\"name\":\"bad\",\"schedule\":" + schedule + "}")
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE")
                .containsAnyOf("schedule.", "pause_status");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/2.0/dbfs/get-status?path=/../../etc/passwd",
        "/api/2.0/dbfs/read?path=/a/../../../etc/passwd",
        "/api/2.0/dbfs/read?path=dbfs:/..%2f..%2fetc/passwd",
        "/api/2.0/workspace/get-status?path=/Users/../../etc",
        "/api/2.0/workspace/export?path=/Shared/%2e%2e/%2e%2e/etc/passwd",
    })
    void a_path_out_of_its_root_is_refused(String call) {
        assertThat(raw.get(call).error()).matches("400 (INVALID_PARAMETER_VALUE|MALFORMED_REQUEST): .+");
    }

    @Test
    void a_body_that_is_too_long_is_refused_in_json() {
        String name = "x".repeat(17 << 20);
        Raw.Reply reply = raw.post(CREATE, "{\"cluster_name\":\"" + name + "\"}");
        assertThat(reply.error()).startsWith("413 INVALID_PARAMETER_VALUE");
    }

    @Test
    void nothing_is_written_out_of_a_root() {
        assertThat(raw.post("/api/2.0/dbfs/put", "{\"path\":\"/../escaped\",\"contents\":\"AA==\"}")
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE");
        assertThat(raw.post("/api/2.0/workspace/mkdirs", "{\"path\":\"/Shared/../../escaped\"}")
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE");
        assertThat(raw.post(
                                "/api/2.1/unity-catalog/tables",
                                "{\"catalog_name\":\"main\",\"schema_name\":\"default\",\"name\":\"../escaped\","
                                        + "\"table_type\":\"EXTERNAL\",\"storage_location\":\"file:///tmp/x\"}")
                        .error())
                .startsWith("400 INVALID_PARAMETER_VALUE");
        assertThat(Files.exists(SharedPlatform.platform().home().resolve("data/escaped")))
                .isFalse();
    }
}
