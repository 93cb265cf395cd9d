package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.tree.JupyterText;
import io.slipway.protocol.driver.Mime;

/**
 * An output as Jupyter documents have it, there and back. A table travels as the Databricks workspace exports it: its rows in the
 * output's metadata, and an HTML table for everybody else.
 */
final class JupyterOutput {
    private static final String DATABRICKS = "application/vnd.databricks.v1+output";
    private static final int HTML_ROWS = 1_000;

    private JupyterOutput() {}

    /** @param output as {@link Outputs} keeps it */
    static ObjectNode write(JsonNode output) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        String type = output.path("type").asText();
        out.put("output_type", type);
        switch (type) {
            case "stream" -> {
                out.put("name", output.path("name").asText());
                out.set("text", JupyterText.lines(output.path("text").asText()));
            }
            case "error" -> {
                out.put("ename", output.path("ename").asText());
                out.put("evalue", output.path("evalue").asText());
                out.set("traceback", output.path("traceback"));
            }
            default -> display(out, output);
        }
        return out;
    }

    private static void display(ObjectNode out, JsonNode output) {
        ObjectNode metadata = output.path("metadata") instanceof ObjectNode object
                ? object.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        ObjectNode data = out.putObject("data");
        output.path("data").properties().forEach(each -> {
            if (each.getKey().equals(Mime.TABLE)) {
                metadata.set(DATABRICKS, databricks(each.getValue()));
                data.set("text/html", JupyterText.lines(html(each.getValue())));
            } else {
                data.set(
                        each.getKey(),
                        each.getValue().isTextual()
                                ? JupyterText.lines(each.getValue().asText())
                                : each.getValue());
            }
        });
        out.set("metadata", metadata);
        if (out.path("output_type").asText().equals("execute_result")) {
            out.put("execution_count", 0);
        }
    }

    private static ObjectNode databricks(JsonNode table) {
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("type", "table");
        ArrayNode schema = out.putArray("schema");
        table.path("schema")
                .forEach(column -> schema.addObject()
                        .put("name", column.path("name").asText())
                        .put("type", column.path("type").asText())
                        .put("metadata", "{}"));
        out.set("data", table.path("data"));
        out.put("overflow", table.path("truncated").asBoolean());
        return out;
    }

    private static String html(JsonNode table) {
        StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
        table.path("schema")
                .forEach(column -> html.append("<th>")
                        .append(escaped(column.path("name").asText()))
                        .append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        int left = HTML_ROWS;
        for (JsonNode row : table.path("data")) {
            if (left-- == 0) {
                break;
            }
            html.append("<tr>");
            row.forEach(value -> html.append("<td>")
                    .append(escaped(value.isNull() ? "null" : value.isValueNode() ? value.asText() : value.toString()))
                    .append("</td>"));
            html.append("</tr>\n");
        }
        return html.append("</tbody></table>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** As {@link Outputs} takes it. */
    static ObjectNode read(JsonNode output) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        String type = output.path("output_type").asText();
        frame.put("type", type);
        switch (type) {
            case "stream" ->
                frame.put("name", output.path("name").asText("stdout"))
                        .put("text", JupyterText.read(output.path("text")));
            case "error" -> {
                frame.put("ename", output.path("ename").asText());
                frame.put("evalue", output.path("evalue").asText());
                frame.set("traceback", output.path("traceback"));
            }
            default -> {
                ObjectNode data = frame.putObject("data");
                output.path("data").properties().forEach(each -> {
                    boolean json = each.getKey().endsWith("json");
                    data.set(each.getKey(), json ? each.getValue() : data.textNode(JupyterText.read(each.getValue())));
                });
                JsonNode kept = output.path("metadata").path(DATABRICKS);
                if (kept.path("type").asText().equals("table")
                        && kept.path("schema").isArray()) {
                    data.set(Mime.TABLE, table(kept));
                }
                frame.set("metadata", metadata(output.path("metadata")));
            }
        }
        return frame;
    }

    /** Without the rows, which are in the data now. */
    private static JsonNode metadata(JsonNode metadata) {
        if (metadata instanceof ObjectNode object && object.has(DATABRICKS)) {
            ObjectNode rest = object.deepCopy();
            rest.remove(DATABRICKS);
            return rest;
        }
        return metadata;
    }

    private static ObjectNode table(JsonNode kept) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        ArrayNode schema = table.putArray("schema");
        kept.path("schema")
                .forEach(column -> schema.addObject()
                        .put("name", column.path("name").asText())
                        .put("type", column.path("type").asText())
                        .put("nullable", true));
        table.set("data", kept.path("data"));
        table.put("truncated", kept.path("overflow").asBoolean());
        return table;
    }
}
