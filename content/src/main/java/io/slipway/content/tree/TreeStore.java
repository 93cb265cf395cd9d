package io.slipway.content.tree;

import io.slipway.content.tree.Content.StoredAs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code workspace_object} and {@code workspace_content}. */
final class TreeStore {
    /** A path's own row and those below it. Not LIKE, which ignores case on SQLite and gives meaning to {@code _}. */
    private static final String WITHIN =
            "(path = cast(:path as text) or substr(path, 1, length(cast(:prefix as text))) = cast(:prefix as text))";

    Optional<TreeObject> find(Handle handle, TreePath path) {
        return handle.createQuery("select * from workspace_object where path = :path")
                .bind("path", path.value())
                .map((row, context) -> object(row))
                .findOne();
    }

    Optional<TreeObject> find(Handle handle, long id) {
        return handle.createQuery("select * from workspace_object where id = :id")
                .bind("id", id)
                .map((row, context) -> object(row))
                .findOne();
    }

    /** Notebooks and files, last changed first. */
    List<TreeObject> recent(Handle handle, int limit) {
        return handle.createQuery("""
                        select * from workspace_object where type <> 'DIRECTORY'
                        order by modified_at desc, id desc limit :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> object(row))
                .list();
    }

    /** Whatever has {@code text} in its path, in any case, shortest path first. */
    List<TreeObject> search(Handle handle, String text, int limit) {
        String pattern = text.toLowerCase(Locale.ROOT).replaceAll("([%_!])", "!$1");
        return handle.createQuery("""
                        select * from workspace_object where lower(path) like :pattern escape '!'
                        order by length(path), path limit :limit
                        """)
                .bind("pattern", "%" + pattern + "%")
                .bind("limit", limit)
                .map((row, context) -> object(row))
                .list();
    }

    void touch(Handle handle, long id, Language language, long at) {
        handle.createUpdate("update workspace_object set modified_at = :at, language = :language where id = :id")
                .bind("at", at)
                .bind("language", language.name())
                .bind("id", id)
                .execute();
    }

    List<TreeObject> children(Handle handle, TreePath folder) {
        return handle
                .createQuery("select * from workspace_object where parent = :parent and path <> '/'")
                .bind("parent", folder.value())
                .map((row, context) -> object(row))
                .stream()
                .sorted(Comparator.comparing(TreeObject::path))
                .toList();
    }

    /** The object itself and everything below it, parents first. */
    List<TreeObject> tree(Handle handle, TreePath path) {
        return handle
                .createQuery("select * from workspace_object where " + WITHIN)
                .bind("path", path.value())
                .bind("prefix", path.root() ? "/" : path.value() + "/")
                .map((row, context) -> object(row))
                .stream()
                .sorted(Comparator.comparing(TreeObject::path))
                .toList();
    }

    /** Somebody may have deleted the object since it was found: then it is missing like any other. */
    Content content(Handle handle, TreeObject object) {
        return handle.createQuery("""
                        select workspace_object.stored_as, workspace_content.content
                        from workspace_content join workspace_object on workspace_object.id = workspace_content.object_id
                        where workspace_object.id = :id
                        """)
                .bind("id", object.id())
                .map((row, context) ->
                        new Content(StoredAs.valueOf(row.getString("stored_as")), row.getBytes("content")))
                .findOne()
                .orElseThrow(() -> Tree.missing(new TreePath(object.path())));
    }

    void insert(Handle handle, TreeObject object, Content content) {
        handle.createUpdate("""
                        insert into workspace_object
                        (id, path, parent, type, language, stored_as, owner, created_at, modified_at, size)
                        values (:id, :path, :parent, :type, :language, :storedAs, :owner, :createdAt, :modifiedAt, :size)
                        """)
                .bind("id", object.id())
                .bind("path", object.path())
                .bind("parent", new TreePath(object.path()).parent().value())
                .bind("type", object.type().name())
                .bind("language", object.language().map(Language::name))
                .bind("storedAs", content.storedAs().name())
                .bind("owner", object.owner())
                .bind("createdAt", object.createdAt())
                .bind("modifiedAt", object.modifiedAt())
                .bind("size", object.size())
                .execute();
        if (object.type() != ObjectType.DIRECTORY) {
            handle.createUpdate("insert into workspace_content (object_id, content) values (:id, :content)")
                    .bind("id", object.id())
                    .bind("content", content.bytes())
                    .execute();
        }
    }

    /** With everything below it. Nobody must be at the new path. */
    void move(Handle handle, TreePath from, TreePath to) {
        handle.createUpdate("""
                        update workspace_object
                        set parent = case when path = cast(:path as text) then cast(:above as text)
                                else cast(:to as text) || substr(parent, length(cast(:path as text)) + 1) end,
                            path = cast(:to as text) || substr(path, length(cast(:path as text)) + 1)
                        where\s""" + WITHIN)
                .bind("path", from.value())
                .bind("prefix", from.value() + "/")
                .bind("to", to.value())
                .bind("above", to.parent().value())
                .execute();
    }

    void replace(Handle handle, TreeObject object, Content content) {
        handle.createUpdate("""
                        update workspace_object
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
        handle.createUpdate("update workspace_content set content = :content where object_id = :id")
                .bind("id", object.id())
                .bind("content", content.bytes())
                .execute();
    }

    /** Contents go with their objects. */
    void deleteTree(Handle handle, TreePath path) {
        handle.createUpdate("delete from workspace_object where " + WITHIN)
                .bind("path", path.value())
                .bind("prefix", path.value() + "/")
                .execute();
    }

    private static TreeObject object(ResultSet row) throws SQLException {
        return new TreeObject(
                row.getLong("id"),
                row.getString("path"),
                ObjectType.valueOf(row.getString("type")),
                Optional.ofNullable(row.getString("language")).map(Language::valueOf),
                row.getString("owner"),
                row.getLong("created_at"),
                row.getLong("modified_at"),
                row.getLong("size"));
    }
}
