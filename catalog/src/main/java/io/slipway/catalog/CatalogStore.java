package io.slipway.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.identity.Principal;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code uc_metastore} and {@code uc_catalog}. */
final class CatalogStore {
    private static final TypeReference<Map<String, String>> PROPERTIES = new TypeReference<>() {};

    /** For selects: the names of whoever owns, made and last changed a row. */
    static String names(String table) {
        return Principal.named(table + ".owner_id", "owner") + ", "
                + Principal.named(table + ".created_by_id", "created_by") + ", "
                + Principal.named(table + ".updated_by_id", "updated_by");
    }

    /** Binds what {@link #names} reads back. */
    static Update bound(Update statement, Principal owner, Audit audit) {
        return statement
                .bind("owner", owner.id().number())
                .bind("createdAt", audit.createdAt())
                .bind("createdBy", audit.createdBy().id().number())
                .bind("updatedAt", audit.updatedAt())
                .bind("updatedBy", audit.updatedBy().id().number());
    }

    Optional<Metastore> metastore(Handle handle, String storageRoot) {
        return handle.createQuery(
                        "select uc_metastore.*, " + Principal.named("owner_id", "owner") + " from uc_metastore")
                .map((row, context) -> new Metastore(
                        row.getString("id"),
                        row.getString("name"),
                        Principal.of(row, "owner_id", "owner"),
                        row.getLong("created_at"),
                        storageRoot))
                .findOne();
    }

    void insert(Handle handle, Metastore metastore) {
        handle.createUpdate("""
                        insert into uc_metastore (id, name, owner_id, created_at) values (:id, :name, :owner, :createdAt)
                        """)
                .bind("id", metastore.id())
                .bind("name", metastore.name())
                .bind("owner", metastore.owner().id().number())
                .bind("createdAt", metastore.createdAt())
                .execute();
    }

    Optional<Catalog> find(Handle handle, String name) {
        return handle.createQuery("select uc_catalog.*, " + names("uc_catalog") + " from uc_catalog where name = :name")
                .bind("name", name)
                .map((row, context) -> catalog(row))
                .findOne();
    }

    /** The catalog, or the error that it is not there. */
    Catalog get(Handle handle, String name) {
        return find(handle, name).orElseThrow(() -> Refusal.missing("Catalog", name));
    }

    List<Catalog> list(Handle handle, PageRequest page) {
        return handle.createQuery("select uc_catalog.*, " + names("uc_catalog")
                        + " from uc_catalog where name > :after order by name limit :limit")
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
        Update statement = handle.createUpdate("""
                        insert into uc_catalog
                        (id, name, comment, properties, storage_root, owner_id, created_at, created_by_id, updated_at,
                         updated_by_id)
                        values (:id, :name, :comment, :properties, :storageRoot, :owner,
                                :createdAt, :createdBy, :updatedAt, :updatedBy)
                        """)
                .bind("id", catalog.id())
                .bind("name", catalog.name())
                .bind("comment", catalog.comment())
                .bind("properties", Json.write(catalog.properties()))
                .bind("storageRoot", catalog.storageRoot());
        bound(statement, catalog.owner(), catalog.audit()).execute();
    }

    void update(Handle handle, Catalog catalog) {
        Update statement = handle.createUpdate("""
                        update uc_catalog
                        set name = :name, comment = :comment, properties = :properties, owner_id = :owner,
                            created_at = :createdAt, created_by_id = :createdBy, updated_at = :updatedAt,
                            updated_by_id = :updatedBy
                        where id = :id
                        """)
                .bind("id", catalog.id())
                .bind("name", catalog.name())
                .bind("comment", catalog.comment())
                .bind("properties", Json.write(catalog.properties()));
        bound(statement, catalog.owner(), catalog.audit()).execute();
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
                Principal.of(row, "owner_id", "owner"),
                audit(row));
    }

    static Map<String, String> properties(ResultSet row) throws SQLException {
        return Json.read(row.getString("properties"), PROPERTIES);
    }

    static Audit audit(ResultSet row) throws SQLException {
        return new Audit(
                row.getLong("created_at"),
                Principal.of(row, "created_by_id", "created_by"),
                row.getLong("updated_at"),
                Principal.of(row, "updated_by_id", "updated_by"));
    }
}
