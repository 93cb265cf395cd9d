package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A browser tab with a notebook open, as docs/protocols/notebook.md describes it, over the JDK's WebSocket. */
final class NotebookTab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WebSocket socket;
    private final List<JsonNode> heard = new ArrayList<>();
    private final Map<String, StringBuilder> outputs = new LinkedHashMap<>();
    private final Map<String, String> states = new LinkedHashMap<>();
    private final List<String> cells = new ArrayList<>();
    private final Map<String, Long> versions = new LinkedHashMap<>();

    NotebookTab(String url, String token, String path) {
        String address = url.replace("http://", "ws://") + "/ui-api/notebooks/"
                + URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20") + "/ws";
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(address), new Ears())
                .join();
        say("{\"type\":\"hello\"}");
        await("snapshot", frame -> frame.path("type").asText().equals("snapshot"));
    }

    private final class Ears implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                hear(Json.read(partial.toString(), JsonNode.class));
                partial.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private synchronized void hear(JsonNode frame) {
        heard.add(frame);
        String cell = frame.path("cell").asText();
        switch (frame.path("type").asText()) {
            case "snapshot" -> {
                cells.clear();
                frame.path("cells").forEach(each -> {
                    String id = each.path("id").asText();
                    cells.add(id);
                    versions.put(id, each.path("version").asLong());
                    states.put(id, each.path("run").path("state").asText(""));
                });
            }
            case "outputs" -> output(cell).append(frame.path("outputs"));
            case "stream" -> output(cell).append(frame.path("text").asText());
            case "output" -> output(cell).append(frame.path("output"));
            case "state" -> {
                states.put(cell, frame.path("state").asText());
                if (frame.path("state").asText().equals("queued")) {
                    output(cell).setLength(0);
                }
            }
            case "changes" ->
                versions.put(
                        cell,
                        frame.path("version").asLong() + frame.path("changes").size());
            default -> {
                // Kept above.
            }
        }
    }

    private StringBuilder output(String cell) {
        return outputs.computeIfAbsent(cell, id -> new StringBuilder());
    }

    synchronized List<JsonNode> heard() {
        return List.copyOf(heard);
    }

    synchronized List<String> cells() {
        return List.copyOf(cells);
    }

    synchronized String output(int cell) {
        return String.valueOf(output(cells.get(cell)));
    }

    synchronized String state(int cell) {
        return states.getOrDefault(cells.get(cell), "");
    }

    synchronized long version(int cell) {
        return versions.getOrDefault(cells.get(cell), 0L);
    }

    void say(String frame) {
        socket.sendText(frame, true).join();
    }

    /** As {@link #say}, with the id of a cell in place of {@code $}. */
    void say(String frame, int cell) {
        say(frame.replace("$", "\"" + cells().get(cell) + "\""));
    }

    JsonNode await(String what, Predicate<JsonNode> wanted) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> heard().stream().anyMatch(wanted));
        return heard().stream().filter(wanted).findFirst().orElseThrow();
    }

    void awaitState(int cell, String state) {
        Awaitility.await("cell " + cell + " is " + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(state(cell)).as(output(cell)).isEqualTo(state));
    }

    void awaitOutput(int cell, String text) {
        Awaitility.await("output of cell " + cell + " with " + text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> output(cell).contains(text));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
