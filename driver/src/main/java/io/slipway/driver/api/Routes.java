package io.slipway.driver.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.Json;
import io.slipway.driver.command.Command;
import io.slipway.driver.command.Context;
import io.slipway.driver.command.ContextSpec;
import io.slipway.driver.command.Contexts;
import io.slipway.driver.table.WholeResult;
import io.slipway.driver.watch.ExecutorWatch;
import io.slipway.driver.watch.StandaloneMaster;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The calls of the driver protocol (docs/protocols/driver.md). */
public final class Routes {
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Contexts contexts;
    private final ExecutorWatch executors;
    private final @Nullable StandaloneMaster master;
    private final BooleanSupplier stopped;
    private final long startedAt = System.currentTimeMillis();

    public Routes(
            Contexts contexts, ExecutorWatch executors, @Nullable StandaloneMaster master, BooleanSupplier stopped) {
        this.contexts = contexts;
        this.executors = executors;
        this.master = master;
        this.stopped = stopped;
    }

    Reply call(String method, URI uri, JsonNode body) throws InterruptedException {
        String[] path = uri.getRawPath().substring("/v1/".length()).split("/");
        for (int i = 0; i < path.length; i++) {
            path[i] = URLDecoder.decode(path[i], StandardCharsets.UTF_8);
        }
        String call = method + " " + shape(path);
        return call.equals("POST contexts/*/results/*")
                ? whole(path, body)
                : new Reply.Data(data(call, path, uri, body));
    }

    private JsonNode data(String call, String[] path, URI uri, JsonNode body) throws InterruptedException {
        return switch (call) {
            case "GET status" -> status();
            case "PUT contexts/*" -> contexts.put(path[1], ContextSpec.of(body)).view();
            case "GET contexts/*" -> context(path[1]).view();
            case "DELETE contexts/*" -> {
                contexts.delete(path[1]);
                yield Json.object();
            }
            case "PUT contexts/*/commands/*" -> submit(path, body);
            case "GET contexts/*/commands/*" -> watch(path, uri.getRawQuery());
            case "POST contexts/*/commands/*/cancel" -> cancel(path);
            case "POST contexts/*/complete" -> complete(context(path[1]), body);
            case "POST contexts/*/inspect" -> inspect(context(path[1]), body);
            case "GET contexts/*/results/*" -> {
                cut(path);
                yield Json.object();
            }
            case "POST workers/*/decommission" -> decommission(path[1]);
            default -> throw new ApiError(404, "NOT_FOUND", "no such call: " + uri.getPath());
        };
    }

    /** Every second part is an id. */
    private static String shape(String[] path) {
        var shape = new StringBuilder(path[0]);
        for (int i = 1; i < path.length; i++) {
            boolean word = i % 2 == 0 || (i == path.length - 1 && i > 0 && path.length > 2 && i != 1 && i != 3);
            shape.append('/').append(word ? path[i] : "*");
        }
        return shape.toString();
    }

    private ObjectNode status() {
        int running = 0;
        long lastActivity = startedAt;
        for (Context context : contexts.all()) {
            running += context.runningCommands();
            lastActivity = Math.max(lastActivity, context.lastActivity());
        }
        long now = System.currentTimeMillis();
        ObjectNode status = Json.object()
                .put("state", stopped.getAsBoolean() ? "stopped" : "running")
                .put("now", now)
                .put("lastActivity", running > 0 ? now : lastActivity)
                .put("runningCommands", running)
                .put("contexts", contexts.all().size());
        executors.describe(status);
        return status;
    }

    private Context context(String id) {
        Context context = contexts.find(id);
        if (context == null) {
            throw ApiError.notFound("context " + id);
        }
        return context;
    }

    private Command command(String[] path) {
        Command command = context(path[1]).command(path[3]);
        if (command == null) {
            throw ApiError.notFound("command " + path[3]);
        }
        return command;
    }

    private ObjectNode submit(String[] path, JsonNode body) {
        Command command = context(path[1]).submit(path[3], body);
        return Json.object()
                .put("id", command.id())
                .put("state", command.state().name().toLowerCase(Locale.ROOT));
    }

    private ObjectNode watch(String[] path, @Nullable String query) throws InterruptedException {
        long since = number(query, "since");
        long wait = Math.min(number(query, "waitMillis"), LONGEST_WAIT_MILLIS);
        return context(path[1]).view(command(path), since, wait);
    }

    private ObjectNode cancel(String[] path) {
        Command command = command(path);
        context(path[1]).cancel(command);
        return Json.object()
                .put("id", command.id())
                .put("state", command.state().name().toLowerCase(Locale.ROOT));
    }

    private static ObjectNode complete(Context context, JsonNode body) throws InterruptedException {
        String code = body.path("code").asText("");
        int cursor = Math.min(body.path("cursor").asInt(code.length()), code.length());
        var completion = context.complete(body.path("language").asText("python"), code, cursor);
        ObjectNode answer = Json.object();
        var matches = answer.putArray("matches");
        completion.matches().forEach(matches::add);
        return answer.put("cursorStart", completion.cursorStart()).put("cursorEnd", completion.cursorEnd());
    }

    private static ObjectNode inspect(Context context, JsonNode body) throws InterruptedException {
        String code = body.path("code").asText("");
        int cursor = Math.min(body.path("cursor").asInt(code.length()), code.length());
        var known = context.inspect(body.path("language").asText("python"), code, cursor);
        ObjectNode answer = Json.object().put("found", known.isPresent());
        known.ifPresent(data -> answer.set("data", data));
        return answer;
    }

    private Dataset<Row> cut(String[] path) {
        return context(path[1]).cutResult(path[3]).orElseThrow(() -> ApiError.notFound("result " + path[3]));
    }

    private Reply whole(String[] path, JsonNode body) {
        Dataset<Row> data = cut(path);
        WholeResult.Format format = switch (body.path("format").asText()) {
            case "csv" -> WholeResult.Format.CSV;
            case "json" -> WholeResult.Format.JSON;
            default -> throw ApiError.invalid("format is csv or json");
        };
        Context context = context(path[1]);
        context.renewToken(body.path("token").asText());
        WholeResult result;
        try {
            result = context.reading(() -> WholeResult.of(data));
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw new ApiError(409, "QUERY_FAILED", String.valueOf(e.getMessage()));
        }
        return new Reply.Text(format.contentType(), out -> context.reading(() -> result.write(format, out)));
    }

    private ObjectNode decommission(String host) {
        if (master == null) {
            throw new ApiError(409, "NO_WORKERS", "a single node driver has no workers");
        }
        master.decommission(host);
        return Json.object();
    }

    private static long number(@Nullable String query, String name) {
        if (query != null) {
            for (String pair : query.split("&")) {
                if (pair.startsWith(name + "=")) {
                    try {
                        return Long.parseLong(pair.substring(name.length() + 1));
                    } catch (NumberFormatException e) {
                        throw ApiError.invalid(name + " is not a number");
                    }
                }
            }
        }
        return 0;
    }
}
