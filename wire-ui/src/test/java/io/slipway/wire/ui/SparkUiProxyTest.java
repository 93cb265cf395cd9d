package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to a Spark UI, with a server of a few pages instead of Spark behind it. */
@NullUnmarked
@Timeout(60)
class SparkUiProxyTest {
    private record Asked(String uri, String authorization, String context, String cookie) {}

    private static final BlockingQueue<Asked> ASKED = new LinkedBlockingQueue<>();
    private static UiPlatform platform;
    private static HttpServer spark;
    private static String cluster;
    private static String root;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        platform = new UiPlatform(folder, NoLogs.LOGS);
        spark = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        spark.createContext("/", SparkUiProxyTest::page);
        spark.start();
        cluster = platform.cluster("ui");
        platform.up(cluster, spark.getAddress().getPort());
        root = path(cluster);
    }

    @AfterAll
    static void stop() {
        spark.stop(0);
        platform.close();
    }

    @BeforeEach
    void forget() {
        ASKED.clear();
    }

    private static String path(String id) throws Exception {
        HttpResponse<String> told = platform.get("ann", "/ui-api/clusters/" + id + "/spark-ui");
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        return told.body().replaceAll(".*\"path\":\"([^\"]+)\".*", "$1");
    }

    private static void page(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        ASKED.add(new Asked(
                exchange.getRequestURI().toString(),
                String.valueOf(headers.getFirst("authorization")),
                String.valueOf(headers.getFirst("x-forwarded-context")),
                String.valueOf(headers.getFirst("cookie"))));
        String path = exchange.getRequestURI().getPath();
        int status = 200;
        if (path.startsWith("/moved")) {
            status = 302;
            exchange.getResponseHeaders()
                    .add("location", exchange.getRequestURI().getQuery().substring("to=".length()));
        }
        exchange.getResponseHeaders().add("set-cookie", "a=b");
        exchange.getResponseHeaders()
                .add("content-type", path.endsWith(".js") ? "application/javascript" : "text/html;charset=utf-8");
        byte[] body = (path.endsWith(".js") ? "<head>$1" : "<html><head><title>$1 \u20ac</title></head></html>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return platform.get("", path);
    }

    @Test
    void a_page_is_shown_to_whoever_has_the_ticket_without_a_session_and_kept_apart_from_ours() throws Exception {
        HttpResponse<String> page = get(root + "jobs/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .startsWith("sandbox allow-scripts")
                .doesNotContain("allow-same-origin");
        assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("set-cookie")).isEmpty();
        assertThat(page.body())
                .startsWith("<html><head><script>")
                .contains("localStorage")
                .endsWith("<title>$1 \u20ac</title></head></html>");
    }

    @Test
    void spark_is_asked_with_the_secret_of_this_launch_and_told_where_its_pages_are() throws Exception {
        get(root + "jobs/");
        Asked asked = ASKED.take();
        assertThat(asked.uri()).isEqualTo("/jobs/");
        assertThat(asked.authorization()).matches("Bearer .{20,}");
        assertThat(asked.context()).isEqualTo(root.substring(0, root.length() - 1));
        String secret = asked.authorization().substring("Bearer ".length());
        assertThat(root).doesNotContain(secret);
    }

    @Test
    void what_a_browser_sends_along_does_not_reach_spark() throws Exception {
        raw("GET " + root
                + "jobs/ HTTP/1.1\r\nHost: x\r\nCookie: slipway_session=s3cret\r\nAuthorization: Bearer mine");
        Asked asked = ASKED.take();
        assertThat(asked.cookie()).isEqualTo("null");
        assertThat(asked.authorization()).doesNotContain("mine");
    }

    @Test
    void what_is_no_page_is_passed_on_as_it_is() throws Exception {
        HttpResponse<String> script = get(root + "static/a.js");
        assertThat(script.body()).isEqualTo("<head>$1");
        assertThat(script.headers().firstValue("content-type").orElse("")).startsWith("application/javascript");
    }

    @ParameterizedTest
    @CsvSource({
        "'', /",
        "jobs, /jobs",
        "jobs/job/?id=3&x=a%20b, /jobs/job/?id=3&x=a+b",
        "SQL/a%20b, /SQL/a%20b",
        "a%2Fb/c, /a%2Fb/c",
        "a%3Fb, /a%3Fb",
        "a%25b, /a%25b",
        "%E2%82%AC, /%E2%82%AC",
        "http://elsewhere.example/x, /http:/elsewhere.example/x"
    })
    void a_path_reaches_spark_with_its_escapes(String below, String uri) throws Exception {
        assertThat(raw("GET " + root + below + " HTTP/1.1\r\nHost: x")).startsWith("HTTP/1.1 200");
        assertThat(ASKED.take().uri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource({"../../../etc", "%2e%2e/%2e%2e/x", "a/../../b"})
    void a_path_that_climbs_reaches_nobody(String below) throws Exception {
        assertThat(raw("GET " + root + below + " HTTP/1.1\r\nHost: x")).startsWith("HTTP/1.1 400");
        assertThat(ASKED).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"//elsewhere.example/x", "//127.0.0.1:1/x", "@elsewhere.example/", "\\\\elsewhere.example"})
    void no_form_of_a_path_leads_to_another_host(String below) throws Exception {
        raw("GET " + root + below + " HTTP/1.1\r\nHost: x");
        assertThat(ASKED).allMatch(asked -> asked.uri().startsWith("/"));
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "DELETE"})
    void it_is_for_looking_only(String method) throws Exception {
        assertThat(platform.send("", method, root + "jobs/kill/?id=1", "").statusCode())
                .isIn(404, 405);
        assertThat(ASKED).isEmpty();
    }

    @Test
    void a_ticket_is_good_for_its_cluster_and_its_launch_only() throws Exception {
        String other = platform.cluster("other");
        platform.up(other, spark.getAddress().getPort());
        String ticket = path(other);
        String crossed = root.replace(cluster, other);
        for (String wrong : List.of(
                "/driver-proxy/" + cluster + "/none/",
                "/driver-proxy/" + cluster + "/" + "0".repeat(32) + "/",
                crossed)) {
            HttpResponse<String> refused = get(wrong);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(403);
            assertThat(refused.body()).contains("of an earlier start of the cluster");
        }
        assertThat(get(ticket).statusCode()).isEqualTo(200);
        platform.launchedAgain(other);
        assertThat(get(ticket).statusCode()).isEqualTo(403);
        assertThat(ASKED).hasSize(1);
    }

    @Test
    void only_who_may_see_a_cluster_that_runs_gets_a_ticket() throws Exception {
        String address = "/ui-api/clusters/" + cluster + "/spark-ui";
        assertThat(platform.get("", address).statusCode()).isEqualTo(401);
        assertThat(platform.get("far", address).statusCode()).isEqualTo(400);
        String still = platform.cluster("still");
        HttpResponse<String> refused = platform.get("ann", "/ui-api/clusters/" + still + "/spark-ui");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("INVALID_STATE");
    }

    @Test
    void a_spark_ui_that_is_away_is_away_for_the_moment() throws Exception {
        String gone = platform.cluster("gone");
        platform.up(gone, 1);
        HttpResponse<String> refused = get(path(gone));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("TEMPORARILY_UNAVAILABLE").contains("is away");
    }

    @Test
    void a_redirect_of_spark_stays_below_the_address_of_its_cluster() throws Exception {
        String own = "http://127.0.0.1:" + spark.getAddress().getPort();
        assertThat(moved("/jobs/?id=1")).isEqualTo(root + "jobs/?id=1");
        assertThat(moved(own + "/stages/")).isEqualTo(root + "stages/");
        assertThat(moved(root + "jobs/")).isEqualTo(root + "jobs/");
        assertThat(moved("next")).isEqualTo(root + "next");
        assertThat(moved("http://elsewhere.example/")).isEmpty();
        assertThat(moved("//elsewhere.example/")).isEmpty();
    }

    private static String moved(String to) throws Exception {
        HttpResponse<String> answer = get(root + "moved?to=" + to.replace("?", "%3F"));
        assertThat(answer.statusCode()).isEqualTo(302);
        return answer.headers().firstValue("location").orElse("");
    }

    private static String raw(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readNBytes(40), StandardCharsets.UTF_8);
        }
    }
}
