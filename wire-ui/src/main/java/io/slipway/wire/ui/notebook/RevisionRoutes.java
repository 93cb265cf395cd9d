package io.slipway.wire.ui.notebook;

import io.slipway.kit.PlatformException;
import io.slipway.platform.notebook.Notebooks;
import io.slipway.platform.notebook.Revision;
import io.slipway.wire.databricks.Call;
import io.slipway.wire.databricks.Dialect;
import io.slipway.wire.databricks.Routes;
import java.util.List;
import java.util.Optional;

/** Earlier texts of a notebook: list, look, keep, bring back. */
public final class RevisionRoutes {
    private final Notebooks notebooks;

    public RevisionRoutes(Notebooks notebooks) {
        this.notebooks = notebooks;
    }

    public void add(Routes routes) {
        routes.family(Dialect.STANDARD, "/ui-api/notebooks/{id}")
                .get("/revisions", this::list)
                .post("/revisions", this::save)
                .get("/revisions/{number}", this::get)
                .post("/revisions/{number}/restore", this::restore);
    }

    record Listed(List<Revision> revisions) {}

    record Saved(long number) {}

    record Comment(Optional<String> comment) {}

    private long notebook(Call call) {
        return notebooks.open(call.caller(), call.path("id")).id();
    }

    private static long number(Call call) {
        try {
            return Long.parseLong(call.path("number"));
        } catch (NumberFormatException e) {
            throw PlatformException.invalid("The number of a revision is a number.");
        }
    }

    private Object list(Call call) {
        return new Listed(notebooks.revisions(call.caller(), notebook(call)));
    }

    private Object get(Call call) {
        return notebooks.revision(call.caller(), notebook(call), number(call));
    }

    private Object save(Call call) {
        String comment = call.body(Comment.class).comment().orElse("");
        return new Saved(notebooks.save(call.caller(), notebook(call), comment));
    }

    private Object restore(Call call) {
        notebooks.restore(call.caller(), notebook(call), number(call));
        return Call.empty();
    }
}
