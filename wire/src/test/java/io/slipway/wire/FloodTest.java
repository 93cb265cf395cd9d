package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are too many, too long, or never end. */
@NullUnmarked
@Timeout(120)
class FloodTest {
    private static final Caller ANN = People.user(7, "ann");

    private final CountDownLatch hold = new CountDownLatch(1);
    private final CountDownLatch holding = new CountDownLatch(1);
    private final List<Socket> open = new ArrayList<>();
    private EngineServer server;

    @BeforeEach
    void start() {
        Credentials credentials =
                request -> switch (request.header("authorization").orElse("")) {
                    case "ann" -> ANN;
                    case "" -> Caller.NOBODY;
                    default -> throw new PlatformException(ErrorCode.PERMISSION_DENIED, "who are you?");
                };
        Engine engine = new Engine(Ids.system(Clock.system()), new BodyBudget(24 << 20), Duration.ofSeconds(1));
        server = new EngineServer(
                engine,
                routes -> routes.family(new Family(PlainDialect.PLAIN, credentials, "/api"))
                        .get("/here", request -> Map.of("here", true))
                        .post(
                                "/take",
                                request -> Map.of("length", request.body().length()))
                        .post("/hold", this::held));
    }

    private Object held(Request request) throws InterruptedException {
        holding.countDown();
        return Map.of("held", hold.await(60, TimeUnit.SECONDS));
    }

    @AfterEach
    void stop() throws IOException {
        hold.countDown();
        for (Socket socket : open) {
            socket.close();
        }
        server.close();
    }

    /** Sends a head and the first bytes of the body that it promises. */
    private Socket send(String path, String authorization, long promised, int sent) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        open.add(socket);
        socket.setSoTimeout(30_000);
        String credentials = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
        String head =
                "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + credentials + "Content-Length: " + promised + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[sent]);
        socket.getOutputStream().flush();
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r' && next != -1; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    @Test
    void whoever_is_refused_hears_so_before_the_body_is_sent() throws Exception {
        assertThat(status(send("/api/take", "eve", 10 << 20, 0))).contains("403");
        assertThat(status(send("/api/none", "ann", 10 << 20, 0))).contains("404");
    }

    @Test
    void from_nobody_no_more_than_a_little_is_read() throws Exception {
        assertThat(status(send("/api/take", "", Engine.STRANGERS_BODY + 1, 0))).contains("413");
        assertThat(status(send("/api/take", "", 5000, 5000))).contains("200");
    }

    @Test
    void a_body_that_says_it_is_too_long_is_not_waited_for() throws Exception {
        assertThat(status(send("/api/take", "ann", Engine.LONGEST_BODY + 1, 0))).contains("413");
    }

    @Test
    void a_client_that_stalls_in_a_body_is_let_go() throws Exception {
        Socket stalled = send("/api/take", "ann", 10_000, 1);
        assertThat(status(stalled)).contains("408");
        assertThat(stalled.getInputStream().readAllBytes()).isNotEmpty();
    }

    @Test
    void bodies_that_stall_keep_no_thread_from_others() throws Exception {
        for (int i = 0; i < 250; i++) {
            send("/api/take", "ann", 10_000, 1);
        }
        assertThat(server.send("GET", "/api/here", "").statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_over_the_budget_of_all_bodies_is_refused_for_the_moment_only() throws Exception {
        Socket first = send("/api/hold", "ann", 3 << 20, 3 << 20);
        assertThat(holding.await(60, TimeUnit.SECONDS)).isTrue();
        Socket second = send("/api/hold", "ann", 3 << 20, 3 << 20);
        assertThat(status(second)).contains("429");
        hold.countDown();
        assertThat(status(first)).contains("200");
        assertThat(status(send("/api/take", "ann", 3 << 20, 3 << 20))).contains("200");
    }

    @Test
    void one_body_within_its_own_limit_is_taken_however_small_the_budget() throws Exception {
        assertThat(status(send("/api/take", "ann", 8 << 20, 8 << 20))).contains("200");
    }

    @Test
    void a_refused_body_that_is_sent_all_the_same_is_dropped_and_the_answer_heard() throws Exception {
        assertThat(server.send("POST", "/api/take", "x".repeat(1 << 20)).statusCode())
                .isEqualTo(413);
        assertThat(server.send("GET", "/api/here", "").statusCode()).isEqualTo(200);
    }

    @Test
    void dots_in_the_values_of_a_query_are_text() throws Exception {
        assertThat(server.send("GET", "/api/here?q=a/../b", "").statusCode()).isEqualTo(200);
    }
}
