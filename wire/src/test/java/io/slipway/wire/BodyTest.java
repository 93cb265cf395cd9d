package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.common.HttpMethod;
import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies in pieces, without a length, cut off, and of forms that a handler reads itself. */
@NullUnmarked
@Timeout(60)
class BodyTest {
    private static final int MEGABYTE = 1 << 20;

    private final AtomicInteger reached = new AtomicInteger();
    private final CompletableFuture<Object> later = new CompletableFuture<>();
    private EngineServer server;

    @BeforeEach
    void start() {
        Credentials credentials =
                request -> switch (request.header("authorization").orElse("")) {
                    case "ann" -> People.ANN;
                    case "" -> Caller.NOBODY;
                    default -> throw new PlatformException(ErrorCode.PERMISSION_DENIED, "who are you?");
                };
        // For two bodies of a megabyte: each takes six times its length.
        BodyBudget budget = new BodyBudget(12 * MEGABYTE);
        server = new EngineServer(
                new Engine(Ids.system(Clock.system()), budget, Duration.ofSeconds(30)),
                routes -> routes.family(new Family(PlainDialect.PLAIN, credentials, "/api"))
                        .post("/take", request -> {
                            reached.incrementAndGet();
                            return Map.of(
                                    "length", request.body().length(),
                                    "ends", request.body().toStringUtf8().endsWith("end"));
                        })
                        .post("/later", request -> later)
                        .post("/fail", request -> {
                            throw PlatformException.notFound("no");
                        })
                        .upload(HttpMethod.POST, "/form", BodyTest::form));
    }

    private static CompletionStage<Object> form(Request request) {
        return request.http()
                .aggregate()
                .thenApply(whole -> Map.of(
                        "form", whole.content().length(),
                        "read", request.body().length()));
    }

    @AfterEach
    void stop() {
        later.complete(Map.of());
        server.close();
    }

    private static String head(String path, String authorization, String... more) {
        String credentials = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
        String others = more.length == 0 ? "" : String.join("\r\n", more) + "\r\n";
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + credentials + others + "\r\n";
    }

    private static String piece(int size) {
        return Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n";
    }

    private RawSocket open() throws IOException {
        return new RawSocket(server.port());
    }

    private String whole(String path, int length) throws IOException {
        try (RawSocket socket = open()) {
            return socket.say(head(path, "ann", "Content-Length: " + length))
                    .say(new byte[length])
                    .answer();
        }
    }

    @Test
    void a_body_without_a_length_is_put_together_from_its_pieces() throws Exception {
        try (RawSocket socket = open()) {
            socket.say(head("/api/take", "ann", "Transfer-Encoding: chunked"));
            for (int i = 0; i < 50; i++) {
                socket.say(piece(1000));
            }
            assertThat(socket.say("3\r\nend\r\n0\r\n\r\n").answer())
                    .contains("\"length\":50003")
                    .contains("\"ends\":true");
        }
    }

    @Test
    void a_body_without_a_length_is_read_no_further_than_any_other() throws Exception {
        try (RawSocket socket = open()) {
            socket.say(head("/api/take", "", "Transfer-Encoding: chunked")).say(piece(60_000));
            assertThat(socket.say(piece(10_000)).answer())
                    .startsWith("HTTP/1.1 413")
                    .contains("65536");
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void whoever_is_refused_is_refused_before_a_body_without_a_length_comes() throws Exception {
        try (RawSocket socket = open()) {
            assertThat(socket.say(head("/api/take", "eve", "Transfer-Encoding: chunked"))
                            .answer())
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void a_short_body_of_somebody_who_is_refused_reaches_nobody() throws Exception {
        try (RawSocket socket = open()) {
            assertThat(socket.say(head("/api/take", "eve", "Content-Length: 3") + "end")
                            .answer())
                    .startsWith("HTTP/1.1 403");
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void a_body_that_ends_early_reaches_nobody_and_gives_its_memory_back() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (RawSocket socket = open()) {
                socket.say(head("/api/take", "ann", "Content-Length: " + 2 * MEGABYTE))
                        .say(new byte[MEGABYTE * 3 / 2]);
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> whole("/api/take", MEGABYTE).contains("\"length\":" + MEGABYTE));
        assertThat(reached.get()).isEqualTo(1);
        bothHalvesOfTheBudgetAreFree();
    }

    @Test
    void a_refused_request_gives_its_memory_back() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(whole("/api/fail", MEGABYTE)).startsWith("HTTP/1.1 404");
        }
        bothHalvesOfTheBudgetAreFree();
    }

    /** Holds one half in a request that is not answered, while another takes the other half. */
    private void bothHalvesOfTheBudgetAreFree() throws Exception {
        try (RawSocket holds = open()) {
            holds.say(head("/api/later", "ann", "Content-Length: " + MEGABYTE)).say(new byte[MEGABYTE]);
            assertThat(whole("/api/take", MEGABYTE)).startsWith("HTTP/1.1 200");
            assertThat(whole("/api/take", MEGABYTE)).startsWith("HTTP/1.1 200");
            later.complete(Map.of("done", true));
            assertThat(holds.answer()).contains("\"done\":true");
        }
    }

    @Test
    void memory_is_kept_until_an_answer_that_comes_later_is_there() throws Exception {
        try (RawSocket holds = open()) {
            holds.say(head("/api/later", "ann", "Content-Length: " + MEGABYTE)).say(new byte[MEGABYTE]);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> whole("/api/take", MEGABYTE + MEGABYTE / 2).startsWith("HTTP/1.1 429"));
            later.complete(Map.of());
            assertThat(holds.answer()).startsWith("HTTP/1.1 200");
        }
        assertThat(whole("/api/take", MEGABYTE + MEGABYTE / 2)).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_form_is_read_by_its_handler_however_long_and_other_bodies_of_the_same_route_as_always() throws Exception {
        int large = (int) Engine.LONGEST_BODY + MEGABYTE;
        try (RawSocket socket = open()) {
            socket.say(head(
                    "/api/form", "ann", "Content-Type: multipart/form-data; boundary=f", "Content-Length: " + large));
            socket.say(new byte[large]);
            assertThat(socket.answer()).contains("\"form\":" + large).contains("\"read\":0");
        }
        try (RawSocket socket = open()) {
            socket.say(head("/api/form", "ann", "Content-Type: application/json", "Content-Length: " + large));
            assertThat(socket.answer()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void a_form_of_somebody_who_is_refused_is_not_read() throws Exception {
        try (RawSocket socket = open()) {
            socket.say(head(
                    "/api/form", "eve", "Content-Type: multipart/form-data; boundary=f", "Content-Length: 99999999"));
            assertThat(socket.answer()).startsWith("HTTP/1.1 403");
        }
    }
}
