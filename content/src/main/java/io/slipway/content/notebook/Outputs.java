package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.protocol.driver.Mime;
import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What stands below a cell, put together from the frames of its commands: pieces of text are joined, updates take the place of what
 * they update, and beyond 10 MB the oldest text goes.
 */
final class Outputs {
    private static final Set<String> UNSEEN = Set.of(Mime.WIDGET, Mime.TASK_VALUE);

    private final int limit;
    private final List<Item> items = new ArrayList<>();
    private long size;
    private long left;

    Outputs() {
        this(10 << 20);
    }

    Outputs(int limit) {
        this.limit = limit;
    }

    /** One thing below a cell; {@code text} of a stream grows apart from its node. */
    private static final class Item {
        final ObjectNode node;
        final StringBuilder text = new StringBuilder();
        final boolean stream;
        long size;

        Item(ObjectNode node, boolean stream) {
            this.node = node;
            this.stream = stream;
        }
    }

    /** Whether a frame is something to look at; declarations of widgets and values for other tasks are not. */
    static boolean seen(JsonNode frame) {
        JsonNode data = frame.path("data");
        return !data.isObject()
                || data.isEmpty()
                || data.properties().stream().anyMatch(each -> !UNSEEN.contains(each.getKey()));
    }

    /** A frame of the driver without what only the server needs. */
    static ObjectNode shown(JsonNode frame) {
        ObjectNode out = frame.deepCopy();
        out.remove("seq");
        out.remove("at");
        return out;
    }

    static ObjectNode problem(String message) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("type", "error").put("ename", "NotRun").put("evalue", message);
        out.putArray("traceback");
        return out;
    }

    void add(JsonNode frame) {
        String type = frame.path("type").asText();
        if (!seen(frame)) {
            return;
        }
        if (type.equals("stream")) {
            stream(frame.path("name").asText(), frame.path("text").asText());
        } else if (type.equals("update_display_data")) {
            update(frame);
        } else {
            put(new Item(shown(frame), false), Json.write(frame).length());
        }
        shrink();
    }

    private void put(Item item, long itemSize) {
        item.size = itemSize;
        size += itemSize;
        items.add(item);
    }

    private void stream(String name, String text) {
        Item last = items.isEmpty() ? null : items.get(items.size() - 1);
        if (last == null || !last.stream || !last.node.path("name").asText().equals(name)) {
            last = new Item(
                    JsonNodeFactory.instance.objectNode().put("type", "stream").put("name", name), true);
            put(last, 0);
        }
        last.text.append(text);
        last.size += text.length();
        size += text.length();
    }

    private void update(JsonNode frame) {
        String id = frame.path("displayId").asText();
        for (Item item : items) {
            if (!id.isEmpty() && item.node.path("displayId").asText().equals(id)) {
                item.node.set("data", frame.path("data"));
                item.node.set("metadata", frame.path("metadata"));
            }
        }
    }

    /** Text goes first, from the oldest on; then whole items, but never the last. */
    private void shrink() {
        for (int i = 0; size > limit && i < items.size(); i++) {
            Item item = items.get(i);
            if (item.stream) {
                int cut = (int) Math.min(item.text.length(), size - limit);
                if (cut < item.text.length() && Character.isLowSurrogate(item.text.charAt(cut))) {
                    cut++;
                }
                item.text.delete(0, cut);
                lose(item, cut);
            }
        }
        while (size > limit && items.size() > 1) {
            lose(items.get(0), items.get(0).size);
            items.remove(0);
        }
    }

    private void lose(Item item, long lost) {
        item.size -= lost;
        size -= lost;
        left += lost;
    }

    ArrayNode json() {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        if (left > 0) {
            String message = String.format(
                    Locale.ROOT,
                    "The first %,d characters of output are left out: a cell keeps at most %d MB.",
                    left,
                    limit >> 20);
            ObjectNode data = out.addObject().put("type", "display_data").putObject("data");
            data.putObject(Mime.CUT).put("message", message);
            data.put("text/plain", message + "\n");
        }
        for (Item item : items) {
            if (!item.stream) {
                out.add(item.node);
            } else if (item.text.length() > 0) {
                out.add(item.node.deepCopy().put("text", item.text.toString()));
            }
        }
        return out;
    }

    /** The outputs that came with a Jupyter document. */
    static ArrayNode imported(String extra) {
        Outputs outputs = new Outputs();
        if (!extra.isEmpty()) {
            JsonNode cell = Json.read(extra, JsonNode.class);
            cell.path("outputs").forEach(each -> outputs.add(JupyterOutput.read(each)));
        }
        return outputs.json();
    }

    /** The cell's Jupyter form without outputs: it has been run again. */
    static String withoutOutputs(String extra) {
        if (extra.isEmpty()) {
            return extra;
        }
        ObjectNode cell = (ObjectNode) Json.read(extra, JsonNode.class);
        return cell.remove("outputs") == null ? extra : Json.write(cell);
    }

    /** The cell's Jupyter form with these outputs in place of those it had. */
    static String withOutputs(String extra, ArrayNode outputs) {
        ObjectNode cell =
                extra.isEmpty() ? JsonNodeFactory.instance.objectNode() : (ObjectNode) Json.read(extra, JsonNode.class);
        ArrayNode written = cell.putArray("outputs");
        outputs.forEach(each -> written.add(JupyterOutput.write(each)));
        return Json.write(cell);
    }
}
