package io.slipway.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code uc_metastore} and {@code uc_catalog}. */
final class CatalogStore {
    private static final TypeReference<Map<String, String>> PROPERTIES = new TypeReference<>() {};

    Optional<Metastore> metastore(Handle handle, String storageRoot) {
        return handle.createQuery("select * from uc_metastore")
                .map((row, context) -> new Metastore(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("owner"),
                        row.getLong("created_at"),
                        storageRoot))
                .findOne();
    }

    void insert(Handle handle, Metastore metastore) {
        handle.createUpdate("""
                        insert into uc_metastore (id, name, owner, created_at) values (:id, :name, :owner, :createdAt)
                        """)
                .bind("id", metastore.id())
                .bind("name", metastore.name())
                .bind("owner", metastore.owner())
                .bind("createdAt", metastore.createdAt())
                .execute();
    }

    Optional<Catalog> find(Handle handle, String name) {
        return handle.createQuery("select * from uc_catalog where name = :name")
                .bind("name", name)
                .map((row, context) -> catalog(row))
                .findOne();
    }

    /** The catalog, or the error that it is not there. */
    Catalog get(Handle handle, String name) {
        return find(handle, name).orElseThrow(() -> Refusal.missing("Catalog", name));
    }

    List<Catalog> list(Handle handle, PageRequest page) {
        return handle.createQuery("select * from uc_catalog where name > :after order by name limit :limit")
                .bind("after", page.after())
                .bind("limit", page.limit())
                .map((row, context) -> catalog(row))
                .list();
    }

    List<String> names(Handle handle) {
        return handle.createQuery("select name from uc_catalog order by name")
                .mapTo(String.class)
                .list();
    }

    int schemas(Handle handle, Catalog catalog) {
        return handle.createQuery("select count(*) from uc_schema where catalog_id = :id")
                .bind("id", catalog.id())
                .mapTo(Integer.class)
                .one();
    }

    void insert(Handle handle, Catalog catalog) {
        handle.createUpdate("""
                        insert into uc_catalog
                        (id, name, comment, properties, storage_root, owner, created_at, created_by, updated_at, updated_by)
                        values (:id, :name, :comment, :properties, :storageRoot, :owner,
                                :createdAt, :createdBy, :updatedAt, :updatedBy)
                        """)
                .bind("id", catalog.id())
                .bind("name", catalog.name())
                .bind("comment", catalog.comment())
                .bind("properties", Json.write(catalog.properties()))
                .bind("storageRoot", catalog.storageRoot())
                .bind("owner", catalog.owner())
                .bindMethods(catalog.audit())
                .execute();
    }

    void update(Handle handle, Catalog catalog) {
        handle.createUpdate("""
                        update uc_catalog
                        set name = :name, comment = :comment, properties = :properties, owner = :owner,
                            updated_at = :updatedAt, updated_by = :updatedBy
                        where id = :id
                        """)
                .bind("id", catalog.id())
                .bind("name", catalog.name())
                .bind("comment", catalog.comment())
                .bind("properties", Json.write(catalog.properties()))
                .bind("owner", catalog.owner())
                .bindMethods(catalog.audit())
                .execute();
    }

    void delete(Handle handle, Catalog catalog) {
        handle.createUpdate("delete from uc_catalog where id = :id")
                .bind("id", catalog.id())
                .execute();
    }

    private static Catalog catalog(ResultSet row) throws SQLException {
        return new Catalog(
                row.getString("id"),
                row.getString("name"),
                Optional.ofNullable(row.getString("comment")),
                properties(row),
                Optional.ofNullable(row.getString("storage_root")),
                row.getString("owner"),
                audit(row));
    }

    static Map<String, String> properties(ResultSet row) throws SQLException {
        return Json.read(row.getString("properties"), PROPERTIES);
    }

    static Audit audit(ResultSet row) throws SQLException {
        return new Audit(
                row.getLong("created_at"),
                row.getString("created_by"),
                row.getLong("updated_at"),
                row.getString("updated_by"));
    }
}
