package io.slipway.content.notebook;

import io.slipway.content.tree.Language;
import io.slipway.identity.Principal;
import java.util.List;

/**
 * The text of a notebook at one time, without outputs.
 *
 * @param reason save, run, edits, overwritten or restore
 */
public record Revision(long number, long madeAt, Principal madeBy, String reason, String comment) {
    /** What a revision keeps. */
    public record Content(Language language, List<Part> cells) {
        public Content {
            cells = List.copyOf(cells);
        }
    }

    /** One cell of it. */
    public record Part(String id, String text, String title, boolean titleShown, boolean bare) {
        static Part of(NotebookCell each) {
            return new Part(
                    each.id(),
                    each.cell().text(),
                    each.cell().title(),
                    each.cell().titleShown(),
                    each.cell().bare());
        }
    }
}
