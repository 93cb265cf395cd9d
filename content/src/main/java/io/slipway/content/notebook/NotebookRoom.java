package io.slipway.content.notebook;

import io.slipway.content.tree.Tree;
import io.slipway.identity.IdentityArea;
import io.slipway.kit.Kind;
import io.slipway.kit.Loop;
import io.slipway.spark.compute.ClusterFact;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.kernel.CommandFact;
import io.slipway.spark.kernel.Contexts;
import io.slipway.store.Base;
import io.slipway.store.Tx;

/** Open notebooks, put together. */
public final class NotebookRoom {
    private final Notebooks notebooks;
    private final NotebookRuns runs;
    private final CellOutput output;
    private final NotebookReconciler reconciler;
    private final Loop<Long> loop;

    /** @param open what the tree sees of open notebooks */
    public NotebookRoom(
            Base base,
            IdentityArea identity,
            Tree tree,
            Clusters clusters,
            Contexts contexts,
            CellCommands.Source sources,
            OpenDocuments open,
            Turns turns) {
        loop = base.loops().loop("notebook");
        notebooks = new Notebooks(base, tree, contexts, open);
        runs = new NotebookRuns(base, identity.permissions(), tree, contexts, open, loop);
        output = new CellOutput(base.clock(), contexts, open.text(), new DocumentLog(base.facts()));
        reconciler = new NotebookReconciler(
                base, identity.identities(), tree, clusters, contexts, new CellCommands(sources), open, output, turns);
        base.loops().run(loop, reconciler);
        base.facts().on(ClusterFact.Running.class, (tx, fact) -> wakeAttachedTo(tx, fact));
        base.facts().on(ClusterFact.Ended.class, (tx, fact) -> wakeAttachedTo(tx, fact));
        base.facts().on(CommandFact.Moved.class, (tx, fact) -> {
            if (isOfNotebook(fact) && !output.hear(tx, fact)) {
                tx.wake(loop, fact.partOf().number());
            }
        });
        base.facts().on(CommandFact.Ended.class, (tx, fact) -> {
            if (isOfNotebook(fact)) {
                tx.wake(loop, fact.partOf().number());
            }
        });
    }

    private void wakeAttachedTo(Tx tx, ClusterFact fact) {
        reconciler.attachedTo(tx, fact.subject().id()).forEach(notebook -> tx.wake(loop, notebook));
    }

    private static boolean isOfNotebook(CommandFact fact) {
        return fact.partOf().kind() == Kind.NOTEBOOK;
    }

    public Notebooks notebooks() {
        return notebooks;
    }

    public NotebookRuns runs() {
        return runs;
    }

    NotebookReconciler reconciler() {
        return reconciler;
    }
}
