package io.slipway.content.tree;

import io.slipway.identity.Permissions;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Outcome;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Reconciler;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the rows of folders and files in step with what code on clusters does on the disk. What is on the disk is right: a file that
 * was written there gets a row, one that is gone loses it, one that has moved keeps its id. Only notebooks have no file, so a folder
 * that holds some does not go with its directory.
 */
final class TreeSync implements Reconciler<WorkspaceId> {
    private static final Duration LOOK_AT_UNWATCHED = Duration.ofSeconds(1);

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final TreeFiles files;
    private final TreeChanges changes;
    private final Optional<TreeWatch> watch;
    private final TreeStore store = new TreeStore();
    private final TreeRights rights;
    private final Set<WorkspaceId> known = new HashSet<>();

    TreeSync(Base base, Permissions permissions, TreeFiles files, TreeChanges changes, Optional<TreeWatch> watch) {
        this.rights = new TreeRights(permissions, store);
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.files = files;
        this.changes = changes;
        this.watch = watch;
    }

    /** Every workspace once, since nobody knows what happened before this server; then those with changes. */
    @Override
    public Iterable<WorkspaceId> unfinished() {
        for (WorkspaceId workspace : database.read(store::workspaces)) {
            synchronized (known) {
                if (known.add(workspace)) {
                    changes.whole(workspace, TreePath.ROOT);
                }
            }
        }
        return changes.workspaces();
    }

    @Override
    public Outcome reconcile(WorkspaceId workspace) {
        Optional<Duration> wait = changes.wait(workspace);
        if (wait.isPresent() && !wait.get().isZero()) {
            return Outcome.again(wait.get());
        }
        TreeChanges.Found found = changes.take(workspace);
        try {
            look(workspace, found);
        } catch (RuntimeException e) {
            changes.whole(workspace, TreePath.ROOT);
            throw e;
        }
        if (watch.map(each -> each.lookAtUnwatched(workspace)).orElse(false)) {
            return Outcome.again(LOOK_AT_UNWATCHED);
        }
        return changes.wait(workspace).map(Outcome::again).orElseGet(Outcome::done);
    }

    /** Looks at the whole tree now. */
    void lookAtAll(WorkspaceId workspace) {
        look(workspace, new TreeChanges.Found(Map.of(), Set.of(TreePath.ROOT)));
    }

    private void look(WorkspaceId workspace, TreeChanges.Found found) {
        if (found.whole().contains(TreePath.ROOT)) {
            settleDeletions();
        }
        Look look = new Look(workspace);
        found.names().forEach(look::names);
        found.whole().forEach(look::whole);
        look.run();
    }

    /** What was taken away when a server stopped: its row says whether for good. A notebook has taken the place of a file for good. */
    private void settleDeletions() {
        for (long id : files.takenAway()) {
            // In a transaction: a deletion that is under way has the writer's turn until it is decided.
            database.change(tx -> {
                Optional<TreeObject> object =
                        store.find(tx.sql(), id).filter(found -> found.type() != ObjectType.NOTEBOOK);
                if (object.isPresent()) {
                    files.putBack(object.get());
                } else {
                    files.forget(id);
                }
            });
        }
    }

    /** What the disk holds in one folder, and what the rows say. */
    private record Compared(Map<String, TreeFiles.Entry> entries, Map<String, Known> rows) {}

    /** A row with what it remembers of the disk. */
    record Known(TreeObject object, FileMark mark) {
        TreePath path() {
            return new TreePath(object.path());
        }

        String name() {
            return path().name();
        }

        boolean notebook() {
            return object.type() == ObjectType.NOTEBOOK;
        }

        boolean folder() {
            return object.type() == ObjectType.DIRECTORY;
        }
    }

    /** One look at parts of a workspace. Rows go only after all parts were seen: what is gone here may have come there. */
    private final class Look {
        private final WorkspaceId workspace;
        private final Deque<TreePath> folders = new ArrayDeque<>();
        private final Map<TreePath, Set<String>> names = new HashMap<>();
        private final Set<TreePath> seen = new HashSet<>();
        private final Set<TreePath> gone = new LinkedHashSet<>();

        Look(WorkspaceId workspace) {
            this.workspace = workspace;
        }

