package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.websocket.WebSocketClient;
import com.linecorp.armeria.client.websocket.WebSocketSession;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.websocket.CloseWebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import io.slipway.server.command.ApiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Notebooks, sessions and access lists behind TLS, as browsers use them: HTTP/2 first. */
class TlsSocketTest {
    @TempDir
    static Path home;

    private final ClientFactory anyCertificate =
            ClientFactory.builder().tlsNoVerify().build();
    private RunningPlatform platform;
    private Exposure exposure;
    private ApiClient api;

    @BeforeEach
    void start() throws IOException {
        exposure = new Exposure(
                Exposure.LOOPBACK,
                Ports.free(),
                0,
                Ports.free(),
                Optional.of(new Exposure.Tls(Optional.empty())),
                Optional.empty(),
                List.of(),
                Exposure.DEFAULT_RATE_LIMIT);
        platform = new RunningPlatform(home, exposure);
        api = new ApiClient(exposure.localUrl(), platform.token());
    }

    @AfterEach
    void stop() {
        platform.close();
        anyCertificate.close();
    }

    private String notebook() {
        JsonNode unused = api.post(
                "/api/2.0/workspace/import",
                Map.of(
                        "path", "/Shared/secure",
                        "format", "SOURCE",
                        "language", "PYTHON",
                        "overwrite", true,
                        "content", "YQ=="));
        return api.get("/api/2.0/workspace/get-status", Map.of("path", "/Shared/secure"))
                .path("object_id")
                .asText();
    }

    private AggregatedHttpResponse signIn() {
        return WebClient.builder(exposure.url())
                .factory(anyCertificate)
                .build()
                .execute(
                        RequestHeaders.of(HttpMethod.POST, "/ui-api/session"),
                        "{\"token\":\"" + platform.token() + "\"}")
                .aggregate()
                .join();
    }

    /** The first text that a socket says. */
    private static final class First implements Subscriber<WebSocketFrame> {
        private final CompletableFuture<String> text = new CompletableFuture<>();

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(WebSocketFrame frame) {
            if (!(frame instanceof CloseWebSocketFrame)) {
                text.complete(frame.text());
            }
        }

        @Override
        public void onError(Throwable failure) {
            text.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            text.completeExceptionally(new IOException("the socket was closed"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1", "h2"})
    void a_notebook_is_opened_by_a_session_over_tls(String protocol) throws Exception {
        String id = notebook();
        String cookie = signIn().headers().get("set-cookie", "").split(";", 2)[0];
        assertThat(cookie).startsWith("__Host-slipway_session_" + exposure.port() + "=");
        WebSocketSession socket = WebSocketClient.builder(exposure.url().replace("https", "ws+" + protocol))
                .factory(anyCertificate)
                .build()
                .connect("/ui-api/notebooks/" + id + "/ws", HttpHeaders.of("cookie", cookie, "origin", exposure.url()))
                .join();
        First first = new First();
        socket.inbound().subscribe(first);
        assertThat(first.text.get(30, TimeUnit.SECONDS)).contains("welcome");
        socket.outbound().close();
    }

    @Test
    void every_answer_over_tls_tells_browsers_to_keep_to_it_and_none_without() {
        for (String path : List.of("/", "/no/such.file", "/api/2.0/none", "/ui-api/session")) {
            AggregatedHttpResponse answer = WebClient.builder(exposure.url())
                    .factory(anyCertificate)
                    .build()
                    .get(path)
                    .aggregate()
                    .join();
            assertThat(answer.headers().get("strict-transport-security"))
                    .as(path)
                    .isEqualTo("max-age=31536000");
            assertThat(WebClient.of(exposure.localUrl())
                            .get(path)
                            .aggregate()
                            .join()
                            .headers()
                            .contains("strict-transport-security"))
                    .isFalse();
        }
        assertThat(signIn().headers().get("set-cookie")).contains("; Secure").contains("; Path=/;");
    }
}
