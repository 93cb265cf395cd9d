package io.slipway.content.tree;

import java.util.List;
import java.util.Optional;

/**
 * A notebook as it is read, run and drawn; file formats are the codecs' business.
 *
 * @param language of cells that have no magic
 * @param environment what a Python notebook asks for; empty = the cluster's
 * @param extra the Jupyter document this was read from, without its cells, as JSON text; empty = never was one
 */
public record Notebook(Language language, List<Cell> cells, Optional<Environment> environment, String extra) {
    public Notebook {
        cells = List.copyOf(cells);
    }

    public Notebook(Language language, List<Cell> cells) {
        this(language, cells, Optional.empty(), "");
    }
}