        void names(TreePath folder, Set<String> some) {
            names.put(folder, some);
        }

        void whole(TreePath folder) {
            folders.add(folder);
        }

        void run() {
            names.forEach((folder, some) -> compare(folder, compared(folder, some)));
            lookIntoFolders();
            while (!gone.isEmpty()) {
                List<TreePath> now = List.copyOf(gone);
                gone.clear();
                now.forEach(path -> database.change(tx -> vanish(tx, path)));
                lookIntoFolders();
            }
        }

        private void lookIntoFolders() {
            while (!folders.isEmpty()) {
                TreePath folder = folders.remove();
                if (seen.add(folder)) {
                    watch.ifPresent(each -> each.add(workspace, folder));
                    compare(folder, compared(folder));
                }
            }
        }

        private Compared compared(TreePath folder) {
            Map<String, TreeFiles.Entry> entries = new HashMap<>();
            files.list(workspace, folder).forEach(entry -> entries.put(entry.name(), entry));
            Map<String, Known> rows = new HashMap<>();
            database.read(handle -> store.knownChildren(handle, workspace, folder))
                    .forEach(row -> rows.put(row.name(), row));
            return new Compared(entries, rows);
        }

        private Compared compared(TreePath folder, Set<String> some) {
            Map<String, TreeFiles.Entry> entries = new HashMap<>();
            Map<String, Known> rows = new HashMap<>();
            for (String name : some) {
                if (TreePath.isName(name)) {
                    TreePath path = folder.child(name);
                    files.find(workspace, path).ifPresent(entry -> entries.put(name, entry));
                    database.read(handle -> store.known(handle, workspace, path))
                            .ifPresent(row -> rows.put(name, row));
                }
            }
            return new Compared(entries, rows);
        }

        private void compare(TreePath folder, Compared compared) {
            compared.entries().forEach((name, entry) -> {
                Known row = compared.rows().get(name);
                TreePath path = folder.child(name);
                if (row == null || row.notebook() || !same(row, entry)) {
                    database.change(tx -> arrive(tx, path));
                } else if (row.folder()) {
                    // One that the API made has its row already, and is not watched yet.
                    folders.add(path);
                }
            });
            compared.rows().forEach((name, row) -> {
                if (!compared.entries().containsKey(name) && !row.notebook()) {
                    gone.add(row.path());
                }
            });
        }

        private boolean same(Known row, TreeFiles.Entry entry) {
            return row.folder() == entry.folder() && row.mark().equals(entry.mark());
        }

        /** There is something at this path which the rows do not know, or not so. */
        private void arrive(Tx tx, TreePath path) {
            Optional<TreeFiles.Entry> entry = files.find(workspace, path);
            Optional<Known> row = store.known(tx.sql(), workspace, path);
            Optional<TreeObject> above = store.find(tx.sql(), workspace, path.parent());
            if (entry.isEmpty()) {
                return;
            }
            if (above.filter(folder -> folder.type() == ObjectType.DIRECTORY).isEmpty()) {
                // Its folder is new as well, and is looked into when it has a row.
                changes.whole(workspace, path.parent().parent());
                return;
            }
            if (row.filter(known -> keepsItsPath(tx, known, entry.get())).isPresent()) {
                giveWay(tx, path);
            } else if (row.filter(known -> known.folder() == entry.get().folder())
                    .isPresent()) {
                touched(tx, row.get(), entry.get());
            } else {
                row.ifPresent(known -> remove(tx, known.object()));
                moved(tx, path, entry.get())
                        .ifPresentOrElse(unused -> {}, () -> created(tx, path, entry.get(), above.get()));
            }
            if (entry.get().folder()) {
                folders.add(path);
            }
        }

        /** Notebooks are not on the disk, and what they lie in is not lost because somebody wrote a file of that name. */
        private boolean keepsItsPath(Tx tx, Known row, TreeFiles.Entry entry) {
            return row.notebook()
                    || (row.folder()
                            && !entry.folder()
                            && (row.path().alwaysThere() || store.holdsNotebook(tx.sql(), row.object())));
        }

