package io.slipway.wire.databricks.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.Mime;
import io.slipway.spark.kernel.OutputFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the frames of a command into the one result that API 1.2 knows: an error and the value of {@code dbutils.notebook.exit} beat
 * everything, a table beats images, images beat text; text is everything printed and the last value.
 */
final class CommandResult {
    private static final List<String> IMAGES = List.of("image/png", "image/jpeg");

    private CommandResult() {}

    static ObjectNode of(List<OutputFrame> frames) {
        StringBuilder text = new StringBuilder();
        List<String> images = new ArrayList<>();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        for (OutputFrame frame : frames) {
            if (frame.problem().isPresent()) {
                return error(frame.problem().get());
            }
            if (frame.exit().isPresent()) {
                // The Python SDK sends work to a cluster and reads as JSON what the code exits with.
                return text(frame.exit().get());
            }
            frame.stream().ifPresent(printed -> text.append(printed.text()));
            JsonNode data = frame.shown();
            if (frame.update()) {
                // What was shown first has its place in this result, and nothing takes it away.
                continue;
            }
            if (data.has(Mime.TABLE)) {
                table(result, data.path(Mime.TABLE));
            } else if (IMAGES.stream().anyMatch(data::has)) {
                IMAGES.stream()
                        .filter(data::has)
                        .findFirst()
                        .ifPresent(mime -> images.add("data:" + mime + ";base64,"
                                + data.path(mime).asText().strip()));
            } else if (data.has(Mime.TEXT)) {
                text.append(data.path(Mime.TEXT).asText());
            } else if (data.has("text/html")) {
                text.append(data.path("text/html").asText());
            }
        }
        if (result.has("resultType")) {
            return result;
        }
        if (images.size() == 1) {
            return result.put("resultType", "image").put("fileName", images.get(0));
        }
        if (!images.isEmpty()) {
            ArrayNode names = result.put("resultType", "images").putArray("fileNames");
            images.forEach(names::add);
            return result;
        }
        return text(text.toString().stripTrailing());
    }

    private static ObjectNode text(String data) {
        return JsonNodeFactory.instance.objectNode().put("resultType", "text").put("data", data);
    }

    private static ObjectNode error(Frame.Problem problem) {
        String summary = problem.ename() + ": " + problem.evalue();
        return JsonNodeFactory.instance
                .objectNode()
                .put("resultType", "error")
                .put("summary", summary)
                .put("cause", problem.traceback().isEmpty() ? summary : String.join("\n", problem.traceback()));
    }

    private static void table(ObjectNode result, JsonNode table) {
        result.put("resultType", "table");
        result.set("data", table.path("data"));
        result.set("schema", table.path("schema"));
        result.put("truncated", table.path("truncated").asBoolean());
        result.put("isJsonSchema", true);
    }
}
