package io.slipway.platform.notebook;

import io.slipway.platform.workspace.Cell;

/**
 * A cell of an open notebook.
 *
 * @param id stays the same for the life of the cell
 * @param version counts the changes of its text
 * @param codeHidden its code is folded away
 * @param resultHidden its output is folded away
 */
public record NotebookCell(String id, long version, Cell cell, boolean codeHidden, boolean resultHidden) {
    NotebookCell text(String text, long newVersion) {
        return new NotebookCell(
                id,
                newVersion,
                new Cell(text, cell.title(), cell.titleShown(), cell.bare() && text.startsWith("%"), cell.extra()),
                codeHidden,
                resultHidden);
    }

    NotebookCell title(String title, boolean shown) {
        return new NotebookCell(
                id, version, new Cell(cell.text(), title, shown, cell.bare(), cell.extra()), codeHidden, resultHidden);
    }

    NotebookCell folded(boolean code, boolean result) {
        return new NotebookCell(id, version, cell, code, result);
    }

    NotebookCell extra(String extra) {
        return new NotebookCell(
                id,
                version,
                new Cell(cell.text(), cell.title(), cell.titleShown(), cell.bare(), extra),
                codeHidden,
                resultHidden);
    }
}
