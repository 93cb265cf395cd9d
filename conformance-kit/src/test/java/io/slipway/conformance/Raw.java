package io.slipway.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Requests that no client would send. */
final class Raw {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String authorization;

    Raw(PlatformProcess platform) {
        this(platform.url(), "Bearer " + platform.token());
    }

    private Raw(String url, String authorization) {
        this.url = url;
        this.authorization = authorization;
    }

    Raw with(String otherAuthorization) {
        return new Raw(url, otherAuthorization);
    }

    /** Status and body; errors in short as {@code 400 INVALID_PARAMETER_VALUE: message}. */
    record Reply(int status, JsonNode body) {
        String error() {
            return status + " " + body.path("error_code").asText() + ": "
                    + body.path("message").asText();
        }
    }

    Reply get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    Reply post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Reply send(HttpRequest.Builder request) {
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), Json.read(response.body(), JsonNode.class));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
