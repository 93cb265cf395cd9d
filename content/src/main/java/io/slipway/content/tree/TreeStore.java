package io.slipway.content.tree;

import io.slipway.content.tree.Content.StoredAs;
import io.slipway.identity.Principal;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Visible;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Rows of {@code tree_object} and {@code tree_content}. */
final class TreeStore {
    /** A path's own row and those below it. Not LIKE, which ignores case on SQLite and gives meaning to {@code _}. */
    private static final String WITHIN =
            "workspace_id = :workspace and (path = cast(:path as text) or substr(path, 1, length(cast(:prefix as text))) = cast(:prefix as text))";

    private static final String SELECT =
            "select tree_object.*, " + Principal.named("owner_id", "owner") + " from tree_object ";

    Optional<TreeObject> find(Handle handle, WorkspaceId workspace, TreePath path) {
        return known(handle, workspace, path).map(TreeSync.Known::object);
    }

    Optional<TreeObject> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map((row, context) -> object(row))
                .findOne();
    }

    /** Notebooks and files, last changed first. */
    List<TreeObject> recent(Handle handle, Visible visible, int limit) {
        return handle.createQuery(SELECT + "where <visible>" + """
                         and type <> 'DIRECTORY' order by modified_at desc, id desc limit :limit
                        """)
                .define("visible", visible.condition())
                .bindMap(visible.values())
                .bind("limit", limit)
                .map((row, context) -> object(row))
                .list();
    }

    /** Whatever has {@code text} in its path, in any case, shortest path first. */
    List<TreeObject> search(Handle handle, Visible visible, String text, int limit) {
        String pattern = text.toLowerCase(Locale.ROOT).replaceAll("([%_!])", "!$1");
        return handle.createQuery(SELECT + "where <visible>" + """
                         and lower(path) like :pattern escape '!' order by length(path), path limit :limit
                        """)
                .define("visible", visible.condition())
                .bindMap(visible.values())
                .bind("pattern", "%" + pattern + "%")
                .bind("limit", limit)
                .map((row, context) -> object(row))
                .list();
    }

    void touch(Handle handle, long id, Language language, long at) {
        handle.createUpdate("update tree_object set modified_at = :at, language = :language where id = :id")
                .bind("at", at)
                .bind("language", language.name())
                .bind("id", id)
                .execute();
    }

    List<TreeObject> children(Handle handle, TreeObject folder) {
        return knownChildren(handle, folder.workspace(), new TreePath(folder.path())).stream()
                .map(TreeSync.Known::object)
                .sorted(Comparator.comparing(TreeObject::path))
                .toList();
    }

    /** The object itself and everything below it, parents first. */
    List<TreeObject> tree(Handle handle, TreeObject top) {
        TreePath path = new TreePath(top.path());
        return handle
                .createQuery(SELECT + "where " + WITHIN)
                .bind("workspace", top.workspace().number())
                .bind("path", path.value())
                .bind("prefix", path.root() ? "/" : path.value() + "/")
                .map((row, context) -> object(row))
                .stream()
                .sorted(Comparator.comparing(TreeObject::path))
                .toList();
    }

    /** Workspaces that have a tree. */
    List<WorkspaceId> workspaces(Handle handle) {
        return handle.createQuery("select workspace_id from tree_object where path = '/' order by workspace_id")
                .map((row, context) -> new WorkspaceId(row.getLong("workspace_id")))
                .list();
    }

    Optional<TreeSync.Known> known(Handle handle, WorkspaceId workspace, TreePath path) {
        return handle.createQuery(SELECT + "where workspace_id = :workspace and path = :path")
                .bind("workspace", workspace.number())
                .bind("path", path.value())
                .map((row, context) -> known(row))
                .findOne();
    }

    List<TreeSync.Known> knownChildren(Handle handle, WorkspaceId workspace, TreePath folder) {
        return handle.createQuery(SELECT + "where workspace_id = :workspace and parent = :parent and path <> '/'")
                .bind("workspace", workspace.number())
                .bind("parent", folder.value())
                .map((row, context) -> known(row))
                .list();
    }

    /** Objects that were seen on the disk under this key: one, or several names of one file. */
    List<TreeSync.Known> byKey(Handle handle, WorkspaceId workspace, long key) {
        return handle.createQuery(SELECT + "where workspace_id = :workspace and file_key = :key and file_key <> 0")
                .bind("workspace", workspace.number())
                .bind("key", key)
                .map((row, context) -> known(row))
                .list();
    }

    void mark(Handle handle, long id, FileMark mark) {
        handle.createUpdate("update tree_object set file_key = :key, file_time = :time where id = :id")
                .bind("key", mark.key())
                .bind("time", mark.time())
                .bind("id", id)
                .execute();
    }

    /** The file was written. */
    void changed(Handle handle, long id, long size, long at) {
        handle.createUpdate("update tree_object set size = :size, modified_at = :at where id = :id")
                .bind("size", size)
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    /** The folders that the object is in, up to the root. */
    List<Ref> above(Handle handle, TreeObject object) {
        TreePath path = new TreePath(object.path());
        if (path.root()) {
            return List.of();
        }
        List<String> folders = Stream.concat(Stream.of(TreePath.ROOT), path.folders().stream())
                .map(TreePath::value)
                .toList();
        return handle
                .createQuery("select id from tree_object where workspace_id = :workspace and path in (<folders>)")
                .bind("workspace", object.workspace().number())
                .bindList("folders", folders)
                .mapTo(Long.class)
                .stream()
                .map(id -> Ref.of(Kind.TREE, object.workspace(), id))
                .toList();
    }

    /** @param ids a query of ids, with {@code :seenIn} for the workspace */
    List<String> paths(Handle handle, WorkspaceId workspace, String ids) {
        return handle.createQuery("select path from tree_object where id in (" + ids + ")")
                .bind("seenIn", workspace.number())
                .mapTo(String.class)
                .list();
    }

    /**
     * Whether an object is one of these or below one. Only folders are gone through, however many objects are in them: the cross join has
     * SQLite go from folders to those in them, and the plus keeps it from beginning with the objects, which it would have to sort.
     */
    static String within(String ids) {
        return "+tree_object.id in (" + ids
                + ") or tree_object.parent in (with recursive below(path) as (select given.path from tree_object as given"
                + " where given.id in (" + ids
                + ") union select child.path from below cross join tree_object as child"
                + " where child.workspace_id = :seenIn and child.parent = below.path and child.type = 'DIRECTORY')"
                + " select path from below)";
    }

    /** Whether there is a notebook somewhere below the folder. */
    boolean holdsNotebook(Handle handle, TreeObject folder) {
        return handle.createQuery("select count(*) from (select 1 from tree_object where " + WITHIN
                                + " and type = 'NOTEBOOK' limit 1) found")
                        .bind("workspace", folder.workspace().number())
                        .bind("path", folder.path())
                        .bind("prefix", folder.path() + "/")
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Whether the bytes of the object are in the database. */
    boolean hasContent(Handle handle, TreeObject object) {
        return handle.createQuery("select count(*) from tree_content where object_id = :id")
                        .bind("id", object.id())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void dropContent(Handle handle, long id) {
        handle.createUpdate("delete from tree_content where object_id = :id")
                .bind("id", id)
                .execute();
    }

    /** Somebody may have deleted the object since it was found: then it is missing like any other. */
    Content content(Handle handle, TreeObject object) {
        return handle.createQuery("""
                        select tree_object.stored_as, tree_content.content
                        from tree_content join tree_object on tree_object.id = tree_content.object_id
                        where tree_object.id = :id
                        """)
                .bind("id", object.id())
                .map((row, context) ->
                        new Content(StoredAs.valueOf(row.getString("stored_as")), row.getBytes("content")))
                .findOne()
                .orElseThrow(() -> Tree.missing(new TreePath(object.path())));
    }

    void insert(Handle handle, TreeObject object, Content content) {
        handle.createUpdate("""
                        insert into tree_object
                        (id, workspace_id, path, parent, type, language, stored_as, owner_id, created_at, modified_at, size)
                        values (:id, :workspace, :path, :parent, :type, :language, :storedAs, :owner, :createdAt,
                            :modifiedAt, :size)
                        """)
                .bind("id", object.id())
                .bind("path", object.path())
                .bind("parent", new TreePath(object.path()).parent().value())
                .bind("type", object.type().name())
                .bind("language", object.language().map(Language::name))
                .bind("storedAs", content.storedAs().name())
                .bind("workspace", object.workspace().number())
                .bind("owner", object.owner().id().number())
                .bind("createdAt", object.createdAt())
                .bind("modifiedAt", object.modifiedAt())
                .bind("size", object.size())
                .execute();
        insertContent(handle, object, content);
    }

    /** The bytes of files are on the disk. */
    private static void insertContent(Handle handle, TreeObject object, Content content) {
        if (object.type() == ObjectType.NOTEBOOK) {
            handle.createUpdate("insert into tree_content (object_id, content) values (:id, :content)")
                    .bind("id", object.id())
                    .bind("content", content.bytes())
                    .execute();
        }
    }

    /** With everything below it. Nobody must be at the new path. */
    void move(Handle handle, TreeObject object, TreePath to) {
        TreePath from = new TreePath(object.path());
        handle.createUpdate("""
                        update tree_object
                        set parent = case when path = cast(:path as text) then cast(:above as text)
                                else cast(:to as text) || substr(parent, length(cast(:path as text)) + 1) end,
                            path = cast(:to as text) || substr(path, length(cast(:path as text)) + 1)
                        where\s""" + WITHIN)
                .bind("workspace", object.workspace().number())
                .bind("path", from.value())
                .bind("prefix", from.value() + "/")
                .bind("to", to.value())
                .bind("above", to.parent().value())
                .execute();
    }

    void replace(Handle handle, TreeObject object, Content content) {
        handle.createUpdate("""
                        update tree_object
                        set type = :type, language = :language, stored_as = :storedAs, modified_at = :modifiedAt, size = :size
                        where id = :id
                        """)
                .bind("id", object.id())
                .bind("type", object.type().name())
                .bind("language", object.language().map(Language::name))
                .bind("storedAs", content.storedAs().name())
                .bind("modifiedAt", object.modifiedAt())
                .bind("size", object.size())
                .execute();
        dropContent(handle, object.id());
        insertContent(handle, object, content);
    }

    /** Contents go with their objects. */
    void deleteTree(Handle handle, TreeObject top) {
        handle.createUpdate("delete from tree_object where " + WITHIN)
                .bind("workspace", top.workspace().number())
                .bind("path", top.path())
                .bind("prefix", top.path() + "/")
                .execute();
    }

    private static TreeSync.Known known(ResultSet row) throws SQLException {
        TreeObject object = object(row);
        return new TreeSync.Known(
                object, new FileMark(row.getLong("file_key"), row.getLong("file_time"), object.size()));
    }

    private static TreeObject object(ResultSet row) throws SQLException {
        return new TreeObject(
                row.getLong("id"),
                new WorkspaceId(row.getLong("workspace_id")),
                row.getString("path"),
                ObjectType.valueOf(row.getString("type")),
                Optional.ofNullable(row.getString("language")).map(Language::valueOf),
                Principal.of(row, "owner_id", "owner"),
                row.getLong("created_at"),
                row.getLong("modified_at"),
                row.getLong("size"));
    }
}
