package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.protocol.driver.Mime;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.store.Tx;
import java.util.ArrayList;
import java.util.List;

/** Tells what a running cell puts out, and takes from it what is meant for the notebook: its widgets. */
final class CellOutput {
    /** One piece of a stream in the log is about so much text: a reader holds some of them in memory. */
    private static final int PIECE = 256 << 10;

    private final DocumentLog log;

    CellOutput(DocumentLog log) {
        this.log = log;
    }

    /** Returns the notebook's widgets after these frames. */
    List<Widget> tell(Tx tx, CellRun run, String commandId, List<OutputFrame> frames, List<Widget> before) {
        List<Widget> widgets = before;
        int i = 0;
        while (i < frames.size()) {
            OutputFrame frame = frames.get(i);
            String type = frame.body().path("type").asText();
            JsonNode widget = frame.body().path("data").path(Mime.WIDGET);
            if (widget.isObject()) {
                widgets = changed(widgets, widget);
            }
            int end = i + 1;
            if (type.equals("stream")) {
                end = endOfPiece(frames, i);
                ObjectNode body =
                        named(commandId, frame.seq(), frames.get(end - 1).seq());
                body.put("name", frame.body().path("name").asText());
                log.add(tx, run.objectId(), "stream", run.cellId(), body);
            } else if (Outputs.seen(frame.body())) {
                String told = type.equals("update_display_data") ? "updateOutput" : "output";
                log.add(tx, run.objectId(), told, run.cellId(), named(commandId, frame.seq(), frame.seq()));
            }
            i = end;
        }
        return widgets;
    }

    private static ObjectNode named(String commandId, long from, long to) {
        return DocumentLog.body().put("command", commandId).put("from", from).put("to", to);
    }

    private static int endOfPiece(List<OutputFrame> frames, int start) {
        JsonNode first = frames.get(start).body();
        int length = first.path("text").asText().length();
        int end = start + 1;
        while (end < frames.size()
                && length < PIECE
                && frames.get(end).body().path("type").asText().equals("stream")
                && frames.get(end).body().path("name").equals(first.path("name"))
                && frames.get(end).seq() == frames.get(end - 1).seq() + 1) {
            length += frames.get(end).body().path("text").asText().length();
            end++;
        }
        return end;
    }

    private static List<Widget> changed(List<Widget> before, JsonNode widget) {
        String action = widget.path("action").asText();
        String name = widget.path("name").asText();
        List<Widget> after = new ArrayList<>(before);
        if (action.equals("removeAll")) {
            return List.of();
        }
        int at = -1;
        for (int i = 0; i < after.size(); i++) {
            at = after.get(i).name().equals(name) ? i : at;
        }
        if (action.equals("remove")) {
            if (at >= 0) {
                after.remove(at);
            }
            return after;
        }
        List<String> choices = new ArrayList<>();
        widget.path("choices").forEach(choice -> choices.add(choice.asText()));
        Widget made = new Widget(
                widget.path("type").asText(),
                name,
                widget.path("label").asText(name),
                widget.path("defaultValue").asText(),
                widget.path("value").asText(),
                choices);
        if (at >= 0) {
            after.set(at, made);
        } else {
            after.add(made);
        }
        return after;
    }
}
