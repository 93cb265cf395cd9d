package io.slipway.wire.ui.notebook;

import io.slipway.content.notebook.Notebooks;
import io.slipway.content.notebook.Revision;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.ui.UiApi;
import java.util.List;
import java.util.Optional;

/** Earlier texts of a notebook: list, look, keep, bring back. */
public final class RevisionRoutes {
    private final Notebooks notebooks;

    public RevisionRoutes(Notebooks notebooks) {
        this.notebooks = notebooks;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api/notebooks/{id}")
                .get("/revisions", this::list)
                .post("/revisions", this::save)
                .get("/revisions/{number}", this::get)
                .post("/revisions/{number}/restore", this::restore);
    }

    record Listed(List<Revision> revisions) {}

    record Saved(long number) {}

    record Comment(Optional<String> comment) {}

    private long notebook(Request request) {
        return notebooks.open(request.caller(), request.path("id")).id();
    }

    private static long number(Request request) {
        try {
            return Long.parseLong(request.path("number"));
        } catch (NumberFormatException e) {
            throw PlatformException.invalid("The number of a revision is a number.");
        }
    }

    private Object list(Request request) {
        return new Listed(notebooks.revisions(request.caller(), notebook(request)));
    }

    private Object get(Request request) {
        return notebooks.revision(request.caller(), notebook(request), number(request));
    }

    private Object save(Request request) {
        String comment = request.body(Comment.class).comment().orElse("");
        return new Saved(notebooks.save(request.caller(), notebook(request), comment));
    }

    private Object restore(Request request) {
        notebooks.restore(request.caller(), notebook(request), number(request));
        return Request.nothing();
    }
}
