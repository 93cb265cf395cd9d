package io.slipway.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.server.ServerMain;
import io.slipway.server.ServerState;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The platform's REST API as any client calls it: JSON and a bearer token. The commands know no other way in. */
public final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For what somebody waits for at a terminal and does not need. */
    static final Duration SHORT = Duration.ofSeconds(5);

    private final String url;
    private final String token;
    private final Duration patience;
    private final HttpClient http;

    public ApiClient(String url, String token) {
        this(url, token, PATIENCE);
    }

    private ApiClient(String url, String token, Duration patience) {
        this.url = url;
        this.token = token;
        this.patience = patience;
        // Version 1.1: an upgrade to 2 costs a round trip, and there is nothing to gain on the loopback.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    /** As the first admin of a running server. */
    public static ApiClient asAdmin(Path home, ServerState server) {
        return new ApiClient(server.url(), token(home));
    }

    /** The same, for whom an answer that comes later is none. */
    ApiClient with(Duration shorter) {
        return new ApiClient(url, token, shorter);
    }

    /** The first admin's token. */
    static String token(Path home) {
        try {
            return Files.readString(ServerMain.adminToken(home)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The admin's token " + ServerMain.adminToken(home) + " cannot be read: " + e.getMessage(), e);
        }
    }

    public String url() {
        return url;
    }

    public String token() {
        return token;
    }

    /**
     * @param path with its version, for instance {@code /api/2.1/clusters/list}
     * @throws PlatformException with the server's own words if it refuses, UNAVAILABLE if it does not answer
     */
    public JsonNode get(String path, Map<String, String> query) {
        String encoded = query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                request(encoded.isEmpty() ? path : path + "?" + encoded).GET().build());
    }

    public JsonNode get(String path) {
        return get(path, Map.of());
    }

    /** @param body anything that becomes a JSON object */
    public JsonNode post(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(patience)
                .header("Authorization", "Bearer " + token);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode send(HttpRequest request) {
        HttpResponse<String> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new PlatformException(ErrorCode.UNAVAILABLE, "The server at " + url + " does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(ErrorCode.CANCELLED, "Interrupted while waiting for " + url + ".", e);
        }
        if (answer.statusCode() != 200) {
            throw refused(request, answer);
        }
        return Json.read(answer.body(), JsonNode.class);
    }

    private static PlatformException refused(HttpRequest request, HttpResponse<String> answer) {
        String words = answer.body();
        try {
            JsonNode body = Json.read(words, JsonNode.class);
            words = body.path("message").asText(body.path("error").asText(words));
        } catch (IllegalStateException e) {
            words = answer.body(); // no JSON: shown as it is
        }
        return new PlatformException(
                answer.statusCode() == 404 ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_STATE,
                request.method() + " " + request.uri().getPath() + " answered " + answer.statusCode() + ": " + words);
    }
}
