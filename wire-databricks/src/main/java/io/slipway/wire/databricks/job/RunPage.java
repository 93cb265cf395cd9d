package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.Caller;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.Mime;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.work.job.Run;
import io.slipway.work.job.Runs;
import io.slipway.work.job.TaskRun;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Jobs API, runs/export: a task's code and output as one HTML page. It runs no script; what programs read out of such pages, the
 * notebook as JSON in base64, is the value of a variable in one.
 */
final class RunPage {
    private static final String STYLE = "body{font:13px sans-serif;max-width:1000px;margin:2em auto}"
            + "pre{background:#f6f8fa;padding:8px;white-space:pre-wrap}.error{color:#b00020}"
            + "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 8px}";

    private RunPage() {}

    static String html(Runs runs, Caller caller, Run run, TaskRun task) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>")
                .append(escape(task.taskKey()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(escape(run.name()))
                .append(" / ")
                .append(escape(task.taskKey()))
                .append("</h1>");
        for (int i = 0; i < task.plan().size(); i++) {
            page.append("<pre class=\"code\">")
                    .append(escape(task.plan().get(i).text()))
                    .append("</pre>");
            output(page, runs.output(caller, run, task, i));
        }
        return page.append("<script>var __DATABRICKS_NOTEBOOK_MODEL = '")
                .append(model(runs, caller, run, task))
                .append("';</script></body></html>")
                .toString();
    }

    /** As the page of the real service has it: JSON, each byte as in an address, then base64. */
    private static String model(Runs runs, Caller caller, Run run, TaskRun task) {
        ObjectNode model = JsonNodeFactory.instance.objectNode();
        model.put("version", "NotebookV1").put("name", run.name());
        ArrayNode commands = model.putArray("commands");
        for (int i = 0; i < task.plan().size(); i++) {
            ObjectNode command = commands.addObject();
            command.put("version", "CommandV1")
                    .put("guid", task.commandId(i))
                    .put("position", i + 1)
                    .put("command", task.plan().get(i).text())
                    .put("state", state(task, i));
            ObjectNode results = command.putObject("results").put("type", "listResults");
            ArrayNode data = results.putArray("data");
            for (OutputFrame frame : runs.output(caller, run, task, i)) {
                text(frame)
                        .ifPresent(text -> data.addObject().put("type", "ansi").put("data", text));
            }
        }
        String escaped =
                URLEncoder.encode(model.toString(), StandardCharsets.UTF_8).replace("+", "%20");
        return Base64.getEncoder().encodeToString(escaped.getBytes(StandardCharsets.US_ASCII));
    }

    /** The command at which a task has stopped failed; those after it never ran. */
    private static String state(TaskRun task, int command) {
        if (command < task.position()) {
            return "finished";
        }
        if (!task.state().ended()) {
            return "running";
        }
        return command == task.position() ? "error" : "skipped";
    }

    private static Optional<String> text(OutputFrame frame) {
        return frame.stream()
                .map(Frame.Stream::text)
                .or(() -> frame.problem().map(problem -> String.join("\n", problem.traceback())))
                .or(() -> Optional.of(frame.shown().path(Mime.TEXT).asText()).filter(text -> !text.isEmpty()));
    }

    static void output(StringBuilder page, List<OutputFrame> frames) {
        for (OutputFrame frame : frames) {
            frame.stream()
                    .ifPresent(printed ->
                            page.append("<pre>").append(escape(printed.text())).append("</pre>"));
            frame.problem().ifPresent(problem -> {
                page.append("<pre class=\"error\">");
                problem.traceback().forEach(line -> page.append(escape(line)).append('\n'));
                page.append("</pre>");
            });
            JsonNode data = frame.shown();
            if (data.has(Mime.TABLE)) {
                table(page, data.path(Mime.TABLE));
            } else if (data.has("image/png")) {
                page.append("<img src=\"data:image/png;base64,")
                        .append(escape(data.path("image/png").asText().strip()))
                        .append("\">");
            } else if (data.has(Mime.TEXT)) {
                page.append("<pre>")
                        .append(escape(data.path(Mime.TEXT).asText()))
                        .append("</pre>");
            }
        }
    }

    private static void table(StringBuilder page, JsonNode table) {
        page.append("<table><tr>");
        table.path("schema")
                .forEach(column -> page.append("<th>")
                        .append(escape(column.path("name").asText()))
                        .append("</th>"));
        page.append("</tr>");
        table.path("data").forEach(row -> {
            page.append("<tr>");
            row.forEach(value -> page.append("<td>")
                    .append(escape(value.isNull() ? "null" : value.isTextual() ? value.asText() : value.toString()))
                    .append("</td>"));
            page.append("</tr>");
        });
        page.append("</table>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
