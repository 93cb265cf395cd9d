package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.tree.CellLanguage;
import io.slipway.spark.kernel.CommandOutput;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.store.Database;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a document as those who watch it are told: all of it, or what is new in its log. */
public final class DocumentReader {
    /** Where reading stops for now: what is told at once is held in memory. */
    private static final int BATCH_BYTES = 1 << 20;

    private static final int BATCH_ENTRIES = 400;

    private final Database database;
    private final NotebookStore store = new NotebookStore();
    private final CellRunStore runs = new CellRunStore();
    private final LogStore log = new LogStore();
    private final RunOutputs runOutputs;
    private final CommandOutput commands;

    public DocumentReader(Database database) {
        this.database = database;
        this.runOutputs = new RunOutputs(database);
        this.commands = new CommandOutput(database);
    }

    /** One frame as text; {@code number} is that of the last thing it tells. */
    public record Told(long number, String frame) {}

    /** What is in the log after {@code number}; empty if it does not reach back so far, or there is no such document. */
    public Optional<List<Told>> after(long objectId, long number) {
        Optional<Document> document = database.read(handle -> store.document(handle, objectId));
        if (document.isEmpty() || document.get().number() < number) {
            return Optional.empty();
        }
        List<LogStore.Entry> entries = database.read(handle -> log.after(handle, objectId, number, BATCH_ENTRIES));
        boolean gap = entries.isEmpty()
                ? document.get().number() > number
                : entries.get(0).number() != number + 1;
        return gap ? Optional.empty() : Optional.of(told(joined(entries)));
    }

    /** Text of one stream that came in several pieces is told as one. */
    private static List<LogStore.Entry> joined(List<LogStore.Entry> entries) {
        List<LogStore.Entry> joined = new ArrayList<>();
        for (LogStore.Entry entry : entries) {
            int last = joined.size() - 1;
            if (last >= 0 && continues(joined.get(last), entry)) {
                LogStore.Entry before = joined.remove(last);
                ObjectNode body = before.body().deepCopy();
                body.put("to", entry.body().path("to").asLong());
                joined.add(new LogStore.Entry(entry.number(), "stream", entry.cellId(), 0, body));
            } else {
                joined.add(entry);
            }
        }
        return joined;
    }

    private static boolean continues(LogStore.Entry before, LogStore.Entry entry) {
        return before.type().equals("stream")
                && entry.type().equals("stream")
                && before.body().path("command").equals(entry.body().path("command"))
                && before.body().path("name").equals(entry.body().path("name"))
                && before.body().path("to").asLong() + 1
                        == entry.body().path("from").asLong();
    }

    private List<Told> told(List<LogStore.Entry> entries) {
        List<Told> told = new ArrayList<>();
        long bytes = 0;
        for (LogStore.Entry entry : entries) {
            String frame = Json.write(frame(entry));
            bytes += frame.length();
            told.add(new Told(entry.number(), frame));
            if (bytes > BATCH_BYTES) {
                break;
            }
        }
        return told;
    }

    private ObjectNode frame(LogStore.Entry entry) {
        ObjectNode frame = DocumentLog.body().put("type", entry.type()).put("n", entry.number());
        if (!entry.cellId().isEmpty()) {
            frame.put("cell", entry.cellId());
        }
        JsonNode body = entry.body();
        switch (entry.type()) {
            case "changes" -> frame.put("version", entry.version()).setAll((ObjectNode) body);
            case "stream" -> {
                StringBuilder text = new StringBuilder();
                frames(body).forEach(each -> text.append(each.path("text").asText()));
                frame.put("name", body.path("name").asText()).put("text", text.toString());
            }
            case "output" -> {
                JsonNode output = body.path("output");
                frames(body).forEach(each -> frame.set("output", Outputs.shown(each)));
                if (output.isObject()) {
                    frame.set("output", output);
                }
            }
            case "updateOutput" ->
                frames(body)
                        .forEach(each -> frame.put(
                                        "displayId", each.path("displayId").asText())
                                .<ObjectNode>set("data", each.path("data"))
                                .set("metadata", each.path("metadata")));
            default -> frame.setAll((ObjectNode) body);
        }
        return frame;
    }

    /** The frames that an entry names; none if its command is forgotten because the cell has been run again. */
    private List<JsonNode> frames(JsonNode body) {
        if (!body.has("command")) {
            return List.of();
        }
        return commands
                .frames(
                        body.path("command").asText(),
                        body.path("from").asLong() - 1,
                        body.path("to").asLong())
                .stream()
                .map(OutputFrame::body)
                .toList();
    }

    /**
     * All of a document, as it was at one moment.
     *
     * @param number of the last frame that it contains
     * @param frame everything but outputs
     */
    public record Snapshot(long number, String frame, List<CellOutputs> outputs) {}

    /** Names the outputs of one cell, which may be large; {@link #outputs} reads them. */
    public record CellOutputs(String cellId, String extra, Optional<CellRun> run) {}

    /** Empty if there is no such document. */
    public Optional<Snapshot> snapshot(long objectId) {
        // Nobody writes meanwhile: all that is read belongs to one number.
        return database.write(tx -> store.document(tx.sql(), objectId).map(document -> snapshot(tx, document)));
    }

    private Snapshot snapshot(Tx tx, Document document) {
        Map<String, CellRun> byCell = new HashMap<>();
        runs.of(tx.sql(), document.objectId()).forEach(run -> byCell.put(run.cellId(), run));
        ObjectNode frame = DocumentLog.body().put("type", "snapshot").put("n", document.number());
        frame.put("language", document.language().word());
        frame.setAll(Views.cluster(document));
        frame.setAll(Views.widgets(document));
        ArrayNode cells = frame.putArray("cells");
        List<CellOutputs> outputs = new ArrayList<>();
        for (NotebookCell cell : store.cells(tx.sql(), document.objectId())) {
            Optional<CellRun> run = Optional.ofNullable(byCell.get(cell.id()));
            ObjectNode view = Views.cell(cell, document.language(), run);
            run.filter(found -> !found.state().ended()).ifPresent(found -> view.set("progress", found.progress()));
            cells.add(view);
            boolean silent = cell.cell().language(document.language()) == CellLanguage.MARKDOWN;
            if (!silent && (run.isPresent() || cell.cell().extra().contains("\"outputs\""))) {
                outputs.add(new CellOutputs(cell.id(), cell.cell().extra(), run));
            }
        }
        return new Snapshot(document.number(), Json.write(frame), outputs);
    }

    /** The frame with the outputs of a cell as they were when the snapshot was made; empty if it had none. */
    public Optional<String> outputs(CellOutputs named) {
        ArrayNode outputs = named.run().map(run -> runOutputs.of(run)).orElseGet(() -> Outputs.imported(named.extra()));
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode frame = DocumentLog.body().put("type", "outputs").put("cell", named.cellId());
        frame.set("outputs", outputs);
        return Optional.of(Json.write(frame));
    }
}
