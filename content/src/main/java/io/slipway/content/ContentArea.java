package io.slipway.content;

import io.slipway.catalog.CatalogArea;
import io.slipway.content.dbfs.Dbfs;
import io.slipway.content.notebook.FullResults;
import io.slipway.content.notebook.NotebookRoom;
import io.slipway.content.notebook.NotebookRuns;
import io.slipway.content.notebook.Notebooks;
import io.slipway.content.notebook.OpenDocuments;
import io.slipway.content.notebook.Sources;
import io.slipway.content.notebook.Suggestions;
import io.slipway.content.tree.Tree;
import io.slipway.identity.IdentityArea;
import io.slipway.spark.SparkArea;
import io.slipway.store.Base;
import java.nio.file.Path;

/** The tree, open notebooks and DBFS, put together. */
public final class ContentArea {
    private final Tree tree;
    private final Dbfs dbfs;
    private final Sources sources;
    private final NotebookRoom notebook;
    private final Suggestions suggestions;
    private final FullResults results;

    /** @param dbfsRoot folder of this machine that holds what DBFS holds */
    public ContentArea(Base base, IdentityArea identity, CatalogArea catalog, SparkArea spark, Path dbfsRoot) {
        OpenDocuments open = new OpenDocuments(base);
        tree = new Tree(base, identity.permissions(), open);
        dbfs = new Dbfs(base, identity.permissions(), dbfsRoot);
        sources = Sources.of(tree, dbfs);
        notebook = new NotebookRoom(base, identity, tree, spark.clusters(), spark.contexts(), sources, open);
        suggestions = new Suggestions(
                notebook.runs(),
                spark.drivers(),
                spark.client(),
                catalog.catalogs(),
                catalog.schemas(),
                catalog.tables());
        results = new FullResults(notebook.runs(), spark.drivers(), spark.client(), identity.tokens());
    }

    public Tree tree() {
        return tree;
    }

    public Dbfs dbfs() {
        return dbfs;
    }

    public Notebooks notebooks() {
        return notebook.notebooks();
    }

    public NotebookRuns notebookRuns() {
        return notebook.runs();
    }

    public Suggestions suggestions() {
        return suggestions;
    }

    public FullResults results() {
        return results;
    }

    public Sources sources() {
        return sources;
    }
}
