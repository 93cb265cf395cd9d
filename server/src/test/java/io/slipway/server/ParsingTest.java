package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent is taken as what it is, or refused; what clients send by default is taken. */
@NullUnmarked
class ParsingTest {
    private static RunningPlatform platform;
    private static String token;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        platform = new RunningPlatform(home);
        token = platform.token();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(platform.at(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> job(String fields) throws Exception {
        return send("POST", "/api/2.2/jobs/create", "{\"name\":\"n\"," + fields + "}");
    }

    private HttpResponse<String> task(String fields) throws Exception {
        return job(
                "\"tasks\":[{\"task_key\":\"t\",\"new_cluster\":{\"spark_version\":\"18.2.x-scala2.13\",\"node_type_id\":\"m5.large\","
                        + "\"num_workers\":1},\"notebook_task\":{\"notebook_path\":\"/x\"}"
                        + (fields.isEmpty() ? "" : ",") + fields + "}]");
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("error_code");
    }

    private static void taken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tasks\":\"x\"",
                "\"tasks\":[7]",
                "\"queue\":\"abc\"",
                "\"queue\":{\"enabled\":1}",
                "\"run_as\":7",
                "\"run_as\":{\"user_name\":\"somebody@else\"}",
                "\"run_as\":{\"service_principal_name\":\"s\"}",
                "\"access_control_list\":[{\"user_name\":\"a\",\"permission_level\":\"CAN_VIEW\"}]",
                "\"tags\":\"zz\"",
                "\"tags\":{\"a\":null}",
                "\"health\":{\"rules\":7}",
                "\"edit_mode\":\"SOMETIMES\"",
                "\"format\":2",
                "\"parameters\":[null]",
                "\"parameters\":[{\"name\":\"a\",\"default\":\"1\"},{\"name\":\"a\",\"default\":\"2\"}]",
                "\"timeout_seconds\":-5",
                "\"timeout_seconds\":2.7",
                "\"max_concurrent_runs\":\"\"",
                "\"max_concurrent_runs\":1000000000000000000000000000000",
                "\"email_notifications\":{\"on_failure\":[\"a@b\"]}",
                "\"name\":\"half \\ud800\"",
                "\"description\":\"\\u0000\"",
                "\"job_clusters\":[{\"job_cluster_key\":\"k\",\"new_cluster\":{\"spark_version\":\"nope\",\"node_type_id\":\"m5d.large\",\"num_workers\":1}}]",
            })
    void a_job_is_checked_to_its_leaves(String fields) throws Exception {
        refused(job(fields));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"disabled\":true",
                "\"max_retries\":-7",
                "\"min_retry_interval_millis\":-9",
                "\"timeout_seconds\":-1",
                "\"depends_on\":[null]",
                "\"libraries\":[{\"maven\":{\"coordinates\":\"a:b:1\"}}]",
                "\"email_notifications\":{\"on_failure\":[\"a@b\"]}",
                "\"description\":{}",
            })
    void a_task_is_checked_to_its_leaves(String fields) throws Exception {
        refused(task(fields));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"spark_version\":\"nope\",\"node_type_id\":\"m5d.large\",\"num_workers\":1",
                "\"spark_version\":\"18.2.x-scala2.13\",\"node_type_id\":\"zzz\",\"num_workers\":1",
                "\"spark_version\":\"18.2.x-scala2.13\",\"node_type_id\":\"m5d.large\",\"num_workers\":-5",
                "\"spark_version\":\"18.2.x-scala2.13\",\"node_type_id\":\"m5d.large\",\"num_workers\":2.7",
                "\"spark_version\":\"18.2.x-scala2.13\",\"node_type_id\":\"m5d.large\",\"num_workers\":1,\"spark_conf\":{\"a\":null}",
                "\"spark_version\":\"18.2.x-scala2.13\",\"node_type_id\":\"m5d.large\",\"num_workers\":1,\"data_security_mode\":2",
                "\"spark_version\":\"18.2.x-scala2.13\",\"node_type_id\":\"m5d.large\",\"num_workers\":1,\"enable_elastic_disk\":1",
                "\"spark_version\":\"18.2.x-scala2.13\",\"node_type_id\":\"m5d.large\",\"num_workers\":1,\"spark_env_vars\":{\"A=B\":\"x\"}",
            })
    void a_cluster_of_a_job_is_checked_as_strictly_as_any_other(String fields) throws Exception {
        refused(send("POST", "/api/2.1/clusters/create", "{\"cluster_name\":\"c\"," + fields + "}"));
        String task =
                "{\"task_key\":\"t\",\"notebook_task\":{\"notebook_path\":\"/x\"},\"new_cluster\":{" + fields + "}}";
        refused(job("\"tasks\":[" + task + "]"));
        refused(send("POST", "/api/2.2/jobs/runs/submit", "{\"tasks\":[" + task + "]}"));
    }

    @Test
    void what_clients_send_by_default_is_taken() throws Exception {
        taken(
                job(
                        "\"queue\":{\"enabled\":true},\"run_as\":{\"user_name\":\"admin@slipway.local\"},"
                                + "\"email_notifications\":{},\"webhook_notifications\":{},\"access_control_list\":[],"
                                + "\"notification_settings\":{\"no_alert_for_skipped_runs\":false},\"timeout_seconds\":0,\"tags\":{},"
                                + "\"deployment\":{\"kind\":\"BUNDLE\",\"metadata_file_path\":\"/x\"},\"edit_mode\":\"UI_LOCKED\",\"format\":\"MULTI_TASK\""));
        taken(task("\"disabled\":false,\"email_notifications\":{},\"max_retries\":-1,\"run_if\":\"ALL_SUCCESS\""));
        taken(task("\"timeout_seconds\":\"5\",\"libraries\":[]"));
    }

    @Test
    void a_job_of_another_keeps_its_owner_when_an_admin_changes_it() throws Exception {
        String id =
                job("\"run_as\":{\"user_name\":\"admin@slipway.local\"}").body().replaceAll("\\D", "");
        taken(send("POST", "/api/2.2/jobs/update", "{\"job_id\":" + id + ",\"new_settings\":{\"description\":\"d\"}}"));
        refused(send(
                "POST",
                "/api/2.2/jobs/update",
                "{\"job_id\":" + id + ",\"new_settings\":{\"run_as\":{\"user_name\":\"x@y\"}}}"));
    }

    @Test
    void lists_take_only_places_and_values_that_there_are() throws Exception {
        for (String path : List.of(
                "/api/2.1/jobs/list?offset=-1",
                "/api/2.1/jobs/list?limit=",
                "/api/2.1/jobs/runs/list?offset=-1",
                "/api/2.1/jobs/runs/list?offset=100001",
                "/api/2.1/jobs/runs/list?page_token=garbage",
                "/api/2.1/jobs/runs/list?page_token=am9icw.YWZ0ZXI.MQ.MQ",
                "/api/2.1/jobs/runs/list?page_token=cnVucw.YWZ0ZXI.MQ.eA",
                "/api/2.1/jobs/runs/list?run_type=BOGUS",
                "/api/2.1/clusters/list?page_token=YXQ6LTU=",
                "/api/2.1/clusters/list?filter_by.cluster_sources=BOGUS",
                "/api/2.0/workspace/export?path=/x&format=2",
                "/api/2.1/jobs/list?name=%00",
                "/api/2.0/dbfs/get-status?path=/../../etc/passwd",
                "/api/2.0/dbfs/read?path=/a/../../../etc/passwd",
                "/api/2.0/dbfs/read?path=dbfs:/..%2f..%2fetc/passwd",
                "/api/2.0/workspace/get-status?path=/Users/../../etc",
                "/api/2.0/workspace/export?path=/Shared/%2e%2e/%2e%2e/etc/passwd")) {
            refused(send("GET", path, ""));
        }
        taken(send("GET", "/api/2.1/jobs/list?name=x/../y", ""));
    }

    @Test
    void all_runs_of_a_job_that_is_not_there_cannot_be_cancelled() throws Exception {
        refused(send("POST", "/api/2.1/jobs/runs/cancel-all", "{\"job_id\":7}"));
    }

    @Test
    void a_token_lives_no_longer_than_dates_can_be_told() throws Exception {
        refused(send("POST", "/api/2.0/token/create", "{\"lifetime_seconds\":9223372036854775}"));
        refused(send("POST", "/api/2.0/token/create", "{\"lifetime_seconds\":0.5}"));
    }

    @Test
    void what_a_command_lacks_is_told_in_the_words_that_clients_look_for() throws Exception {
        assertThat(send("POST", "/api/1.2/commands/execute", "{\"clusterId\":\"__non_existing__\"}")
                        .body())
                .contains("requirement failed: missing contextId");
    }

    @Test
    void a_call_that_is_not_there_is_404_whatever_the_method() throws Exception {
        HttpResponse<String> answer = send("POST", "/sql/1.0/warehouses/abc", "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("ENDPOINT_NOT_FOUND").contains("POST /sql/1.0/warehouses/abc");
    }
}
