package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.tree.CellLanguage;
import io.slipway.content.tree.Language;
import io.slipway.store.Json;
import java.util.Locale;
import java.util.Optional;

/** How things of a notebook look on the wire (docs/protocols/notebook.md). */
final class Views {
    private Views() {}

    static ObjectNode cell(NotebookCell cell, Language notebook, Optional<CellRun> run) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", cell.id());
        view.put("version", cell.version());
        view.put("text", cell.cell().text());
        view.put("title", cell.cell().title());
        view.put("titleShown", cell.cell().titleShown());
        view.put("codeHidden", cell.look().codeHidden());
        view.put("resultHidden", cell.look().resultHidden());
        view.set("views", Json.read(cell.look().views(), JsonNode.class));
        kind(view, cell, notebook);
        attachments(cell).ifPresent(found -> view.set("attachments", found));
        run.ifPresent(found -> view.set("run", run(found)));
        return view;
    }

    /** Pictures that a text cell has brought along from Jupyter: by name, then by media type, in base64. */
    private static Optional<JsonNode> attachments(NotebookCell cell) {
        String extra = cell.cell().extra();
        if (!extra.contains("\"attachments\"")) {
            return Optional.empty();
        }
        JsonNode found = Json.read(extra, JsonNode.class).path("attachments");
        return Optional.of(found).filter(each -> each.isObject() && !each.isEmpty());
    }

    static void kind(ObjectNode view, NotebookCell cell, Language notebook) {
        CellLanguage language = cell.cell().language(notebook);
        view.put("language", language.word());
        view.put("kind", language == CellLanguage.MARKDOWN ? "markdown" : "code");
    }

    static ObjectNode run(CellRun run) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("state", run.state().name().toLowerCase(Locale.ROOT));
        view.put("run", run.ordinal());
        view.put("by", run.startedBy().name());
        view.put("queued", run.queuedAt());
        view.put("start", run.startedAt());
        view.put("end", run.endedAt());
        if (run.cancelled() && !run.state().ended()) {
            view.put("cancelling", true);
        }
        if (!run.problem().isEmpty()) {
            view.put("problem", run.problem());
        }
        return view;
    }

    static ObjectNode cluster(Document document) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("cluster", document.clusterId());
        view.put("context", document.contextId());
        view.put("by", document.runner().name());
        view.put("lost", document.lost());
        return view;
    }

    static ObjectNode widgets(Document document) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("onWidgetChange", document.onWidgetChange().word());
        view.set("widgets", Json.tree(document.widgets()));
        return view;
    }
}
