package io.slipway.wire.ui.notebook;

import io.slipway.content.notebook.Answers;
import io.slipway.content.notebook.Notebooks;
import io.slipway.wire.Request;
import io.slipway.wire.ui.UiApi;
import java.util.Optional;

/** What somebody types for a cell that asks for it. */
public final class AnswerRoutes {
    private final Notebooks notebooks;
    private final Answers answers;

    public AnswerRoutes(Notebooks notebooks, Answers answers) {
        this.notebooks = notebooks;
        this.answers = answers;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api/notebooks/{id}").post("/answers", this::give);
    }

    record Given(Optional<String> command, Optional<String> text) {}

    private Object give(Request request) {
        Given given = request.body(Given.class);
        answers.give(
                request.caller(),
                notebooks.open(request.caller(), request.path("id")).id(),
                Request.require(given.command(), "command"),
                Request.require(given.text(), "text"));
        return Request.nothing();
    }
}
