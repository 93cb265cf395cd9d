package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server refuses before any route sees it is told in the words of the ground that it is on, if it is on one. */
@NullUnmarked
@Timeout(60)
class RefusalsTest {
    private static final Dialect SHOUTING = error -> new Reply(
            PlainDialect.status(error.code()),
            "text/xml",
            Map.of(),
            ("<error>" + error.code() + ": " + error.message() + "</error>").getBytes(StandardCharsets.UTF_8));

    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static EngineServer server;

    @BeforeAll
    static void start() {
        server = new EngineServer(
                new Engine(Ids.system(Clock.system())),
                routes -> {
                    routes.ground(new Family(SHOUTING, request -> People.ANN, "/loud/", "/also/"));
                    for (Dialect dialect : List.of(SHOUTING, PlainDialect.PLAIN)) {
                        String prefix = dialect == SHOUTING ? "/loud" : "/plain";
                        routes.family(new Family(dialect, request -> People.ANN, prefix))
                                .get("/here", request -> Map.of("here", true))
                                .get("/slow", request -> NEVER.await(60, TimeUnit.SECONDS));
                    }
                },
                builder -> builder.requestTimeout(Duration.ofMillis(300)));
    }

    @AfterAll
    static void stop() {
        NEVER.countDown();
        server.close();
    }

    private static String raw(String head) throws Exception {
        try (RawSocket socket = new RawSocket(server.port())) {
            return socket.say(head + "\r\n\r\n").answer();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/loud/../here, 400, '\"error_code\":\"MALFORMED_REQUEST\"'",
        "/loud/%2e%2e/here, 400, '\"error_code\":\"MALFORMED_REQUEST\"'",
        "/loud/none, 404, <error>ENDPOINT_NOT_FOUND: No API found for 'GET /loud/none'",
        "/also/none, 404, <error>ENDPOINT_NOT_FOUND: No API found for 'GET /also/none'",
        "/none, 404, '\"error_code\":\"ENDPOINT_NOT_FOUND\"'"
    })
    void a_path_that_leads_nowhere_is_refused_as_its_ground_speaks_and_one_that_climbs_plainly(
            String path, int status, String words) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x"))
                .startsWith("HTTP/1.1 " + status)
                .contains(words);
    }

    @Test
    void a_method_that_the_path_does_not_have_is_no_api_in_the_words_of_the_ground() throws Exception {
        assertThat(raw("DELETE /loud/here?a=b HTTP/1.1\r\nHost: x"))
                .startsWith("HTTP/1.1 404")
                .contains("<error>ENDPOINT_NOT_FOUND: No API found for 'DELETE /loud/here'</error>");
        // On no ground it is the server that finds no route of this method.
        assertThat(raw("DELETE /plain/here?a=b HTTP/1.1\r\nHost: x"))
                .startsWith("HTTP/1.1 404")
                .contains("\"error_code\":\"ENDPOINT_NOT_FOUND\"")
                .contains("No API found for 'DELETE /plain/here'");
    }

    @Test
    void a_method_that_nobody_knows_is_refused() throws Exception {
        assertThat(raw("BREW /loud/here HTTP/1.1\r\nHost: x")).matches("(?s)HTTP/1.1 4\\d\\d.*");
    }

    @Test
    void headers_that_are_too_large_are_refused_and_the_next_connection_served() throws Exception {
        assertThat(raw("GET /loud/here HTTP/1.1\r\nHost: x\r\nX-Large: " + "y".repeat(20_000)))
                .startsWith("HTTP/1.1 431");
        assertThat(server.send("GET", "/loud/here", "").statusCode()).isEqualTo(200);
    }

    @Test
    void an_address_that_is_too_long_is_refused_and_the_next_connection_served() throws Exception {
        assertThat(raw("GET /loud/here?q=" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: x"))
                .startsWith("HTTP/1.1 414");
        assertThat(server.send("GET", "/loud/here", "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_length_that_is_no_number_is_refused() throws Exception {
        assertThat(raw("POST /loud/here HTTP/1.1\r\nHost: x\r\nContent-Length: ten"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("POST /loud/here HTTP/1.1\r\nHost: x\r\nContent-Length: -1"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void an_answer_that_takes_too_long_is_refused_as_its_ground_speaks() throws Exception {
        HttpResponse<String> loud = server.send("GET", "/loud/slow", "");
        assertThat(loud.statusCode()).isEqualTo(503);
        assertThat(loud.body()).startsWith("<error>UNAVAILABLE");
        assertThat(server.send("GET", "/plain/slow", "").body()).contains("\"TEMPORARILY_UNAVAILABLE\"");
    }

    @Test
    void two_requests_on_one_connection_are_answered_in_turn() throws Exception {
        String one = "GET /loud/here HTTP/1.1\r\nHost: x\r\n\r\n";
        String other = "GET /loud/none HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RawSocket socket = new RawSocket(server.port())) {
            socket.say(one + other + one);
            assertThat(socket.answer()).contains("{\"here\":true}");
            assertThat(socket.answer()).startsWith("HTTP/1.1 404");
            assertThat(socket.answer()).contains("{\"here\":true}");
        }
    }
}
