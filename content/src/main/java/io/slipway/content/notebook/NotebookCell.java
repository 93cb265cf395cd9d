package io.slipway.content.notebook;

import io.slipway.content.tree.Cell;

/**
 * A cell of an open notebook.
 *
 * @param id stays the same for the life of the cell
 * @param version counts the changes of its text
 */
public record NotebookCell(String id, long version, Cell cell, Look look) {
    /**
     * How it is shown to everybody.
     *
     * @param codeHidden its code is folded away
     * @param resultHidden its output is folded away
     * @param views a JSON object: how its results were arranged, in the web application's own words
     */
    public record Look(boolean codeHidden, boolean resultHidden, String views) {
        static final Look PLAIN = new Look(false, false, "{}");
    }

    /** Nothing was done to it yet. */
    static NotebookCell fresh(String id, Cell cell) {
        return new NotebookCell(id, 0, cell, Look.PLAIN);
    }

    NotebookCell text(String text, long newVersion) {
        return new NotebookCell(
                id,
                newVersion,
                new Cell(text, cell.title(), cell.titleShown(), cell.bare() && text.startsWith("%"), cell.extra()),
                look);
    }

    NotebookCell title(String title, boolean shown) {
        return new NotebookCell(id, version, new Cell(cell.text(), title, shown, cell.bare(), cell.extra()), look);
    }

    NotebookCell folded(boolean code, boolean result) {
        return new NotebookCell(id, version, cell, new Look(code, result, look.views()));
    }

    NotebookCell viewed(String views) {
        return new NotebookCell(id, version, cell, new Look(look.codeHidden(), look.resultHidden(), views));
    }

    /** As it was read again from a file: what else the file says of it. */
    NotebookCell carrying(boolean bare, String extra) {
        return new NotebookCell(id, version, new Cell(cell.text(), cell.title(), cell.titleShown(), bare, extra), look);
    }
}
