package io.slipway.content.tree;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Notebooks as Jupyter documents ({@code .ipynb}, nbformat 4). Reads anybody's; writes the shape that the Databricks workspace
 * exports, with every key that it does not know left where it was, outputs among them.
 */
public final class NotebookJupyter {
    static final String NOTEBOOK_KEY = "application/vnd.databricks.v1+notebook";

    static final JsonMapper MAPPER = JsonMapper.builder()
            // Numbers of foreign outputs go out as they came in.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private NotebookJupyter() {}

    public static Notebook read(byte[] content) {
        ObjectNode document = document(content);
        JsonNode cells = document.remove("cells");
        JsonNode metadata = document.path("metadata");
        if (!(cells instanceof ArrayNode) || !metadata.isObject()) {
            throw invalid("it needs \"cells\" and \"metadata\"");
        }
        if (document.path("nbformat").asInt() < 4) {
            throw invalid("nbformat must be 4 or newer");
        }
        Language language = language(metadata);
        List<Cell> read = new ArrayList<>();
        for (JsonNode cell : cells) {
            if (!(cell instanceof ObjectNode object)) {
                throw invalid("a cell is not an object");
            }
            read.add(JupyterCell.read(object));
        }
        return new Notebook(language, read, environment(metadata, language), text(document));
    }

    private static ObjectNode document(byte[] content) {
        try {
            if (MAPPER.readTree(content) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The notebook is not a valid Jupyter document.", e);
        }
        throw invalid("it is not a JSON object");
    }

    private static PlatformException invalid(String why) {
        return PlatformException.invalid("The notebook is not a valid Jupyter document: " + why + ".");
    }

    private static Language language(JsonNode metadata) {
        return List.of(
                        metadata.path(NOTEBOOK_KEY).path("language"),
                        metadata.path("kernelspec").path("language"),
                        metadata.path("language_info").path("name"))
                .stream()
                .filter(JsonNode::isTextual)
                .flatMap(word -> Language.ofWord(word.asText()).stream())
                .findFirst()
                .orElse(Language.PYTHON);
    }

    private static Optional<Environment> environment(JsonNode metadata, Language language) {
        JsonNode asked = metadata.path(NOTEBOOK_KEY).path("environmentMetadata");
        String version = asked.path("environment_version").asText("");
        List<String> dependencies = new ArrayList<>();
        asked.path("dependencies").forEach(dependency -> dependencies.add(dependency.asText()));
        return language != Language.PYTHON || (version.isEmpty() && dependencies.isEmpty())
                ? Optional.empty()
                : Optional.of(Environment.of(version, dependencies));
    }

    /** @param name of the notebook, written into the document */
    public static byte[] write(Notebook notebook, String name) {
        ObjectNode known = notebook.extra().isEmpty() ? MAPPER.createObjectNode() : parse(notebook.extra());
        ObjectNode document = MAPPER.createObjectNode();
        ArrayNode cells = document.putArray("cells");
        int index = 0;
        for (Cell cell : notebook.cells()) {
            cells.add(JupyterCell.write(cell, index++));
        }
        ObjectNode metadata = document.putObject("metadata");
        JsonNode before = known.path("metadata");
        metadata.set(NOTEBOOK_KEY, own(notebook, before.path(NOTEBOOK_KEY), name));
        addMissing(metadata, before);
        ObjectNode info = before.path("language_info") instanceof ObjectNode object
                ? object.deepCopy()
                : MAPPER.createObjectNode();
        info.put("name", notebook.language().word());
        metadata.set("language_info", info);
        addMissing(document, known);
        if (!document.has("nbformat")) {
            document.put("nbformat", 4).put("nbformat_minor", 0);
        }
        try {
            return MAPPER.writer(printer()).writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static ObjectNode own(Notebook notebook, JsonNode before, String name) {
        ObjectNode own = before instanceof ObjectNode object ? object.deepCopy() : MAPPER.createObjectNode();
        if (!own.has("computePreferences")) {
            own.putNull("computePreferences");
        }
        if (!own.has("dashboards")) {
            own.putArray("dashboards");
        }
        notebook.environment().ifPresent(environment -> {
            ObjectNode asked = own.path("environmentMetadata") instanceof ObjectNode object
                    ? object
                    : own.putObject("environmentMetadata").put("base_environment", "");
            asked.put("environment_version", environment.version());
            if (!environment.dependencies().isEmpty()) {
                ArrayNode dependencies = asked.putArray("dependencies");
                environment.dependencies().forEach(dependencies::add);
            }
        });
        if (!own.has("environmentMetadata")) {
            own.putNull("environmentMetadata");
        }
        if (!own.has("inputWidgetPreferences")) {
            own.putNull("inputWidgetPreferences");
        }
        own.put("language", notebook.language().word());
        if (!own.has("notebookMetadata")) {
            own.putObject("notebookMetadata").put("pythonIndentUnit", 4);
        }
        own.put("notebookName", name);
        if (!own.has("widgets")) {
            own.putObject("widgets");
        }
        return own;
    }

    static void addMissing(ObjectNode to, JsonNode from) {
        from.properties().forEach(field -> {
            if (!to.has(field.getKey())) {
                to.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    static ObjectNode parse(String extra) {
        try {
            return (ObjectNode) MAPPER.readTree(extra);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what a notebook carries along is JSON", e);
        }
    }

    /** One blank per level, as the Databricks workspace and Jupyter itself indent. */
    private static PrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
        return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withArrayEmptySeparator("")
                        .withObjectEmptySeparator(""))
                .withArrayIndenter(indenter)
                .withObjectIndenter(indenter);
    }
}