        /** What came gets the next free name. */
        private void giveWay(Tx tx, TreePath path) {
            for (int number = 1; ; number++) {
                TreePath free = path.parent().child(path.name() + " (" + number + ")");
                if (store.find(tx.sql(), workspace, free).isEmpty()
                        && files.find(workspace, free).isEmpty()) {
                    files.move(workspace, path, free);
                    arrive(tx, free);
                    gone.add(path);
                    return;
                }
            }
        }

        private void touched(Tx tx, Known row, TreeFiles.Entry entry) {
            store.mark(tx.sql(), row.object().id(), entry.mark());
            if (!row.folder()) {
                store.changed(tx.sql(), row.object().id(), entry.mark().size(), clock.millis());
                tell(tx, row.path(), false);
            }
        }

        private Optional<TreeObject> moved(Tx tx, TreePath path, TreeFiles.Entry entry) {
            return store.byKey(tx.sql(), workspace, entry.mark().key()).stream()
                    .filter(known ->
                            known.folder() == entry.folder() && known.mark().equals(entry.mark()))
                    .filter(known -> !path.within(known.path()))
                    .filter(known -> !known.path().alwaysThere())
                    .filter(known -> files.find(workspace, known.path())
                            .filter(there -> there.mark().key() == entry.mark().key())
                            .isEmpty())
                    .findFirst()
                    .map(known -> {
                        store.move(tx.sql(), known.object(), path);
                        TreeObject now =
                                store.find(tx.sql(), known.object().id()).orElseThrow();
                        facts.tell(tx, PrincipalId.SYSTEM, new TreeFact.Moved(now));
                        return now;
                    });
        }

        private void created(Tx tx, TreePath path, TreeFiles.Entry entry, TreeObject above) {
            long now = clock.millis();
            TreeObject object = new TreeObject(
                    ids.number(),
                    workspace,
                    path.value(),
                    entry.folder() ? ObjectType.DIRECTORY : ObjectType.FILE,
                    Optional.empty(),
                    above.owner(),
                    now,
                    now,
                    entry.mark().size());
            store.insert(tx.sql(), object, Content.none());
            store.mark(tx.sql(), object.id(), entry.mark());
            tell(tx, path, entry.folder());
        }

        private void tell(Tx tx, TreePath path, boolean folder) {
            TreeObject now = store.find(tx.sql(), workspace, path).orElseThrow();
            facts.tell(tx, PrincipalId.SYSTEM, folder ? new TreeFact.Created(now) : new TreeFact.Imported(now));
        }

        /** Nothing is on the disk where the rows say that there is something. */
        private void vanish(Tx tx, TreePath path) {
            Optional<Known> row = store.known(tx.sql(), workspace, path);
            if (row.isEmpty()
                    || row.get().notebook()
                    || files.find(workspace, path).isPresent()) {
                return;
            }
            Known known = row.get();
            if (files.putBack(known.object())) {
                // The transaction of its deletion failed.
                folders.add(path);
            } else if (known.folder()) {
                if (!known.mark().onDisk() || path.alwaysThere() || store.holdsNotebook(tx.sql(), known.object())) {
                    store.mark(tx.sql(), known.object().id(), files.mkdirs(workspace, path));
                    folders.add(path);
                    seen.remove(path);
                } else {
                    remove(tx, known.object());
                }
            } else if (!known.mark().onDisk() && store.hasContent(tx.sql(), known.object())) {
                putOnDisk(tx, known.object());
            } else {
                remove(tx, known.object());
            }
        }

        /** Files of earlier versions have their bytes in the database. */
        private void putOnDisk(Tx tx, TreeObject file) {
            byte[] bytes = store.content(tx.sql(), file).bytes();
            try (TreeFiles.Staged staged = files.stage(new ByteArrayInputStream(bytes))) {
                store.mark(tx.sql(), file.id(), staged.place(workspace, new TreePath(file.path())));
                store.dropContent(tx.sql(), file.id());
            }
        }

        private void remove(Tx tx, TreeObject object) {
            rights.gone(tx, store.tree(tx.sql(), object));
            store.deleteTree(tx.sql(), object);
            facts.tell(tx, PrincipalId.SYSTEM, new TreeFact.Deleted(object));
        }
    }
}
