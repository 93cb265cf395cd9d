package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.Caller;
import io.slipway.protocol.driver.Mime;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.work.job.Run;
import io.slipway.work.job.Runs;
import io.slipway.work.job.TaskRun;
import java.util.List;

/** Jobs API, runs/export: a task's code and output as one HTML page without scripts. */
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
        return page.append("</body></html>").toString();
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
