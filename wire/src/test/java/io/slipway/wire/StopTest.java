package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import io.slipway.identity.testing.People;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a server ends: soon, and with the answers that it has begun. */
@NullUnmarked
@Timeout(60)
class StopTest {
    /** The library would wait for this long with connections that are idle, and twice as long with its accepting thread. */
    private static final Duration USUAL = Duration.ofSeconds(1);

    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch work = new CountDownLatch(1);
    private EngineServer server;

    @BeforeEach
    void start() {
        server = new EngineServer(routes -> routes.family(new Family(PlainDialect.PLAIN, request -> People.ANN, "/api"))
                .get("/here", request -> Map.of("here", true))
                .get("/slow", request -> {
                    working.countDown();
                    return Map.of("done", work.await(60, TimeUnit.SECONDS));
                })
                .follow(HttpMethod.GET, "/follow", request -> followed()));
    }

    private static Object followed() {
        HttpResponseWriter writer = com.linecorp.armeria.common.HttpResponse.streaming();
        writer.write(ResponseHeaders.of(200));
        writer.write(HttpData.ofUtf8("."));
        return writer;
    }

    @AfterEach
    void stop() {
        work.countDown();
        server.close();
    }

    private Duration stopped() {
        long begin = System.nanoTime();
        server.stop().join();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void a_server_with_idle_connections_ends_at_once() throws Exception {
        assertThat(server.send("GET", "/api/here", "").statusCode()).isEqualTo(200);
        int port = server.port();
        assertThat(stopped()).isLessThan(USUAL);
        assertThatThrownBy(() -> new RawSocket(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void an_answer_that_is_being_made_is_still_heard() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                server.http().sendAsync(server.to("/api/slow").build(), BodyHandlers.ofString());
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> end = server.stop();
        work.countDown();
        assertThat(answer.join().body()).isEqualTo("{\"done\":true}");
        end.join();
    }

    @Test
    void what_is_asked_for_meanwhile_is_refused_for_the_moment() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                server.http().sendAsync(server.to("/api/slow").build(), BodyHandlers.ofString());
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> end = server.stop();
        await().untilAsserted(() -> {
            HttpResponse<String> refused = server.send("GET", "/api/here", "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("TEMPORARILY_UNAVAILABLE").contains("The server is ending.");
        });
        work.countDown();
        assertThat(answer.join().statusCode()).isEqualTo(200);
        end.join();
    }

    @Test
    void who_follows_a_stream_keeps_no_server_from_ending() throws Exception {
        InputStream stream = server.http()
                .send(server.to("/api/follow").build(), BodyHandlers.ofInputStream())
                .body();
        assertThat(stream.read()).isEqualTo('.');
        assertThat(stopped()).isLessThan(USUAL);
        assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
    }
}
