package io.slipway.content.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One cell of a Jupyter document. */
final class JupyterCell {
    static final String CELL_KEY = "application/vnd.databricks.v1+cell";

    /**
     * What a Jupyter cell cannot say by itself: how a text cell's magic was written when not {@code %md} on a line of its own, and
     * that a magic stood bare in the source file.
     */
    static final String OWN_KEY = "application/vnd.slipway.v1+cell";

    private static final String USUAL_OPENING = "%md\n";
    private static final Pattern TEXT_CELL = Pattern.compile("\\A%md(-sandbox)?(\\s|\\z)");

    private JupyterCell() {}

    static Cell read(ObjectNode cell) {
        JsonNode source = cell.has("source") ? cell.path("source") : cell.path("text");
        String text = JupyterText.read(source);
        JsonNode metadata = cell.path("metadata");
        JsonNode own = metadata.path(OWN_KEY);
        // A raw cell is shown like a text cell; its type stays with the rest of the document.
        if (!cell.path("cell_type").asText("code").equals("code")) {
            text = own.path("opening").asText(USUAL_OPENING) + text;
        }
        JsonNode databricks = metadata.path(CELL_KEY);
        ObjectNode extra = cell.deepCopy();
        extra.remove("source");
        extra.remove("text");
        return new Cell(
                text,
                databricks.path("title").asText(""),
                databricks.path("showTitle").asBoolean(false),
                own.path("bare").asBoolean(false),
                NotebookJupyter.text(extra));
    }

    static ObjectNode write(Cell cell, int index) {
        ObjectNode before = cell.extra().isEmpty()
                ? NotebookJupyter.MAPPER.createObjectNode()
                : NotebookJupyter.parse(cell.extra());
        ObjectNode own = before.path("metadata").path(OWN_KEY) instanceof ObjectNode object
                ? object.deepCopy()
                : NotebookJupyter.MAPPER.createObjectNode();
        own.remove("opening");
        own.remove("bare");
        String source = cell.text();
        Matcher opening = TEXT_CELL.matcher(source);
        boolean isText = opening.find() && !cell.bare();
        if (isText) {
            if (!opening.group().equals(USUAL_OPENING)) {
                own.put("opening", opening.group());
            }
            source = source.substring(opening.end());
        }
        if (cell.bare()) {
            own.put("bare", true);
        }

        ObjectNode out = NotebookJupyter.MAPPER.createObjectNode();
        out.put("cell_type", type(isText, before));
        if (!isText) {
            out.set(
                    "execution_count",
                    before.has("execution_count") ? before.get("execution_count") : out.numberNode(0));
        }
        ObjectNode metadata = out.putObject("metadata");
        metadata.set(CELL_KEY, databricks(cell, before.path("metadata").path(CELL_KEY), index));
        if (!own.isEmpty()) {
            metadata.set(OWN_KEY, own);
        }
        before.path("metadata").properties().forEach(field -> {
            if (!metadata.has(field.getKey()) && !field.getKey().equals(OWN_KEY)) {
                metadata.set(field.getKey(), field.getValue());
            }
        });
        if (!isText) {
            out.set("outputs", before.path("outputs").isArray() ? before.get("outputs") : out.arrayNode());
        } else {
            before.remove("outputs");
            before.remove("execution_count");
        }
        out.set("source", JupyterText.lines(source));
        NotebookJupyter.addMissing(out, before);
        return out;
    }

    private static String type(boolean isText, ObjectNode before) {
        if (!isText) {
            return "code";
        }
        return before.path("cell_type").asText().equals("raw") ? "raw" : "markdown";
    }

    private static ObjectNode databricks(Cell cell, JsonNode before, int index) {
        ObjectNode out =
                before instanceof ObjectNode object ? object.deepCopy() : NotebookJupyter.MAPPER.createObjectNode();
        if (!out.has("cellMetadata")) {
            out.putObject("cellMetadata");
        }
        if (!out.has("inputWidgets")) {
            out.putObject("inputWidgets");
        }
        if (!out.has("nuid")) {
            // Made from place and text, so that exporting twice gives the same bytes.
            out.put(
                    "nuid",
                    UUID.nameUUIDFromBytes((index + ":" + cell.text()).getBytes(StandardCharsets.UTF_8))
                            .toString());
        }
        out.put("showTitle", cell.titleShown());
        if (!out.has("tableResultSettingsMap")) {
            out.putObject("tableResultSettingsMap");
        }
        out.put("title", cell.title());
        return out;
    }
}
