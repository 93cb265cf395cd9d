package io.slipway.platform.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Driver protocol 1 over HTTP. */
public final class HttpDriverClient implements DriverClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @Override
    public DriverStatus status(DriverEndpoint driver) {
        JsonNode reply = call(driver, "GET", "/v1/status", Optional.empty(), PATIENCE);
        return Json.mapper().convertValue(reply, DriverStatus.class);
    }

    @Override
    public Context putContext(DriverEndpoint driver, String contextId, ContextSpec spec) {
        ObjectNode body = (ObjectNode) Json.tree(spec);
        body.putArray("libraries")
                .addAll(spec.libraries().stream()
                        .map(library ->
                                (JsonNode) Json.mapper().createObjectNode().put(library.kind(), library.value()))
                        .toList());
        ObjectNode taskValues = body.putObject("taskValues");
        spec.taskValues().forEach((task, values) -> {
            ObjectNode ofTask = taskValues.putObject(task);
            values.forEach((key, value) -> ofTask.set(key, Json.read(value, JsonNode.class)));
        });
        return context(call(driver, "PUT", "/v1/contexts/" + contextId, Optional.of(body), PATIENCE));
    }

    @Override
    public Context context(DriverEndpoint driver, String contextId) {
        return context(call(driver, "GET", "/v1/contexts/" + contextId, Optional.empty(), PATIENCE));
    }

    private static Context context(JsonNode reply) {
        return new Context(
                ContextState.valueOf(reply.path("status").asText().toUpperCase(Locale.ROOT)),
                reply.path("message").asText(""));
    }

    @Override
    public void deleteContext(DriverEndpoint driver, String contextId) {
        call(driver, "DELETE", "/v1/contexts/" + contextId, Optional.empty(), PATIENCE);
    }

    @Override
    public void putCommand(
            DriverEndpoint driver,
            String contextId,
            String commandId,
            CommandSpec spec,
            Map<String, String> arguments,
            List<String> catalogs,
            String token) {
        ObjectNode body = (ObjectNode) Json.tree(spec);
        arguments.forEach(body.putObject("widgets")::put);
        catalogs.forEach(body.putArray("catalogs")::add);
        body.put("token", token);
        call(driver, "PUT", command(contextId, commandId), Optional.of(body), PATIENCE);
    }

    @Override
    public CommandStatus command(DriverEndpoint driver, String contextId, String commandId, long since, Duration wait) {
        JsonNode reply = call(
                driver,
                "GET",
                command(contextId, commandId) + "?since=" + since + "&waitMillis=" + wait.toMillis(),
                Optional.empty(),
                PATIENCE.plus(wait));
        List<CommandStatus.Frame> frames = new ArrayList<>();
        reply.path("frames")
                .forEach(frame ->
                        frames.add(new CommandStatus.Frame(frame.path("seq").asLong(), frame)));
        return new CommandStatus(
                CommandStatus.State.valueOf(reply.path("state").asText().toUpperCase(Locale.ROOT)),
                Optional.of(reply.path("outcome").asText(""))
                        .filter(outcome -> !outcome.isEmpty())
                        .map(outcome -> CommandStatus.Outcome.valueOf(outcome.toUpperCase(Locale.ROOT))),
                reply.path("startedAt").asLong(),
                reply.path("endedAt").asLong(),
                frames,
                reply.path("next").asLong(),
                reply.path("progress"));
    }

    @Override
    public void cancel(DriverEndpoint driver, String contextId, String commandId) {
        call(driver, "POST", command(contextId, commandId) + "/cancel", Optional.empty(), PATIENCE);
    }

    @Override
    public Completion complete(DriverEndpoint driver, String contextId, String language, String code, int cursor) {
        JsonNode reply = call(
                driver,
                "POST",
                "/v1/contexts/" + contextId + "/complete",
                Optional.of(question(language, code, cursor)),
                PATIENCE);
        List<String> matches = new ArrayList<>();
        reply.path("matches").forEach(match -> matches.add(match.asText()));
        return new Completion(
                matches,
                reply.path("cursorStart").asInt(cursor),
                reply.path("cursorEnd").asInt(cursor));
    }

    @Override
    public Optional<JsonNode> inspect(
            DriverEndpoint driver, String contextId, String language, String code, int cursor) {
        JsonNode reply = call(
                driver,
                "POST",
                "/v1/contexts/" + contextId + "/inspect",
                Optional.of(question(language, code, cursor)),
                PATIENCE);
        return reply.path("found").asBoolean() ? Optional.of(reply.path("data")) : Optional.empty();
    }

    private static JsonNode question(String language, String code, int cursor) {
        return Json.mapper()
                .createObjectNode()
                .put("language", language)
                .put("code", code)
                .put("cursor", cursor);
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
    public InputStream result(DriverEndpoint driver, String contextId, String result, String format, String token) {
        JsonNode body = Json.mapper().createObjectNode().put("format", format).put("token", token);
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
        return "/v1/contexts/" + contextId + "/results/" + URLEncoder.encode(result, StandardCharsets.UTF_8);
    }

    @Override
    public void decommission(DriverEndpoint driver, String host) {
        call(driver, "POST", "/v1/workers/" + host + "/decommission", Optional.empty(), PATIENCE);
    }

    private static String command(String contextId, String commandId) {
        return "/v1/contexts/" + contextId + "/commands/" + commandId;
    }

    private JsonNode call(
            DriverEndpoint driver, String method, String path, Optional<JsonNode> body, Duration patience) {
        HttpRequest request =
                request(driver, method, path, body).timeout(patience).build();
        HttpResponse<String> response = send(driver, request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 == 2) {
            return response.body().isBlank()
                    ? Json.mapper().createObjectNode()
                    : Json.read(response.body(), JsonNode.class);
        }
        throw refused(response.statusCode(), response.body());
    }

    private static HttpRequest.Builder request(
            DriverEndpoint driver, String method, String path, Optional<JsonNode> body) {
        return HttpRequest.newBuilder(URI.create("http://" + driver.address() + ":" + driver.port() + path))
                .header("Authorization", "Bearer " + driver.token())
                .method(
                        method,
                        body.map(Json::write)
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
