package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.store.Json;
import io.slipway.wire.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent to whichever route, the fault is the sender's, and said in JSON. The seed is fixed: a failure can be repeated. */
@NullUnmarked
class NonsenseTest {
    /** Where simulations play many histories, this tries much too. */
    private static final int EFFORT = Integer.getInteger("slipway.seeds") == null ? 1 : 10;

    private static final int TRIES = 6 * EFFORT;

    /** Of calls that take a document. */
    private static final int MORE_TRIES = 40 * EFFORT;

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}|:\\*[a-z]+");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "2.7",
            "-0.0",
            "1e30",
            "1" + "0".repeat(30),
            "9223372036854775807",
            "-9223372036854775808",
            "2147483648",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"2\"",
            "\"-5\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"a\\udc00b\"",
            "\"YXQ6LTU\"",
            "[]",
            "[null]",
            "[[]]",
            "[\"x\",null]",
            "[1,\"x\",{}]",
            "{}",
            "{\"a\":null}",
            "{\"a\":{\"b\":[null]}}",
            "{\"\":\"\"}",
            "\"" + "y".repeat(5000) + "\"",
            "[".repeat(300) + "]".repeat(300),
            "{\"a\":".repeat(300) + "1" + "}".repeat(300),
            "[".repeat(2000) + "]".repeat(2000));

    private static final List<String> QUERY_VALUES = List.of(
            "",
            " ",
            "-1",
            "0",
            "2.7",
            "x",
            "true",
            "1e30",
            "1" + "0".repeat(30),
            "9223372036854775807",
            "YXQ6LTU",
            "at:-5",
            "\u0000",
            "\uFFFD",
            "../..",
            "/a/../b",
            "%",
            "[null]",
            "{}",
            "y".repeat(3000));

    private static final List<String> STEPS = List.of(
            "x", "0", "-1", "9223372036854775808", "%00", "a%20b", "%E4", "a%2Fb", "main", "y".repeat(300), "1.5");

    private static final String TASK = """
            {"task_key":"a","description":"d","depends_on":[],"run_if":"ALL_DONE","existing_cluster_id":"none",
             "notebook_task":{"notebook_path":"/x","base_parameters":{"p":"1"},"source":"WORKSPACE"},
             "libraries":[{"pypi":{"package":"x"}}],"timeout_seconds":3,"max_retries":1,"min_retry_interval_millis":5,
             "retry_on_timeout":false,"email_notifications":{"on_start":[]},"notification_settings":{"alert_on_last_attempt":true}}
            """;
    private static final String CLUSTER = """
            {"cluster_name":"c","spark_version":"18.2.x-scala2.13","node_type_id":"m5d.large","num_workers":-5,
             "autotermination_minutes":5,"spark_conf":{"a":"b"},"spark_env_vars":{"A":"b"},"custom_tags":{"t":"v"},
             "aws_attributes":{"first_on_demand":1,"availability":"SPOT","zone_id":"auto","ebs_volume_count":0},
             "autoscale":{"min_workers":1,"max_workers":2},"init_scripts":[],"ssh_public_keys":["k"],"data_security_mode":"NONE",
             "runtime_engine":"STANDARD","workload_type":{"clients":{"notebooks":true,"jobs":true}},"idempotency_token":"i",
             "docker_image":{},"cluster_log_conf":{},"enable_elastic_disk":true,"is_single_node":false,"cluster_id":"none"}
            """;
    private static final String FRESH =
            "{\"spark_version\":\"18.2.x-scala2.13\",\"node_type_id\":\"m5d.large\",\"num_workers\":1,"
                    + "\"spark_conf\":{\"a\":\"b\"},\"spark_env_vars\":{\"A\":\"b\"},\"aws_attributes\":{\"ebs_volume_count\":0}}";
    private static final String SETTINGS = """
            {"name":"n","tags":{"a":"b"},"tasks":[%s],"job_clusters":[{"job_cluster_key":"k","new_cluster":%s}],
             "parameters":[{"name":"p","default":"1"}],"timeout_seconds":1,"max_concurrent_runs":2,
             "schedule":{"quartz_cron_expression":"0 0 1 * * ?","timezone_id":"UTC","pause_status":"PAUSED"},
             "queue":{"enabled":true},"email_notifications":{"on_failure":[]},"webhook_notifications":{"on_start":[]},
             "notification_settings":{"no_alert_for_skipped_runs":true},"description":"d","edit_mode":"EDITABLE",
             "format":"MULTI_TASK","deployment":{"kind":"BUNDLE","metadata_file_path":"/x"},
             "health":{"rules":[{"metric":"RUN_DURATION_SECONDS","op":"GREATER_THAN","value":10}]},"access_control_list":[],
             "run_as":{"user_name":"admin@slipway.local"}}
            """.formatted(TASK, FRESH);

    /** What a call usually takes, by the end of its path. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("/clusters/create", CLUSTER),
            Map.entry("/clusters/edit", CLUSTER),
            Map.entry(
                    "/clusters/resize",
                    "{\"cluster_id\":\"none\",\"num_workers\":1,\"autoscale\":{\"min_workers\":1,\"max_workers\":2}}"),
            Map.entry(
                    "/clusters/events",
                    "{\"cluster_id\":\"none\",\"start_time\":0,\"end_time\":5,\"order\":\"ASC\",\"event_types\":[\"RUNNING\"],\"offset\":0,\"limit\":5,\"page_token\":\"\"}"),
            Map.entry("/jobs/create", SETTINGS),
            Map.entry("/jobs/reset", "{\"job_id\":1,\"new_settings\":" + SETTINGS + "}"),
            Map.entry(
                    "/jobs/update", "{\"job_id\":1,\"new_settings\":" + SETTINGS + ",\"fields_to_remove\":[\"tags\"]}"),
            Map.entry(
                    "/jobs/run-now",
                    "{\"job_id\":1,\"idempotency_token\":\"t\",\"job_parameters\":{\"a\":\"b\"},\"notebook_params\":{\"a\":\"b\"},\"jar_params\":[\"x\"],\"python_params\":[\"x\"],\"python_named_params\":{\"a\":\"b\"},\"only\":[]}"),
            Map.entry(
                    "/runs/submit",
                    "{\"run_name\":\"r\",\"idempotency_token\":\"t\",\"timeout_seconds\":1,\"tasks\":[" + TASK + "]}"),
            Map.entry(
                    "/catalogs",
                    "{\"name\":\"c\",\"comment\":\"x\",\"properties\":{\"a\":\"b\"},\"storage_root\":\"/nowhere\"}"),
            Map.entry(
                    "/schemas",
                    "{\"name\":\"s\",\"catalog_name\":\"main\",\"comment\":\"x\",\"properties\":{\"a\":\"b\"}}"),
            Map.entry(
                    "/tables",
                    "{\"name\":\"t\",\"catalog_name\":\"main\",\"schema_name\":\"default\",\"table_type\":\"EXTERNAL\",\"data_source_format\":\"DELTA\",\"columns\":[{\"name\":\"a\",\"type_text\":\"int\",\"type_json\":\"{}\",\"type_name\":\"INT\",\"position\":0,\"nullable\":true}],\"storage_location\":\"/nowhere\",\"comment\":\"x\",\"properties\":{\"a\":\"b\"},\"view_definition\":\"\"}"),
            Map.entry(
                    "/import",
                    "{\"path\":\"/Shared/n\",\"format\":\"SOURCE\",\"language\":\"PYTHON\",\"overwrite\":true,\"content\":\"eA==\"}"),
            Map.entry("/dbfs/put", "{\"path\":\"/n\",\"overwrite\":true,\"contents\":\"eA==\"}"),
            Map.entry("/dbfs/add-block", "{\"handle\":1,\"data\":\"eA==\"}"),
            Map.entry("/token/create", "{\"lifetime_seconds\":60,\"comment\":\"c\"}"),
            Map.entry(
                    "/commands/execute",
                    "{\"clusterId\":\"none\",\"contextId\":\"none\",\"language\":\"python\",\"command\":\"1\"}"),
            Map.entry(
                    "/v1/sync",
                    "{\"protocol\":1,\"nodeId\":\"i-1\",\"bootId\":\"b\",\"sequence\":1,\"ackWanted\":0,\"observed\":[{\"name\":\"d\",\"generation\":1,\"state\":\"running\"}],\"load\":{\"at\":1,\"cpuCores\":1}}"));

    private static final Random CHANCE = new Random(20261127);
    private static RunningPlatform platform;
    private static String token;
    private static List<String> names;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        platform = new RunningPlatform(home);
        token = platform.token();
        TreeSet<String> found = new TreeSet<>(List.of(
                "limit",
                "offset",
                "page_token",
                "page_size",
                "max_results",
                "path",
                "job_id",
                "run_id",
                "cluster_id",
                "run_type",
                "expand_tasks",
                "active_only",
                "completed_only",
                "start_time_from",
                "filter_by.cluster_sources",
                "filter_by.is_pinned",
                "sort_by.field",
                "format",
                "length",
                "direct_download",
                "catalog_name",
                "schema_name",
                "minutes",
                "node",
                "file",
                "q",
                "name",
                "overwrite",
                "clusterId",
                "contextId",
                "commandId",
                "force",
                "code",
                "token",
                "a.b.c.d.e.f.g.h.i.j.k.l"));
        USUAL.values()
                .forEach(text -> Json.read(text, JsonNode.class).fieldNames().forEachRemaining(found::add));
        names = List.copyOf(found);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static <T> T any(List<T> list) {
        return list.get(CHANCE.nextInt(list.size()));
    }

    private static String address(Routes.Line line) {
        StringBuilder query = new StringBuilder();
        int count = line.method().equals("GET") ? CHANCE.nextInt(5) : CHANCE.nextInt(2);
        for (int i = 0; i < count; i++) {
            query.append(i == 0 ? '?' : '&')
                    .append(any(names))
                    .append('=')
                    .append(URLEncoder.encode(any(QUERY_VALUES), StandardCharsets.UTF_8));
        }
        return VARIABLE.matcher(line.path()).replaceAll(variable -> any(STEPS)) + query;
    }

    private static String body(Routes.Line line) {
        return USUAL.entrySet().stream()
                .filter(usual -> line.path().endsWith(usual.getKey()) && CHANCE.nextInt(5) > 0)
                .map(usual -> bent(usual.getValue()))
                .findFirst()
                .orElseGet(() -> {
                    List<String> fields = new ArrayList<>();
                    for (int i = CHANCE.nextInt(6); i > 0; i--) {
                        fields.add("\"" + any(names) + "\":" + any(VALUES));
                    }
                    return "{" + String.join(",", fields) + "}";
                });
    }

    /** The document with one place of it changed into something else. */
    private static String bent(String document) {
        JsonNode root = Json.read(document, JsonNode.class);
        List<Runnable> changes = new ArrayList<>();
        collect(root, changes);
        any(changes).run();
        return root.toString().replace("\"@here@\"", any(VALUES));
    }

    private static void collect(JsonNode node, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> changes.add(() -> object.put(name, "@here@")));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                changes.add(() -> array.set(at, "@here@"));
            }
        }
        node.forEach(child -> collect(child, changes));
    }

    @Test
    void no_request_is_answered_with_a_fault_of_the_server() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Routes.Line line : platform.composition().routes().lines()) {
            for (int i = 0; i < tries(line); i++) {
                String address = address(line);
                String body = line.method().equals("GET") && CHANCE.nextInt(4) > 0 ? "" : body(line);
                String fault = fault(line.method(), address, body);
                if (!fault.isEmpty()) {
                    faults.add(fault + " " + line.method() + " " + address + " "
                            + body.substring(0, Math.min(600, body.length())));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static int tries(Routes.Line line) {
        return USUAL.keySet().stream().anyMatch(line.path()::endsWith)
                        && !line.method().equals("GET")
                ? MORE_TRIES
                : TRIES;
    }

    private String fault(String method, String address, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(platform.at(address))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofMinutes(1))
                .build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            if (answer.statusCode() < 400) {
                return "";
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            boolean json = text.startsWith("{") && text.endsWith("}");
            return answer.statusCode() < 500 && json ? "" : answer.statusCode() + " " + text;
        }
    }
}
