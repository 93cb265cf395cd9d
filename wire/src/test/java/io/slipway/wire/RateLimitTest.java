package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often somebody may ask. */
@NullUnmarked
class RateLimitTest {
    private static final int BURST = 10;
    private static final Caller BOB = People.user(8, "bob");

    private final AtomicLong nanos = new AtomicLong();
    private final Clock clock = new Clock() {
        @Override
        public long millis() {
            return nanos.get() / 1_000_000;
        }

        @Override
        public long nanos() {
            return nanos.get();
        }
    };
    private EngineServer server;

    private static Caller caller(Request request) {
        return switch (request.header("authorization").orElse("")) {
            case "ann" -> People.ANN;
            case "bob" -> BOB;
            default -> throw new PlatformException(ErrorCode.UNAUTHENTICATED, "who are you?");
        };
    }

    @BeforeEach
    void start() {
        RateLimit two = RateLimit.of(clock, 2, request -> request.rawPath().equals("/api/machine"));
        server = new EngineServer(
                new Engine(Ids.system(clock), CallLog.NONE, two),
                routes -> routes.family(new Family(PlainDialect.PLAIN, RateLimitTest::caller, "/api"))
                        .get("/me", request -> Map.of())
                        .post("/me", request -> Map.of())
                        .get("/machine", request -> Map.of())
                        .open("/open", request -> Map.of()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String who, String path) throws Exception {
        return server.http()
                .send(server.to(path).header("Authorization", who).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int[] statuses(String who, String path, int times) throws Exception {
        int[] statuses = new int[times];
        for (int i = 0; i < times; i++) {
            statuses[i] = ask(who, path).statusCode();
        }
        return statuses;
    }

    @Test
    void who_asks_too_often_is_told_when_to_come_again_and_then_is_answered() throws Exception {
        assertThat(statuses("ann", "/api/me", BURST)).containsOnly(200);
        HttpResponse<String> refused = ask("ann", "/api/me");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
        assertThat(refused.body())
                .isEqualTo(
                        "{\"error_code\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"You ask too often. Try again later.\"}");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(statuses("ann", "/api/me", 3)).containsExactly(200, 200, 429);
    }

    @Test
    void nobody_feels_what_somebody_else_does() throws Exception {
        assertThat(statuses("ann", "/api/me", BURST + 1)).contains(429);
        assertThat(ask("bob", "/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void strangers_of_an_address_are_limited_and_those_who_are_known_there_do_not_feel_it() throws Exception {
        assertThat(statuses("eve", "/api/me", BURST)).containsOnly(401);
        HttpResponse<String> refused = ask("eve", "/api/me");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
        assertThat(ask("ann", "/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_answered_to_anybody_has_a_limit_too() throws Exception {
        assertThat(statuses("", "/api/open", BURST)).containsOnly(200);
        HttpResponse<String> refused = ask("", "/api/open");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
    }

    @Test
    void the_platforms_own_machines_are_not_counted() throws Exception {
        assertThat(statuses("ann", "/api/machine", 3 * BURST)).containsOnly(200);
    }

    @Test
    void the_limit_comes_before_the_body_is_read() throws Exception {
        assertThat(statuses("ann", "/api/me", BURST)).containsOnly(200);
        try (RawSocket socket = new RawSocket(server.port())) {
            String head = "POST /api/me HTTP/1.1\r\nHost: x\r\nAuthorization: ann\r\nContent-Length: 100000\r\n\r\n";
            assertThat(socket.say(head).answer()).startsWith("HTTP/1.1 429 ");
        }
    }

    @Test
    void those_who_have_not_asked_for_longest_are_forgotten() {
        Buckets<Integer> buckets = new Buckets<>(clock, 1);
        for (int i = 0; i < 50_000; i++) {
            assertThat(buckets.take(i)).isEmpty();
        }
        assertThat(buckets.known()).isEqualTo(10_000);
    }
}
