package io.slipway.wire.ui.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.notebook.ChangeSet;
import io.slipway.content.notebook.NotebookFeed;
import io.slipway.content.notebook.NotebookRuns;
import io.slipway.content.notebook.Notebooks;
import io.slipway.content.notebook.Notebooks.Pushed;
import io.slipway.content.notebook.OnWidgetChange;
import io.slipway.content.notebook.Suggestions;
import io.slipway.content.tree.TreeObject;
import io.slipway.identity.Caller;
import io.slipway.identity.Right;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.Completion;
import io.slipway.wire.CallLog;
import io.slipway.wire.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one browser tab and the server say to each other about one notebook; knows nothing of sockets. */
final class Conversation implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);

    private static final int LONGEST_NAME = 64;

    /** The rooms that it speaks with. */
    record Rooms(Notebooks notebooks, NotebookRuns runs, Suggestions suggestions, NotebookFeed feed) {}

    private final Rooms rooms;
    private final Caller caller;
    private final TreeObject notebook;
    private final String client;
    private final FrameLog said;
    private final boolean code;
    private final NotebookFeed.Listener listener;
    private final Executor aside;
    private volatile Optional<NotebookFeed.Watch> watch = Optional.empty();
    private volatile boolean closed;

    /**
     * This tab.
     *
     * @param client its name
     * @param said where it is written down what it says
     * @param code with the text of the cells that it runs
     */
    record Here(String client, FrameLog said, boolean code) {}

    /**
     * @param aside asks interpreters, which takes time that typing has not
     */
    Conversation(
            Rooms rooms,
            Caller caller,
            TreeObject notebook,
            Here here,
            NotebookFeed.Listener listener,
            Executor aside) {
        this.rooms = rooms;
        this.caller = caller;
        this.notebook = notebook;
        this.client = here.client();
        this.said = here.said();
        this.code = here.code();
        this.listener = listener;
        this.aside = aside;
    }

    /** The first frame. */
    void greet() {
        Set<Right> rights = rooms.notebooks().rights(caller, notebook.id());
        send(frame("welcome")
                .put("protocol", 1)
                .put("client", client)
                .put("user", caller.name())
                .put("notebook", notebook.id())
                .put("path", notebook.path())
                .put("epoch", rooms.notebooks().epoch(notebook.id()))
                .put("runnable", rights.contains(Right.USE))
                .put("editable", rights.contains(Right.EDIT)));
    }

    /** Takes what the tab says; one frame at a time, on a thread that may block. */
    void hear(String text) {
        JsonNode said;
        try {
            said = WireJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            send(error(
                    WireJson.mapper().createObjectNode(),
                    new PlatformException(ErrorCode.MALFORMED_REQUEST, "A frame is one JSON object.", e)));
            return;
        }
        hear(said);
    }

    private void hear(JsonNode frame) {
        CallLog.Open open;
        try {
            open = said.begin(frame, code ? texts(frame) : List.of());
        } catch (PlatformException e) {
            send(error(frame, e));
            return;
        }
        hear(frame, open);
    }

    /** What the cells of a run hold, as far as they are there. */
    private List<String> texts(JsonNode frame) {
        if (!frame.path("type").asText().equals("run")) {
            return List.of();
        }
        try {
            return cells(frame).stream()
                    .map(cell -> rooms.notebooks()
                            .question(caller, notebook.id(), cell, Optional.empty(), 0)
                            .text())
                    .toList();
        } catch (PlatformException notThere) {
            return List.of();
        }
    }

    private void hear(JsonNode said, CallLog.Open open) {
        try {
            if (!said.path("type").asText().equals("push")) {
                // Changes may replace half a character; what they leave is looked at where it is known.
                WireJson.checkText(said);
            }
            take(said);
            FrameLog.done(open, caller);
        } catch (PlatformException e) {
            FrameLog.failed(open, caller, e);
            send(error(said, e));
        } catch (RuntimeException e) {
            log.error("frame {} of notebook {} failed", said.path("type").asText(), notebook.path(), e);
            PlatformException told =
                    new PlatformException(ErrorCode.INTERNAL, "Internal error, the server's log says more.", e);
            FrameLog.failed(open, caller, told);
            send(error(said, told));
        }
    }

    private void take(JsonNode said) {
        long id = notebook.id();
        switch (said.path("type").asText()) {
            case "hello" -> hello(said);
            case "ack" ->
                watch.ifPresent(mine -> mine.acknowledge(said.path("n").asLong()));
            case "cursor" ->
                watch.ifPresent(mine -> mine.cursor(
                        said.path("cell").asText(""),
                        said.path("version").asLong(),
                        said.path("anchor").asInt(),
                        said.path("head").asInt()));
            case "push" -> push(said);
            case "op" -> {
                operate(said);
                done(said);
            }
            case "run" -> {
                if (said.path("all").asBoolean()) {
                    rooms.runs().runAll(caller, id);
                } else {
                    rooms.runs().run(caller, id, cells(said));
                }
                done(said);
            }
            case "cancel" -> {
                rooms.runs().cancel(caller, id, cells(said));
                done(said);
            }
            case "attach" -> {
                rooms.runs().attach(caller, id, text(said, "cluster"));
                done(said);
            }
            case "detach" -> {
                rooms.runs().detach(caller, id);
                done(said);
            }
            case "restart" -> {
                rooms.runs().restart(caller, id);
                done(said);
            }
            case "widget" -> {
                Optional<String> note = rooms.runs().widget(caller, id, text(said, "name"), text(said, "value"));
                ObjectNode done = reply("done", said);
                note.ifPresent(words -> done.put("note", words));
                send(done);
            }
            case "onWidgetChange" -> {
                rooms.runs().onWidgetChange(caller, id, OnWidgetChange.ofWord(text(said, "run")));
                done(said);
            }
            case "save" -> {
                long revision =
                        rooms.notebooks().save(caller, id, said.path("comment").asText(""));
                send(reply("done", said).put("revision", revision));
            }
            case "restore" -> {
                rooms.notebooks().restore(caller, id, said.path("revision").asLong());
                done(said);
            }
            case "complete" -> aside.execute(() -> answer(said, this::complete));
            case "inspect" -> aside.execute(() -> answer(said, this::inspect));
            case "ping" -> send(reply("pong", said));
            default ->
                throw PlatformException.invalid(
                        "There are no frames of type '" + said.path("type").asText() + "'.");
        }
    }

    private void hello(JsonNode said) {
        watch.ifPresent(NotebookFeed.Watch::close);
        boolean same =
                rooms.notebooks().epoch(notebook.id()).equals(said.path("epoch").asText());
        long since = same && said.path("since").isIntegralNumber()
                ? said.path("since").asLong()
                : -1;
        watch = Optional.of(rooms.feed().watch(notebook.id(), author(said), caller.name(), since, listener));
        if (closed) {
            close();
        }
    }

    /** The listener takes more again. */
    void resume() {
        watch.ifPresent(NotebookFeed.Watch::resume);
    }

    private void push(JsonNode said) {
        boolean complete = said.path("changes").isArray()
                && !said.path("changes").isEmpty()
                && said.path("version").isIntegralNumber();
        if (!complete) {
            throw PlatformException.invalid("A push has a cell, its version and at least one change.");
        }
        List<ChangeSet> changes = new ArrayList<>();
        said.path("changes").forEach(change -> changes.add(ChangeSet.of(change)));
        String author = author(said);
        Pushed pushed = rooms.notebooks()
                .push(
                        caller,
                        notebook.id(),
                        author,
                        text(said, "cell"),
                        said.path("version").asLong(),
                        changes);
        if (pushed instanceof Pushed.Accepted accepted) {
            send(reply("accepted", said).put("cell", text(said, "cell")).put("version", accepted.version()));
        } else if (pushed instanceof Pushed.Behind behind) {
            ObjectNode rejected =
                    reply("rejected", said).put("cell", text(said, "cell")).put("version", behind.version());
            if (behind.changes().isPresent()) {
                ArrayNode missed = rejected.putArray("missed");
                behind.changes()
                        .get()
                        .forEach(each -> missed.addObject()
                                .put("version", each.version())
                                .setAll((ObjectNode) each.body()));
            } else {
                rejected.put("text", behind.text());
            }
            send(rejected);
        }
    }

    private void operate(JsonNode said) {
        Notebooks notebooks = rooms.notebooks();
        long id = notebook.id();
        String author = author(said);
        String cell = said.path("cell").asText("");
        switch (said.path("op").asText()) {
            case "insert" ->
                notebooks.insert(
                        caller,
                        id,
                        author,
                        cell,
                        said.path("after").asText(""),
                        said.path("text").asText(""),
                        outputs(said));
            case "delete" -> notebooks.delete(caller, id, author, cell);
            case "move" ->
                notebooks.move(caller, id, author, cell, said.path("after").asText(""));
            case "title" ->
                notebooks.title(
                        caller,
                        id,
                        author,
                        cell,
                        said.path("title").asText(""),
                        said.path("shown").asBoolean(true));
            case "collapse" ->
                notebooks.collapse(
                        caller,
                        id,
                        author,
                        cell,
                        said.path("code").asBoolean(),
                        said.path("result").asBoolean());
            case "view" -> notebooks.views(caller, id, author, cell, said.path("views"));
            case "language" -> notebooks.language(caller, id, author, cell, text(said, "language"));
            case "notebookLanguage" -> notebooks.notebookLanguage(caller, id, author, text(said, "language"));
            case "clear" -> rooms.runs().clear(caller, id, cells(said));
            default ->
                throw PlatformException.invalid(
                        "There is no operation '" + said.path("op").asText() + "'.");
        }
    }

    private static ArrayNode outputs(JsonNode said) {
        return said.path("outputs") instanceof ArrayNode some ? some : JsonNodeFactory.instance.arrayNode();
    }

    /** A tab keeps its name across connections, so that it knows its own changes when the answer to them was lost. */
    private String author(JsonNode said) {
        String name = said.path("client").asText("");
        return name.isEmpty() || name.length() > LONGEST_NAME || name.equals("server") ? client : name;
    }

    private interface Answer {
        void to(JsonNode said, Suggestions.Question question);
    }

    private void answer(JsonNode said, Answer answer) {
        try {
            Optional<String> text = said.path("text").isTextual()
                    ? Optional.of(said.path("text").asText())
                    : Optional.empty();
            answer.to(
                    said,
                    rooms.notebooks()
                            .question(
                                    caller,
                                    notebook.id(),
                                    text(said, "cell"),
                                    text,
                                    said.path("pos").asInt()));
        } catch (PlatformException e) {
            send(error(said, e));
        }
    }

    private void complete(JsonNode said, Suggestions.Question question) {
        Completion found = rooms.suggestions().complete(caller, notebook.id(), question);
        ObjectNode reply =
                reply("completion", said).put("from", found.cursorStart()).put("to", found.cursorEnd());
        ArrayNode matches = reply.putArray("matches");
        found.matches().forEach(matches::add);
        send(reply);
    }

    private void inspect(JsonNode said, Suggestions.Question question) {
        Optional<JsonNode> found = rooms.suggestions().inspect(caller, notebook.id(), question);
        ObjectNode reply = reply("inspection", said).put("found", found.isPresent());
        found.ifPresent(data -> reply.set("data", data));
        send(reply);
    }

    private static List<String> cells(JsonNode said) {
        List<String> cells = new ArrayList<>();
        said.path("cells").forEach(cell -> cells.add(cell.asText()));
        return cells;
    }

    private static String text(JsonNode said, String field) {
        if (!said.path(field).isTextual()) {
            throw PlatformException.invalid("Missing required field '" + field + "'");
        }
        return said.path(field).asText();
    }

    private void done(JsonNode said) {
        if (said.has("re")) {
            send(reply("done", said));
        }
    }

    private static ObjectNode frame(String type) {
        return WireJson.mapper().createObjectNode().put("type", type);
    }

    private static ObjectNode reply(String type, JsonNode said) {
        ObjectNode reply = frame(type);
        if (said.has("re")) {
            reply.set("re", said.get("re"));
        }
        return reply;
    }

    private static ObjectNode error(JsonNode said, PlatformException e) {
        ObjectNode error = reply("error", said).put("code", e.code().name()).put("message", e.message());
        Optional.ofNullable(e.details().get("reason")).ifPresent(reason -> error.put("reason", reason));
        if (said.path("cell").isTextual()) {
            error.put("cell", said.path("cell").asText());
        }
        return error;
    }

    private void send(ObjectNode frame) {
        listener.send(frame.toString());
    }

    @Override
    public void close() {
        if (!closed) {
            said.closed();
        }
        closed = true;
        watch.ifPresent(NotebookFeed.Watch::close);
    }
}
