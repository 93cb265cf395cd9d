package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.Clock;
import io.slipway.protocol.driver.Frame;
import io.slipway.spark.kernel.CommandFact;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells what a running cell puts out, and takes from it what is meant for the notebook: its widgets. Output is told in the
 * transaction that stores it; what comes faster than people read is left to the loop, which tells more of it at once.
 */
final class CellOutput {
    /** One piece of a stream in the log is about so much text: a reader holds some of them in memory. */
    private static final int PIECE = 256 << 10;

    /** Twenty pieces a second are as much as people see. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    private final Clock clock;
    private final Contexts contexts;
    private final DocumentText text;
    private final DocumentLog log;
    private final NotebookStore store = new NotebookStore();
    private final CellRunStore runs = new CellRunStore();

    CellOutput(Clock clock, Contexts contexts, DocumentText text, DocumentLog log) {
        this.clock = clock;
        this.contexts = contexts;
        this.text = text;
        this.log = log;
    }

    /** Whether all that the fact says is told now; if not, the loop has to. */
    boolean hear(Tx tx, CommandFact.Moved fact) {
        return runs.active(tx.sql(), fact.partOf().number()).stream()
                .findFirst()
                .filter(run -> run.state() == CellRunState.RUNNING
                        && run.position() < run.plan().size()
                        && run.commandId(run.position()).equals(fact.subject().id())
                        && pause(run).isZero()
                        && follows(run, fact.output()))
                .map(run -> {
                    tell(tx, run, fact.output(), fact.progress());
                    return true;
                })
                .orElse(false);
    }

    private static boolean follows(CellRun run, List<OutputFrame> frames) {
        return frames.isEmpty() || frames.get(0).seq() == run.published() + 1;
    }

    /** How long the next piece has to wait. A clock that was set back makes nobody wait. */
    Duration pause(CellRun run) {
        long since = clock.millis() - run.publishedAt();
        return since < 0 || since >= SHORTEST_PAUSE.toMillis()
                ? Duration.ZERO
                : Duration.ofMillis(SHORTEST_PAUSE.toMillis() - since);
    }

    /** @param frames those after the last that was told */
    void tell(Tx tx, CellRun run, List<OutputFrame> frames, JsonNode progress) {
        if (frames.isEmpty() && progress.equals(run.progress())) {
            return;
        }
        Document document = text.document(tx, run.objectId());
        List<Widget> widgets = tell(tx, run, frames, document.widgets());
        if (!widgets.equals(document.widgets())) {
            store.widgets(tx, run.objectId(), widgets);
            Document now = text.document(tx, run.objectId());
            log.add(tx, run.objectId(), "widgets", "", Views.widgets(now));
            contexts.assign(tx, run.contextId(), NotebookRuns.values(now));
        }
        if (!progress.equals(run.progress())) {
            log.add(
                    tx,
                    run.objectId(),
                    "progress",
                    run.cellId(),
                    DocumentLog.body().set("jobs", progress));
        }
        long last = frames.isEmpty()
                ? run.published()
                : frames.get(frames.size() - 1).seq();
        runs.published(tx, run, last, progress, clock.millis());
    }

    /** Returns the notebook's widgets after these frames. */
    private List<Widget> tell(Tx tx, CellRun run, List<OutputFrame> frames, List<Widget> before) {
        String commandId = run.commandId(run.position());
        List<Widget> widgets = before;
        int i = 0;
        while (i < frames.size()) {
            OutputFrame frame = frames.get(i);
            if (frame.widget().isObject()) {
                widgets = changed(widgets, frame.widget());
            }
            int end = i + 1;
            Optional<Frame.Stream> printed = frame.stream();
            if (printed.isPresent()) {
                end = endOfPiece(frames, i, printed.get());
                ObjectNode body =
                        named(commandId, frame.seq(), frames.get(end - 1).seq());
                body.put("name", printed.get().name());
                log.add(tx, run.objectId(), "stream", run.cellId(), body);
            } else if (Outputs.seen(frame.body())) {
                String told = frame.update() ? "updateOutput" : "output";
                log.add(tx, run.objectId(), told, run.cellId(), named(commandId, frame.seq(), frame.seq()));
            }
            i = end;
        }
        return widgets;
    }

    private static ObjectNode named(String commandId, long from, long to) {
        return DocumentLog.body().put("command", commandId).put("from", from).put("to", to);
    }

    private static int endOfPiece(List<OutputFrame> frames, int start, Frame.Stream first) {
        int length = first.text().length();
        int end = start + 1;
        while (end < frames.size()
                && length < PIECE
                && frames.get(end).seq() == frames.get(end - 1).seq() + 1) {
            Optional<Frame.Stream> next =
                    frames.get(end).stream().filter(each -> each.name().equals(first.name()));
            if (next.isEmpty()) {
                break;
            }
            length += next.get().text().length();
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
