package io.slipway.content.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Outputs of a Jupyter cell as HTML. What users' code wrote as HTML stays in a frame of its own that reaches nothing. */
final class OutputPage {
    private static final String DATABRICKS = "application/vnd.databricks.v1+output";
    /** Drawn by libraries that the page does not have; their plain texts say no more than that. */
    private static final List<String> FIGURES = List.of("application/vnd.vega", "application/vnd.plotly");

    private static final int MOST_ROWS = 1_000;
    private static final Pattern TERMINAL = Pattern.compile("\\x1b\\[[0-9;]*[A-Za-z]");

    private OutputPage() {}

    static void write(StringBuilder page, JsonNode output) {
        switch (output.path("output_type").asText()) {
            case "stream" -> text(page, output.path("name").asText("stdout"), JupyterText.read(output.path("text")));
            case "error" -> error(page, output);
            default -> display(page, output);
        }
    }

    private static void text(StringBuilder page, String kind, String text) {
        page.append("<pre class=\"output ")
                .append(kind.equals("stderr") ? "stderr" : "stdout")
                .append("\">")
                .append(escaped(TERMINAL.matcher(text).replaceAll("")))
                .append("</pre>\n");
    }

    private static void error(StringBuilder page, JsonNode output) {
        StringBuilder trace = new StringBuilder();
        output.path("traceback").forEach(line -> trace.append(line.asText()).append('\n'));
        text(
                page,
                "stderr",
                output.path("ename").asText() + ": " + output.path("evalue").asText());
        if (!trace.isEmpty()) {
            page.append("<details><summary>Trace</summary>\n");
            text(page, "stderr", trace.toString());
            page.append("</details>\n");
        }
    }

    private static void display(StringBuilder page, JsonNode output) {
        JsonNode data = output.path("data");
        JsonNode table = output.path("metadata").path(DATABRICKS);
        if (table.path("type").asText().equals("table") && table.path("data").isArray()) {
            table(page, table);
        } else if (data.has("image/svg+xml")) {
            byte[] picture = JupyterText.read(data.path("image/svg+xml")).getBytes(StandardCharsets.UTF_8);
            picture(page, "image/svg+xml", Base64.getEncoder().encodeToString(picture));
        } else if (data.has("image/png")) {
            picture(page, "image/png", JupyterText.read(data.path("image/png")));
        } else if (data.has("image/jpeg")) {
            picture(page, "image/jpeg", JupyterText.read(data.path("image/jpeg")));
        } else if (data.has("text/html")) {
            page.append("<iframe sandbox=\"allow-scripts\" loading=\"lazy\" title=\"HTML output\" srcdoc=\"")
                    .append(escaped(JupyterText.read(data.path("text/html"))))
                    .append("\"></iframe>\n");
        } else if (FIGURES.stream().anyMatch(prefix -> hasType(data, prefix))) {
            page.append("<p class=\"note\">A chart. It is drawn in the notebook, not on this page.</p>\n");
        } else if (data.has("text/plain")) {
            text(page, "stdout", JupyterText.read(data.path("text/plain")));
        }
    }

    private static boolean hasType(JsonNode data, String prefix) {
        Iterable<String> types = data::fieldNames;
        return StreamSupport.stream(types.spliterator(), false).anyMatch(type -> type.startsWith(prefix));
    }

    private static void picture(StringBuilder page, String type, String base64) {
        page.append("<p><img alt=\"Output\" src=\"data:")
                .append(type)
                .append(";base64,")
                .append(escaped(base64.replaceAll("\\s", "")))
                .append("\"></p>\n");
    }

    private static void table(StringBuilder page, JsonNode table) {
        page.append("<div class=\"table\"><table>\n<thead><tr>");
        table.path("schema")
                .forEach(column -> page.append("<th>")
                        .append(escaped(column.path("name").asText()))
                        .append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        int rows = 0;
        for (JsonNode row : table.path("data")) {
            if (rows++ == MOST_ROWS) {
                break;
            }
            page.append("<tr>");
            row.forEach(value -> page.append(value.isNumber() ? "<td class=\"number\">" : "<td>")
                    .append(escaped(value.isValueNode() ? value.asText() : value.toString()))
                    .append("</td>"));
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n");
        int all = table.path("data").size();
        if (all > MOST_ROWS) {
            page.append("<p class=\"note\">The first ")
                    .append(MOST_ROWS)
                    .append(" of ")
                    .append(all)
                    .append(" rows.</p>\n");
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
