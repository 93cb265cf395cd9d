package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.server.command.ApiClient;
import io.slipway.store.Json;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real WebSocket client against the whole platform, without a cluster. */
@NullUnmarked
class NotebookSocketTest {
    private static RunningPlatform platform;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        platform = new RunningPlatform(home);
        api = platform.api();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static String notebook(String name, String text) {
        String path = "/Shared/" + name;
        api.post(
                "/api/2.0/workspace/import",
                Map.of(
                        "path",
                        path,
                        "format",
                        "SOURCE",
                        "language",
                        "PYTHON",
                        "overwrite",
                        true,
                        "content",
                        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return api.get("/api/2.0/workspace/get-status", Map.of("path", path))
                .path("object_id")
                .asText();
    }

    private static String source(String name) {
        String content = api.get("/api/2.0/workspace/export", Map.of("path", "/Shared/" + name, "format", "SOURCE"))
                .path("content")
                .asText();
        return new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8);
    }

    private static CompletableFuture<WebSocket> connect(String id, WebSocket.Listener ears, String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(
                URI.create(platform.url().replace("http", "ws") + "/ui-api/notebooks/" + id + "/ws"), ears);
    }

    private static Tab tab(String id, String hello) {
        Tab tab = new Tab();
        tab.socket = connect(id, tab, "Authorization", "Bearer " + api.token()).join();
        tab.until("welcome");
        tab.say(hello);
        return tab;
    }

    /** What a tab hears, in order. */
    private static final class Tab implements WebSocket.Listener, AutoCloseable {
        private final StringBuilder partial = new StringBuilder();
        private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                heard.add(Json.read(partial.toString(), JsonNode.class));
                partial.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(reason);
            return CompletableFuture.completedFuture(null);
        }

        void say(String frame) {
            socket.sendText(frame, true).join();
        }

        JsonNode until(String type) {
            return until(frame -> frame.path("type").asText().equals(type));
        }

        JsonNode answer(int re) {
            return until(frame -> frame.path("re").asInt() == re);
        }

        JsonNode until(Predicate<JsonNode> wanted) {
            List<JsonNode> others = new ArrayList<>();
            try {
                while (true) {
                    JsonNode frame = heard.poll(20, TimeUnit.SECONDS);
                    assertThat(frame).as("after %s", others).isNotNull();
                    if (wanted.test(frame)) {
                        return frame;
                    }
                    others.add(frame);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static void refused(int status, CompletableFuture<WebSocket> connection) {
        assertThatThrownBy(connection::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
    }

    @Test
    void one_types_and_the_other_reads_and_the_workspace_has_it() {
        String id = notebook("typing", "print(1)");
        try (Tab one = tab(id, "{\"type\":\"hello\"}");
                Tab two = tab("%2FShared%2Ftyping", "{\"type\":\"hello\"}")) {
            JsonNode snapshot = one.until("snapshot");
            String cell = snapshot.path("cells").get(0).path("id").asText();
            two.until("snapshot");
            one.say("{\"type\":\"push\",\"re\":7,\"client\":\"mine\",\"cell\":\"" + cell
                    + "\",\"version\":0,\"changes\":[[8,[0,\"\",\"# \uD83D\uDE00\"]]]}");
            assertThat(one.answer(7).path("version").asLong()).isEqualTo(1);
            JsonNode changes = two.until("changes");
            assertThat(changes.path("client").asText()).isEqualTo("mine");
            assertThat(changes.path("changes").toString()).isEqualTo("[[8,[0,\"\",\"# \uD83D\uDE00\"]]]");
            assertThat(source("typing")).isEqualTo("# Databricks notebook source\nprint(1)\n# \uD83D\uDE00");
            two.say("{\"type\":\"cursor\",\"cell\":\"" + cell + "\",\"anchor\":2,\"head\":3}");
            JsonNode presence = one.until(frame -> frame.path("type").asText().equals("presence")
                    && frame.path("people").findValuesAsText("anchor").contains("2"));
            assertThat(presence.path("people")).hasSize(2);
        }
    }

    @Test
    void text_that_is_no_text_is_refused_in_any_frame() {
        String id = notebook("halves", "print(1)");
        try (Tab tab = tab(id, "{\"type\":\"hello\"}")) {
            tab.until("snapshot");
            tab.say("{\"type\":\"op\",\"re\":3,\"op\":\"insert\",\"after\":\"\",\"text\":\"half \\ud800\"}");
            assertThat(tab.answer(3).path("type").asText()).isEqualTo("error");
            assertThat(source("halves")).isEqualTo("# Databricks notebook source\nprint(1)");
        }
    }

    @Test
    void a_socket_ends_with_the_token_that_opened_it() throws Exception {
        String id = notebook("revoked", "a");
        JsonNode token = api.post("/api/2.0/token/create", Map.of("comment", "for a socket"));
        try (Tab tab = new Tab()) {
            tab.socket = connect(
                            id,
                            tab,
                            "Authorization",
                            "Bearer " + token.path("token_value").asText())
                    .join();
            tab.until("welcome");
            api.post(
                    "/api/2.0/token/delete",
                    Map.of("token_id", token.path("token_info").path("token_id").asText()));
            assertThat(tab.closed.get(1, TimeUnit.MINUTES)).isEqualTo("Invalid access token.");
        }
    }

    @Test
    void who_comes_back_with_a_number_hears_the_rest_and_nothing_twice() {
        String id = notebook("return", "a");
        String epoch = epoch(id);
        long number;
        try (Tab one = tab(id, "{\"type\":\"hello\"}")) {
            one.until("snapshot");
            one.say("{\"type\":\"op\",\"op\":\"insert\",\"cell\":\"c-1\",\"after\":\"\",\"text\":\"x\"}");
            number = one.until("op").path("n").asLong();
        }
        try (Tab other = tab(id, "{\"type\":\"hello\"}")) {
            other.until("snapshot");
            other.say("{\"type\":\"op\",\"op\":\"insert\",\"cell\":\"c-2\",\"after\":\"c-1\",\"text\":\"y\"}");
            other.until("op");
        }
        try (Tab again = tab(id, "{\"type\":\"hello\",\"since\":" + number + ",\"epoch\":\"" + epoch + "\"}")) {
            JsonNode first = again.until(frame -> frame.has("n"));
            assertThat(first.path("type").asText()).isEqualTo("op");
            assertThat(first.path("cell").path("id").asText()).isEqualTo("c-2");
        }
        try (Tab stranger = tab(id, "{\"type\":\"hello\",\"since\":" + number + ",\"epoch\":\"1-1\"}")) {
            assertThat(stranger.until(frame -> frame.has("n")).path("type").asText())
                    .isEqualTo("snapshot");
        }
    }

    private static String epoch(String id) {
        Tab tab = new Tab();
        tab.socket = connect(id, tab, "Authorization", "Bearer " + api.token()).join();
        try (tab) {
            return tab.until("welcome").path("epoch").asText();
        }
    }

    @Test
    void frames_that_make_no_sense_are_answered_and_do_no_harm() {
        String id = notebook("nonsense", "a");
        try (Tab tab = tab(id, "{\"type\":\"hello\"}")) {
            tab.until("snapshot");
            for (String frame : List.of(
                    "{",
                    "[]",
                    "{\"type\":\"dance\"}",
                    "{\"type\":\"push\"}",
                    "{\"type\":\"push\",\"cell\":\"x\",\"version\":0,\"changes\":[[1]]}",
                    "{\"type\":\"op\",\"op\":\"burn\"}",
                    "{\"type\":\"run\",\"all\":true}",
                    "{\"type\":\"attach\",\"cluster\":\"none\"}",
                    "{\"type\":\"complete\",\"cell\":\"none\",\"pos\":1}",
                    "{\"type\":\"restore\",\"revision\":9}")) {
                tab.say(frame);
                assertThat(tab.until("error").path("message").asText())
                        .as(frame)
                        .isNotEmpty()
                        .doesNotContain("Internal error");
            }
            tab.say("{\"type\":\"ping\",\"re\":3}");
            assertThat(tab.answer(3).path("type").asText()).isEqualTo("pong");
        }
        assertThat(source("nonsense")).isEqualTo("# Databricks notebook source\na");
    }

    @Test
    void revisions_are_listed_looked_at_and_brought_back() {
        String id = notebook("revisions", "a = 1");
        String base = "/ui-api/notebooks/" + id + "/revisions";
        assertThat(api.post(base, Map.of("comment", "first")).path("number").asInt())
                .isEqualTo(1);
        notebook("revisions", "a = 2");
        assertThat(source("revisions")).endsWith("a = 2");
        assertThat(api.get(base).path("revisions").get(0).path("comment").asText())
                .isEqualTo("first");
        assertThat(api.get(base + "/1").path("cells").get(0).path("text").asText())
                .isEqualTo("a = 1");
        api.post(base + "/1/restore", Map.of());
        assertThat(source("revisions")).endsWith("a = 1");
    }

    @Test
    void the_socket_closes_when_the_notebook_is_deleted() throws Exception {
        String id = notebook("deleted", "a");
        try (Tab tab = tab(id, "{\"type\":\"hello\"}")) {
            tab.until("snapshot");
            api.post("/api/2.0/workspace/delete", Map.of("path", "/Shared/deleted"));
            assertThat(tab.closed.get(20, TimeUnit.SECONDS)).isEqualTo("The notebook has been deleted.");
        }
    }

    @Test
    void strangers_and_pages_of_other_sites_are_refused() throws Exception {
        String id = notebook("private", "a");
        refused(401, connect(id, new Tab()));
        refused(403, connect(id, new Tab(), "Authorization", "Bearer wrong"));
        refused(404, connect("17", new Tab(), "Authorization", "Bearer " + api.token()));
        String cookie = session();
        String own = platform.url();
        refused(403, connect(id, new Tab(), "Cookie", cookie));
        refused(403, connect(id, new Tab(), "Cookie", cookie, "Origin", "http://evil.example"));
        Tab tab = new Tab();
        tab.socket = connect(id, tab, "Cookie", cookie, "Origin", own).join();
        try (tab) {
            assertThat(tab.until("welcome").path("user").asText()).isEqualTo("admin@slipway.local");
        }
    }

    private static String session() throws Exception {
        HttpResponse<String> signedIn = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(api.url() + "/ui-api/session"))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + api.token() + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        HttpCookie cookie = HttpCookie.parse(
                        signedIn.headers().firstValue("set-cookie").orElseThrow())
                .get(0);
        return cookie.getName() + "=" + cookie.getValue();
    }
}
