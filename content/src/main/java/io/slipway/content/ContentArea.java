package io.slipway.content;

import io.slipway.catalog.CatalogArea;
import io.slipway.content.dbfs.Dbfs;
import io.slipway.content.notebook.Answers;
import io.slipway.content.notebook.FullResults;
import io.slipway.content.notebook.NotebookRoom;
import io.slipway.content.notebook.NotebookRuns;
import io.slipway.content.notebook.Notebooks;
import io.slipway.content.notebook.OpenDocuments;
import io.slipway.content.notebook.Sources;
import io.slipway.content.notebook.Suggestions;
import io.slipway.content.notebook.Turns;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeRoom;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.workspace.WorkspaceFact;
import io.slipway.kit.WorkspaceId;
import io.slipway.object.folder.BucketFolder;
import io.slipway.spark.SparkArea;
import io.slipway.store.Base;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The tree, open notebooks and DBFS, put together. */
public final class ContentArea implements AutoCloseable {
    private final TreeRoom tree;
    private final Dbfs dbfs;
    private final Sources sources;
    private final NotebookRoom notebook;
    private final Suggestions suggestions;
    private final FullResults results;
    private final Answers answers;

    /**
     * Where the files are that clusters see too.
     *
     * @param dbfs holds what the DBFS of a workspace holds
     * @param dbfsBuckets hold it in its place, where there is one
     * @param tree holds the files of the trees, a folder for each workspace
     * @param watched whether it is heard when code on clusters changes something in the trees
     */
    public record Folders(
            Function<WorkspaceId, Path> dbfs,
            Function<WorkspaceId, Optional<BucketFolder>> dbfsBuckets,
            Path tree,
            boolean watched) {
        /** All on this machine. */
        public Folders(Function<WorkspaceId, Path> dbfs, Path tree, boolean watched) {
            this(dbfs, workspace -> Optional.empty(), tree, watched);
        }
    }

    public ContentArea(Base base, IdentityArea identity, CatalogArea catalog, SparkArea spark, Folders folders) {
        OpenDocuments open = new OpenDocuments(base);
        tree = new TreeRoom(base, identity.permissions(), open, folders.tree(), folders.watched());
        dbfs = new Dbfs(base, identity.permissions(), folders.dbfs(), folders.dbfsBuckets());
        sources = Sources.of(tree.tree(), dbfs);
        notebook = new NotebookRoom(
                base,
                identity,
                tree.tree(),
                spark.clusters(),
                spark.contexts(),
                sources,
                open,
                new Turns(spark.drivers(), spark.client()));
        suggestions = new Suggestions(
                notebook.runs(),
                spark.drivers(),
                spark.client(),
                catalog.catalogs(),
                catalog.schemas(),
                catalog.tables());
        results = new FullResults(notebook.runs(), spark.drivers(), spark.client(), identity.tokens());
        answers = new Answers(notebook.runs(), spark.drivers(), spark.client());
        base.facts().on(WorkspaceFact.Created.class, (tx, fact) -> {
            tree.open(tx, fact.workspace());
            tx.afterCommit(() -> dbfs.open(fact.workspace()));
        });
    }

    /** Makes what a workspace always has, if it is not there. */
    public void bootstrap(WorkspaceId workspace) {
        tree.tree().bootstrap(workspace);
        dbfs.open(workspace);
    }

    public Tree tree() {
        return tree.tree();
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

    public Answers answers() {
        return answers;
    }

    public FullResults results() {
        return results;
    }

    public Sources sources() {
        return sources;
    }

    @Override
    public void close() {
        tree.close();
    }
}
