package io.slipway.content.tree;

import io.slipway.identity.Permissions;
import io.slipway.kit.Loop;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Tx;
import java.nio.file.Path;
import java.util.Optional;

/** The tree and its folder on the disk, put together. */
public final class TreeRoom implements AutoCloseable {
    private final Tree tree;
    private final TreeFiles files;
    private final TreeChanges changes;
    private final Loop<WorkspaceId> loop;
    private final TreeSync sync;
    private final Optional<TreeWatch> watch;

    /**
     * @param root folder of this machine that holds the files of all workspaces
     * @param watched whether changes on the disk are heard; if not, only {@link #lookAtAll} finds them
     */
    public TreeRoom(Base base, Permissions permissions, OpenNotebooks open, Path root, boolean watched) {
        files = new TreeFiles(root, base.ids());
        changes = new TreeChanges(base.clock());
        tree = new Tree(base, permissions, open, files, changes);
        loop = base.loops().loop("tree");
        watch = watched ? Optional.of(new TreeWatch(files, changes, loop)) : Optional.empty();
        sync = new TreeSync(base, permissions, files, changes, watch);
        base.loops().run(loop, sync);
        watch.ifPresent(TreeWatch::start);
    }

    /** Makes the tree of a new workspace, in the transaction that makes the workspace, and looks after it from then on. */
    public void open(Tx tx, WorkspaceId workspace) {
        tree.bootstrap(tx, workspace);
        changes.whole(workspace, TreePath.ROOT);
        tx.wake(loop, workspace);
    }

    public Tree tree() {
        return tree;
    }

    /** Where the files of a workspace lie. */
    public Path folder(WorkspaceId workspace) {
        return files.local(workspace, TreePath.ROOT);
    }

    /** Brings the rows in step with the disk now. */
    public void lookAtAll(WorkspaceId workspace) {
        sync.lookAtAll(workspace);
    }

    @Override
    public void close() {
        watch.ifPresent(TreeWatch::close);
    }
}
