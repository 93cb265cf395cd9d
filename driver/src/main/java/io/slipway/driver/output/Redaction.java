package io.slipway.driver.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.slipway.driver.json.Json;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of secrets that code here has been given, and hides them in what is shown: literally, as Databricks does. It keeps people
 * from showing a secret by mistake, not code from telling it on purpose.
 *
 * <p>One belongs to the whole driver: what it has learned itself is hidden in every context. What a context has learned is hidden
 * there and in the driver's logs, but not in other contexts, where others could find out a value by trying.
 */
public final class Redaction {
    public static final String MARK = "[REDACTED]";

    /** Shorter values are not hidden: they are parts of too many words. */
    static final int SHORTEST = 4;

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed();

    private final @Nullable Redaction driver;
    private final Set<String> learned = new LinkedHashSet<>();
    /** What contexts have learned too. */
    private final Set<String> heard = new LinkedHashSet<>();

    private volatile List<String> hidden = List.of();
    private volatile List<String> hiddenInLogs = List.of();

    /** Of a driver. */
    public Redaction() {
        this.driver = null;
    }

    private Redaction(Redaction driver) {
        this.driver = driver;
    }

    /** Of a context of this driver. */
    public Redaction ofContext() {
        return new Redaction(this);
    }

    /** From now on the value is hidden. Returns before anybody can show it, if it is told before the value is handed out. */
    public void learn(String value) {
        List<String> shapes = shapes(value);
        synchronized (this) {
            learned.addAll(shapes);
            hidden = learned.stream().sorted(LONGEST_FIRST).toList();
        }
        hear(shapes);
        if (driver != null) {
            driver.hear(shapes);
        }
    }

    private synchronized void hear(List<String> shapes) {
        heard.addAll(shapes);
        hiddenInLogs = heard.stream()
                .map(shape -> new String(shape.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .sorted(LONGEST_FIRST)
                .toList();
    }

    /** The value as it is, and as outputs write it: without the space around it, in HTML, and between quotes. */
    private static List<String> shapes(String value) {
        if (value.strip().length() < SHORTEST) {
            return List.of();
        }
        return Stream.of(value, value.strip())
                .flatMap(text -> Stream.of(
                        text,
                        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
                        text.replace("&", "&amp;")
                                .replace("<", "&lt;")
                                .replace(">", "&gt;")
                                .replace("\"", "&quot;")
                                .replace("'", "&#x27;"),
                        text.replace("\\", "\\\\")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r")
                                .replace("\t", "\\t")))
                .distinct()
                .toList();
    }

    private List<String> values() {
        if (driver == null || driver.hidden.isEmpty()) {
            return hidden;
        }
        return Stream.concat(hidden.stream(), driver.hidden.stream())
                .sorted(LONGEST_FIRST)
                .toList();
    }

    /** The text without the values in it. */
    public String hide(String text) {
        return HeldText.hide(values(), text);
    }

    public List<String> hide(List<String> texts) {
        return texts.stream().map(this::hide).toList();
    }

    /** The document without the values in it, neither in its texts and numbers nor in the names of fields. */
    public JsonNode hide(JsonNode document) {
        List<String> values = values();
        return values.isEmpty() ? document : hide(values, document);
    }

    private static JsonNode hide(List<String> values, JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode hidden = Json.object();
            object.properties()
                    .forEach(
                            field -> hidden.set(HeldText.hide(values, field.getKey()), hide(values, field.getValue())));
            return hidden;
        }
        if (node instanceof ArrayNode array) {
            List<JsonNode> hidden = new ArrayList<>(array.size());
            array.forEach(each -> hidden.add(hide(values, each)));
            return Json.object().arrayNode().addAll(hidden);
        }
        if (node.isTextual() || node.isNumber()) {
            String text = node.asText();
            String hidden = HeldText.hide(values, text);
            return hidden.equals(text) ? node : TextNode.valueOf(hidden);
        }
        return node;
    }

    /** For a text that comes in pieces. */
    HeldText pieces() {
        return new HeldText(this::values);
    }

    /** For logs of the driver, in UTF-8. */
    public OutputStream log(OutputStream to) {
        return new RedactedStream(to, () -> hiddenInLogs);
    }

    /** For what a context has others download, in UTF-8. */
    public OutputStream download(OutputStream to) {
        return new RedactedStream(
                to,
                () -> values().stream()
                        .map(value -> new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                        .toList());
    }
}
