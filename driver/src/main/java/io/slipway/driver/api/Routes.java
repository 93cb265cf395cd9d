package io.slipway.driver.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.context.Context;
import io.slipway.driver.context.Contexts;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.Journal;
import io.slipway.driver.table.Arrangement;
import io.slipway.driver.table.TableBundle;
import io.slipway.driver.table.WholeResult;
import io.slipway.driver.watch.StandaloneMaster;
import io.slipway.protocol.driver.Answer;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.Completion;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.protocol.driver.Inspection;
import io.slipway.protocol.driver.News;
import io.slipway.protocol.driver.Question;
import io.slipway.protocol.driver.ResultRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The calls of the driver protocol (docs/protocols/driver.md). */
public final class Routes {
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Contexts contexts;
    private final Journal journal;
    private final Supplier<DriverStatus> status;
    private final @Nullable StandaloneMaster master;

    public Routes(
            Contexts contexts, Journal journal, Supplier<DriverStatus> status, @Nullable StandaloneMaster master) {
        this.contexts = contexts;
        this.journal = journal;
        this.status = status;
        this.master = master;
    }

    Reply call(String method, URI uri, JsonNode body) throws InterruptedException {
        String[] path = uri.getRawPath().substring("/v1/".length()).split("/");
        for (int i = 0; i < path.length; i++) {
            path[i] = URLDecoder.decode(path[i], StandardCharsets.UTF_8);
        }
        String call = method + " " + shape(path);
        return call.equals("POST contexts/*/results/*")
                ? whole(path, body)
                : new Reply.Data(Json.tree(data(call, path, uri, body)));
    }

    private Object data(String call, String[] path, URI uri, JsonNode body) throws InterruptedException {
        return switch (call) {
            case "GET news" -> news(uri.getRawQuery());
            case "GET status" -> status.get();
            case "PUT contexts/*" ->
                contexts.put(path[1], Json.request(body, ContextSpec.class)).status();
            case "GET contexts/*" -> context(path[1]).status();
            case "DELETE contexts/*" -> {
                contexts.delete(path[1]);
                yield Json.object();
            }
            case "PUT contexts/*/commands/*" ->
                context(path[1]).submit(path[3], Json.request(body, CommandRequest.class));
            case "POST contexts/*/commands/*/cancel" -> cancel(path);
            case "POST contexts/*/commands/*/give-way" -> giveWay(path);
            case "POST contexts/*/commands/*/answer" -> answer(path, body);
            case "POST contexts/*/complete" -> complete(context(path[1]), Json.request(body, Question.class));
            case "POST contexts/*/inspect" -> inspect(context(path[1]), Json.request(body, Question.class));
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

    private News news(@Nullable String query) throws InterruptedException {
        long wait = Math.min(Long.parseLong(parameter(query, "waitMillis", "0")), LONGEST_WAIT_MILLIS);
        return journal.since(parameter(query, "since", ""), wait);
    }

    private Context context(String id) {
        Context context = contexts.find(id);
        if (context == null) {
            throw ApiError.notFound("context " + id);
        }
        return context;
    }

    private CommandStatus cancel(String[] path) {
        Context context = context(path[1]);
        context.cancel(path[3]);
        return context.command(path[3]).orElseThrow(() -> ApiError.notFound("command " + path[3]));
    }

    private CommandStatus giveWay(String[] path) {
        Context context = context(path[1]);
        context.giveWay(path[3]);
        return context.command(path[3]).orElseThrow(() -> ApiError.notFound("command " + path[3]));
    }

    private JsonNode answer(String[] path, JsonNode body) {
        Context context = context(path[1]);
        if (!context.answer(path[3], Json.request(body, Answer.class).text())) {
            throw new ApiError(409, "NOT_ASKED", "the command does not ask anything");
        }
        return Json.object();
    }

    private static Completion complete(Context context, Question question) throws InterruptedException {
        return context.complete(question.language(), question.code(), cursor(question));
    }

    private static Inspection inspect(Context context, Question question) throws InterruptedException {
        return context.inspect(question.language(), question.code(), cursor(question))
                .map(data -> new Inspection(true, Json.fields(data)))
                .orElse(new Inspection(false, Map.of()));
    }

    private static int cursor(Question question) {
        return Math.min(question.cursor(), question.code().length());
    }

    private Dataset<Row> cut(String[] path) {
        return context(path[1]).cutResult(path[3]).orElseThrow(() -> ApiError.notFound("result " + path[3]));
    }

    private Reply whole(String[] path, JsonNode body) {
        Dataset<Row> cut = cut(path);
        ResultRequest request = Json.request(body, ResultRequest.class);
        Dataset<Row> data = new Arrangement(request.filters(), request.order()).of(cut);
        if (request.format().equals("table")) {
            return first(context(path[1]), data, request.token());
        }
        WholeResult.Format format = switch (request.format()) {
            case "csv" -> WholeResult.Format.CSV;
            case "json" -> WholeResult.Format.JSON;
            default -> throw ApiError.invalid("format is csv, json or table");
        };
        Context context = context(path[1]);
        context.renewToken(request.token());
        WholeResult result;
        try {
            result = context.reading(() -> WholeResult.of(data));
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw new ApiError(409, "QUERY_FAILED", String.valueOf(e.getMessage()));
        }
        return new Reply.Text(format.contentType(), out -> context.reading(() -> write(result, format, context, out)));
    }

    private static long write(WholeResult result, WholeResult.Format format, Context context, OutputStream to)
            throws IOException {
        try (OutputStream out = context.redaction().download(to)) {
            return result.write(format, out);
        }
    }

    /** As many rows as a cell shows. */
    private static Reply first(Context context, Dataset<Row> data, String token) {
        context.renewToken(token);
        try {
            return new Reply.Data(context.redaction().hide(context.reading(() -> TableBundle.first(data))));
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw new ApiError(409, "QUERY_FAILED", String.valueOf(e.getMessage()));
        }
    }

    private JsonNode decommission(String host) {
        if (master == null) {
            throw new ApiError(409, "NO_WORKERS", "a single node driver has no workers");
        }
        master.decommission(host);
        return Json.object();
    }

    private static String parameter(@Nullable String query, String name, String absent) {
        if (query != null) {
            for (String pair : query.split("&")) {
                if (pair.startsWith(name + "=")) {
                    return pair.substring(name.length() + 1);
                }
            }
        }
        return absent;
    }
}
