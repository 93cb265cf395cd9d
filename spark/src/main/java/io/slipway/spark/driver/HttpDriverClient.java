package io.slipway.spark.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.Answer;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.Completion;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.protocol.driver.Inspection;
import io.slipway.protocol.driver.News;
import io.slipway.protocol.driver.Question;
import io.slipway.protocol.driver.ResultRequest;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Driver protocol 2 over HTTP. */
public final class HttpDriverClient implements DriverClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @Override
    public DriverStatus status(DriverEndpoint driver) {
        return call(driver, "GET", "/v1/status", Optional.empty(), PATIENCE, DriverStatus.class);
    }

    @Override
    public News news(DriverEndpoint driver, String cursor, Duration wait) {
        String query = "?since=" + encoded(cursor) + "&waitMillis=" + wait.toMillis();
        return call(driver, "GET", "/v1/news" + query, Optional.empty(), PATIENCE.plus(wait), News.class);
    }

    @Override
    public ContextStatus putContext(DriverEndpoint driver, String contextId, ContextSpec spec) {
        return call(driver, "PUT", "/v1/contexts/" + contextId, Optional.of(spec), PATIENCE, ContextStatus.class);
    }

    @Override
    public ContextStatus context(DriverEndpoint driver, String contextId) {
        return call(driver, "GET", "/v1/contexts/" + contextId, Optional.empty(), PATIENCE, ContextStatus.class);
    }

    @Override
    public void deleteContext(DriverEndpoint driver, String contextId) {
        call(driver, "DELETE", "/v1/contexts/" + contextId, Optional.empty(), PATIENCE);
    }

    @Override
    public CommandStatus putCommand(DriverEndpoint driver, String contextId, String commandId, CommandRequest request) {
        return call(driver, "PUT", command(contextId, commandId), Optional.of(request), PATIENCE, CommandStatus.class);
    }

    @Override
    public void cancel(DriverEndpoint driver, String contextId, String commandId) {
        call(driver, "POST", command(contextId, commandId) + "/cancel", Optional.empty(), PATIENCE);
    }

    @Override
    public void answer(DriverEndpoint driver, String contextId, String commandId, Answer answer) {
        call(driver, "POST", command(contextId, commandId) + "/answer", Optional.of(answer), PATIENCE);
    }

    @Override
    public void giveWay(DriverEndpoint driver, String contextId, String commandId) {
        call(driver, "POST", command(contextId, commandId) + "/give-way", Optional.empty(), PATIENCE);
    }

    @Override
    public Completion complete(DriverEndpoint driver, String contextId, String language, String code, int cursor) {
        return call(
                driver,
                "POST",
                "/v1/contexts/" + contextId + "/complete",
                Optional.of(new Question(language, code, cursor)),
                PATIENCE,
                Completion.class);
    }

    @Override
    public Optional<JsonNode> inspect(
            DriverEndpoint driver, String contextId, String language, String code, int cursor) {
        Inspection reply = call(
                driver,
                "POST",
                "/v1/contexts/" + contextId + "/inspect",
                Optional.of(new Question(language, code, cursor)),
                PATIENCE,
                Inspection.class);
        return reply.found() ? Optional.of(DriverJson.DOCUMENTS.tree(reply.data())) : Optional.empty();
    }

    @Override
    public boolean knowsResult(DriverEndpoint driver, String contextId, String result) {
        try {
            call(driver, "GET", result(contextId, result), Optional.empty(), PATIENCE);
            return true;
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public InputStream result(DriverEndpoint driver, String contextId, String result, ResultRequest body) {
        // The query takes as long as it takes to give its first row.
        HttpRequest request = request(driver, "POST", result(contextId, result), Optional.of(body))
                .build();
        HttpResponse<InputStream> response = send(driver, request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        try (InputStream text = response.body()) {
            throw refused(response.statusCode(), new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw away(driver, e);
        }
    }

    private static String result(String contextId, String result) {
        return "/v1/contexts/" + contextId + "/results/" + encoded(result);
    }

    @Override
    public void decommission(DriverEndpoint driver, String host) {
        call(driver, "POST", "/v1/workers/" + host + "/decommission", Optional.empty(), PATIENCE);
    }

    private static String command(String contextId, String commandId) {
        return "/v1/contexts/" + contextId + "/commands/" + commandId;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void call(DriverEndpoint driver, String method, String path, Optional<Object> body, Duration patience) {
        JsonNode unused = call(driver, method, path, body, patience, JsonNode.class);
    }

    private <T> T call(
            DriverEndpoint driver,
            String method,
            String path,
            Optional<Object> body,
            Duration patience,
            Class<T> type) {
        HttpRequest request =
                request(driver, method, path, body).timeout(patience).build();
        HttpResponse<String> response = send(driver, request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 == 2) {
            try {
                return DriverJson.DOCUMENTS.read(response.body(), type);
            } catch (IllegalStateException e) {
                throw new PlatformException(ErrorCode.INTERNAL, "the driver at " + driver + " answers nonsense", e);
            }
        }
        throw refused(response.statusCode(), response.body());
    }

    private static HttpRequest.Builder request(
            DriverEndpoint driver, String method, String path, Optional<Object> body) {
        DriverEndpoint.requireUnheard(driver.address());
        return HttpRequest.newBuilder(URI.create("http://" + driver.address() + ":" + driver.port() + path))
                .header("Authorization", "Bearer " + driver.token())
                .method(
                        method,
                        body.map(DriverJson.DOCUMENTS::write)
                                .map(HttpRequest.BodyPublishers::ofString)
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
    }

    private <T> HttpResponse<T> send(DriverEndpoint driver, HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw away(driver, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(ErrorCode.CANCELLED, "interrupted while waiting for the driver", e);
        }
    }

    private static PlatformException away(DriverEndpoint driver, IOException cause) {
        return new PlatformException(ErrorCode.UNAVAILABLE, "the driver at " + driver + " does not answer", cause);
    }

    private static PlatformException refused(int status, String body) {
        String message = message(body);
        return switch (status) {
            case 404 -> new PlatformException(ErrorCode.NOT_FOUND, message);
            case 400 -> new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, message);
            case 409 -> new PlatformException(ErrorCode.INVALID_STATE, message);
            default -> new PlatformException(ErrorCode.INTERNAL, "the driver answered " + status + ": " + message);
        };
    }

    /** What the driver says of its refusal; what does not come from its protocol, as it is. */
    private static String message(String body) {
        try {
            return Json.mapper().readTree(body).path("message").asText(body);
        } catch (JsonProcessingException foreign) {
            return body;
        }
    }
}
