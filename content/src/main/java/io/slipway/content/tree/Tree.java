package io.slipway.content.tree;

import io.slipway.identity.Caller;
import io.slipway.identity.Guarded;
import io.slipway.identity.Permissions;
import io.slipway.identity.Right;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The door to folders, notebooks and files. {@code /Users/<name>} belongs to that user, {@code /Shared} to everybody, unless somebody
 * gives them otherwise. Messages are those that clients of the workspace API 2.0 look for.
 */
public final class Tree {
    /** By which clients know the root of every workspace, beside the id that it has here. */
    private static final long ROOT_ID = 0;

    static final List<TreePath> ALWAYS_THERE = List.of(TreePath.ROOT, TreePath.USERS, TreePath.SHARED, TreePath.REPOS);

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final OpenNotebooks open;
    private final TreeFiles files;
    private final TreeChanges changes;
    private final TreeStore store = new TreeStore();
    private final TreeRights rights;

    /** @param changes told of folders that were moved: what happens in them is heard under their new paths */
    Tree(Base base, Permissions permissions, OpenNotebooks open, TreeFiles files, TreeChanges changes) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.rights = new TreeRights(permissions, store);
        this.open = open;
        this.files = files;
        this.changes = changes;
    }

    /** Makes the folders that are always there in a workspace; the same at every later start. */
    public void bootstrap(WorkspaceId workspace) {
        database.change(tx -> bootstrap(tx, workspace));
    }

    /** As {@link #bootstrap(WorkspaceId)}, in the transaction that makes the workspace. */
    void bootstrap(Tx tx, WorkspaceId workspace) {
        ALWAYS_THERE.forEach(path -> {
            boolean there = store.find(tx.sql(), workspace, path).isPresent();
            TreeObject folder = folder(tx, workspace, path, Caller.SYSTEM, PrincipalId.SYSTEM);
            if (path.equals(TreePath.SHARED) && !there) {
                rights.everybodys(tx, folder);
            }
        });
    }

    public TreeObject status(Caller caller, String path) {
        TreePath at = visited(caller, path);
        return database.read(handle -> found(handle, caller, at));
    }

    private TreeObject found(Handle handle, Caller caller, TreePath path) {
        TreeObject object = store.find(handle, caller.workspace(), path).orElseThrow(() -> missing(path));
        rights.requireFound(handle, caller, object);
        return object;
    }

    /** What permissions on the object with this id are about; its type tells the folder from the notebook. */
    public Guarded guarded(Caller caller, long id, ObjectType type) {
        return database.read(handle -> {
            TreeObject object = id == ROOT_ID ? found(handle, caller, TreePath.ROOT) : seen(handle, caller, id);
            if (object.type() != type) {
                throw missing(id);
            }
            return rights.guarded(handle, object);
        });
    }

    /** One level of a folder, ordered by path; of anything else the object itself. */
    public List<TreeObject> list(Caller caller, String path) {
        TreePath at = visited(caller, path);
        return database.read(handle -> {
            TreeObject object = found(handle, caller, at);
            return object.type() == ObjectType.DIRECTORY ? rights.children(handle, caller, object) : List.of(object);
        });
    }

    /** The object with this id: addresses of old clients name it so. */
    public TreeObject byId(Caller caller, long id) {
        return database.read(handle -> seen(handle, caller, id));
    }

    private TreeObject seen(Handle handle, Caller caller, long id) {
        TreeObject object = store.find(handle, id)
                .filter(found -> caller.reaches(found.workspace()))
                .orElseThrow(() -> missing(id));
        rights.requireFound(handle, caller, object);
        return object;
    }

    /** Notebooks and files, last changed first. */
    public List<TreeObject> recent(Caller caller, int limit) {
        return database.read(handle -> store.recent(handle, rights.visible(caller), limit));
    }

    /** Whatever has {@code text} in its path, shortest path first. */
    public List<TreeObject> search(Caller caller, String text, int limit) {
        return database.read(handle -> store.search(handle, rights.visible(caller), text, limit));
    }

    /** Makes a folder and those above it; a folder that is there already is fine. */
    public TreeObject mkdirs(Caller caller, String path) {
        TreePath at = visited(caller, path);
        return database.write(tx -> {
            TreeObject above =
                    store.find(tx.sql(), caller.workspace(), TreePath.ROOT).orElseThrow(() -> missing(TreePath.ROOT));
            List<TreePath> steps = at.folders();
            for (TreePath step : steps) {
                above = step(tx, caller, step, above);
            }
            return at.root() ? above : step(tx, caller, at, above);
        });
    }

    private TreeObject step(Tx tx, Caller caller, TreePath path, TreeObject above) {
        Optional<TreeObject> present = store.find(tx.sql(), caller.workspace(), path);
        if (present.isPresent()) {
            if (present.get().type() != ObjectType.DIRECTORY) {
                throw exists(path);
            }
            return present.get();
        }
        rights.require(tx.sql(), caller, Right.MANAGE, above);
        return folder(tx, caller.workspace(), path, caller, caller.id());
    }

    private TreeObject folder(Tx tx, WorkspaceId workspace, TreePath path, Caller owner, PrincipalId by) {
        return store.find(tx.sql(), workspace, path).orElseGet(() -> {
            long now = clock.millis();
            TreeObject made = new TreeObject(
                    ids.number(),
                    workspace,
                    path.value(),
                    ObjectType.DIRECTORY,
                    Optional.empty(),
                    owner.principal(),
                    now,
                    now,
                    0);
            store.insert(tx.sql(), made, Content.none());
            rights.made(tx, owner, made);
            store.mark(tx.sql(), made.id(), files.mkdirs(workspace, path));
            facts.tell(tx, by, new TreeFact.Created(made));
            return made;
        });
    }

    /**
     * Makes a notebook or file out of {@code content}.
     *
     * @param language needed for SOURCE unless the name or the first line tells it
     * @param overwrite replaces what is there, keeping its id and owner
     * @return where it went: AUTO takes a notebook's extension away
     */
    public TreeObject importContent(
            Caller caller, String path, Format format, Optional<Language> language, byte[] content, boolean overwrite) {
        return put(caller, Arrival.of(visited(caller, path), format, language, content), overwrite);
    }

    /** Saves an edited notebook as a Jupyter document, which keeps outputs. */
    public TreeObject saveNotebook(Caller caller, String path, Notebook notebook, boolean overwrite) {
        TreePath at = visited(caller, path);
        byte[] document = NotebookJupyter.write(notebook, at.name());
        return put(caller, Arrival.of(at, Format.JUPYTER, Optional.empty(), document), overwrite);
    }

    private TreeObject put(Caller caller, Arrival arrival, boolean overwrite) {
        if (arrival.type() != ObjectType.FILE) {
            return database.write(tx -> put(tx, caller, arrival, overwrite));
        }
        try (TreeFiles.Staged staged =
                files.stage(new ByteArrayInputStream(arrival.content().bytes()))) {
            return database.write(tx -> {
                TreeObject object = put(tx, caller, arrival, overwrite);
                store.mark(tx.sql(), object.id(), staged.place(object.workspace(), arrival.path()));
                return object;
            });
        }
    }

    private TreeObject put(Tx tx, Caller caller, Arrival arrival, boolean overwrite) {
        TreePath path = arrival.path();
        TreeObject above = folderAbove(tx, caller, path);
        Optional<TreeObject> present = store.find(tx.sql(), caller.workspace(), path);
        if (present.isPresent()) {
            rights.require(tx.sql(), caller, Right.EDIT, present.get());
        } else {
            rights.require(tx.sql(), caller, Right.MANAGE, above);
        }
        Optional<TreeFiles.Entry> onDisk = files.find(caller.workspace(), path);
        if ((present.isPresent() || onDisk.isPresent())
                && (!overwrite
                        || present.filter(object -> object.type() == ObjectType.DIRECTORY)
                                .isPresent()
                        || onDisk.filter(TreeFiles.Entry::folder).isPresent())) {
            throw exists(path);
        }
        long now = clock.millis();
        TreeObject object = new TreeObject(
                present.map(TreeObject::id).orElseGet(ids::number),
                caller.workspace(),
                path.value(),
                arrival.type(),
                arrival.language(),
                present.map(TreeObject::owner).orElse(caller.principal()),
                present.map(TreeObject::createdAt).orElse(now),
                now,
                arrival.content().bytes().length);
        if (present.isPresent()) {
            store.replace(tx.sql(), object, arrival.content());
            replaced(tx, caller, object, arrival);
        } else {
            store.insert(tx.sql(), object, arrival.content());
            rights.made(tx, caller, object);
        }
        facts.tell(tx, caller.id(), new TreeFact.Imported(object));
        if (object.type() == ObjectType.NOTEBOOK && onDisk.isPresent()) {
            // Notebooks are not on the disk.
            store.mark(tx.sql(), object.id(), FileMark.NONE);
            takeAway(tx, object);
        }
        return object;
    }

    /** The last step of its transaction. Should the rows not become safe, the next look puts back what was taken away. */
    private void takeAway(Tx tx, TreeObject object) {
        files.takeAway(object);
        tx.afterCommit(() -> files.forget(object.id()));
    }

    private void replaced(Tx tx, Caller caller, TreeObject object, Arrival arrival) {
        if (arrival.language().isPresent()) {
            open.replaced(
                    tx,
                    caller,
                    object.id(),
                    arrival.content().notebook(arrival.language().get()));
        } else {
            open.gone(tx, object);
        }
    }

    /** For those who hold the notebook open: it is there, is one, and {@code caller} may do this with it. */
    public TreeObject requireNotebook(Tx tx, Caller caller, Right right, long id) {
        TreeObject object = store.find(tx.sql(), id)
                .filter(found -> found.type() == ObjectType.NOTEBOOK && caller.reaches(found.workspace()))
                .orElseThrow(() -> PlatformException.notFound("Notebook " + id + " doesn't exist."));
        rights.require(tx.sql(), caller, right, object);
        return object;
    }

    /** What {@code caller} may do with it. */
    public Set<Right> rights(Caller caller, TreeObject object) {
        return database.read(handle -> Arrays.stream(Right.values())
                .filter(right -> rights.may(handle, caller, right, object))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The notebook has just been changed by one who may. */
    public void edited(Tx tx, Caller caller, long id, Language language) {
        requireNotebook(tx, caller, Right.EDIT, id);
        store.touch(tx.sql(), id, language, clock.millis());
    }

    /** What was stored when the notebook was last imported: the beginning of its life in the open. */
    public Notebook stored(Tx tx, long id) {
        TreeObject object = store.find(tx.sql(), id)
                .filter(found -> found.type() == ObjectType.NOTEBOOK)
                .orElseThrow(() -> PlatformException.notFound("Notebook " + id + " doesn't exist."));
        return store.content(tx.sql(), object).notebook(object.language().orElse(Language.PYTHON));
    }

    /** A notebook or file in {@code format}; a directory as a zip (SOURCE and AUTO only). */
    public Exported export(Caller caller, String path, Format format) {
        TreeObject object = status(caller, path);
        return database.read(handle -> {
            // To find a folder is not to read all that is in it.
            rights.require(handle, caller, Right.VIEW, object);
            return new Exporter(store, files, open, handle).export(object, format);
        });
    }

    /** The notebook at {@code path}, ready to be run or drawn. */
    public Notebook notebook(Caller caller, String path) {
        TreeObject object = status(caller, path);
        Language language = object.language()
                .orElseThrow(() -> PlatformException.invalid("Path (" + object.path() + ") is not a notebook."));
        return database.read(handle -> new Exporter(store, files, open, handle).content(object))
                .notebook(language);
    }

    /** The bytes of a file; of a notebook its source. */
    public byte[] file(Caller caller, String path) {
        TreeObject object = status(caller, path);
        if (object.type() == ObjectType.DIRECTORY) {
            throw PlatformException.invalid("Path (" + object.path() + ") is a directory.");
        }
        return export(caller, path, Format.SOURCE).content();
    }

    public void delete(Caller caller, String path, boolean recursive) {
        TreePath at = visited(caller, path);
        database.change(tx -> {
            TreeObject object = store.find(tx.sql(), caller.workspace(), at).orElseThrow(() -> missing(at));
            requireUnprotected(caller, at);
            rights.require(tx.sql(), caller, Right.MANAGE, object);
            if (!recursive && !store.children(tx.sql(), object).isEmpty()) {
                throw new PlatformException(
                        ErrorCode.NOT_EMPTY,
                        "Folder (" + at + ") is not empty.",
                        Map.of("reason", "DIRECTORY_NOT_EMPTY"));
            }
            List<TreeObject> all = store.tree(tx.sql(), object);
            all.stream().filter(below -> below.type() == ObjectType.NOTEBOOK).forEach(below -> open.gone(tx, below));
            rights.gone(tx, all);
            store.deleteTree(tx.sql(), object);
            facts.tell(tx, caller.id(), new TreeFact.Deleted(object));
            takeAway(tx, object);
        });
    }

    /**
     * Gives an object, with everything below it, another path. It stays the same object: who has a notebook open goes on, its revisions
     * stay. Jobs name notebooks by their path, and must be told the new one.
     */
    public TreeObject move(Caller caller, long id, String path) {
        TreePath to = visited(caller, path);
        return database.write(tx -> {
            TreeObject object = seen(tx.sql(), caller, id);
            TreePath from = new TreePath(object.path());
            requireUnprotected(caller, from);
            rights.require(tx.sql(), caller, Right.MANAGE, object);
            if (to.within(from)) {
                throw PlatformException.invalid(
                        "Path (" + from + ") cannot be moved to (" + to + "), which is within it.");
            }
            rights.require(tx.sql(), caller, Right.MANAGE, folderAbove(tx, caller, to));
            boolean taken = store.find(tx.sql(), caller.workspace(), to).isPresent()
                    || files.find(caller.workspace(), to).isPresent();
            if (taken) {
                throw exists(to);
            }
            store.move(tx.sql(), object, to);
            TreeObject moved = store.find(tx.sql(), id).orElseThrow();
            facts.tell(tx, caller.id(), new TreeFact.Moved(moved));
            files.move(caller.workspace(), from, to);
            tx.afterCommit(() -> changes.whole(caller.workspace(), to));
            return moved;
        });
    }

    private void requireUnprotected(Caller caller, TreePath path) {
        if (ALWAYS_THERE.contains(path) || path.equals(TreePath.USERS.child(caller.name()))) {
            throw new PlatformException(
                    ErrorCode.INVALID_STATE,
                    "Path (" + path + ") is protected and cannot be deleted or moved.",
                    Map.of("reason", "DIRECTORY_PROTECTED"));
        }
    }

    private TreeObject folderAbove(Tx tx, Caller caller, TreePath path) {
        return store.find(tx.sql(), caller.workspace(), path.parent())
                .filter(parent -> parent.type() == ObjectType.DIRECTORY)
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.NOT_FOUND, "The parent folder (" + path.parent() + ") does not exist."));
    }

    /** The path that was asked for; the caller's home is made when its neighbourhood is first visited. */
    private TreePath visited(Caller caller, String written) {
        TreePath path = TreePath.of(written);
        if (!caller.id().equals(PrincipalId.SYSTEM) && path.within(TreePath.USERS)) {
            TreePath home = TreePath.USERS.child(caller.name());
            if (database.read(handle -> store.find(handle, caller.workspace(), home))
                    .isEmpty()) {
                database.change(tx -> folder(tx, caller.workspace(), home, caller, PrincipalId.SYSTEM));
            }
        }
        return path;
    }

    static PlatformException missing(TreePath path) {
        return new PlatformException(ErrorCode.NOT_FOUND, "Path (" + path + ") doesn't exist.");
    }

    private static PlatformException missing(long id) {
        return PlatformException.notFound("Object " + id + " doesn't exist.");
    }

    static PlatformException exists(TreePath path) {
        return new PlatformException(ErrorCode.ALREADY_EXISTS, "Path (" + path + ") already exists.");
    }
}
