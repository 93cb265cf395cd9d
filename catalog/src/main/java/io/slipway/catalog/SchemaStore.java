package io.slipway.catalog;

import io.slipway.identity.Principal;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code uc_schema}. */
final class SchemaStore {
    Optional<Schema> find(Handle handle, String catalog, String name) {
        return handle.createQuery("""
                        select uc_schema.*, uc_catalog.name as catalog_name, <names>
                        from uc_schema join uc_catalog on uc_catalog.id = uc_schema.catalog_id
                        where uc_catalog.name = :catalog and uc_schema.name = :name
                        """)
                .define("names", CatalogStore.names("uc_schema"))
                .bind("catalog", catalog)
                .bind("name", name)
                .map((row, context) -> schema(row))
                .findOne();
    }

    List<Schema> list(Handle handle, Catalog catalog, PageRequest page) {
        return handle.createQuery("""
                        select uc_schema.*, cast(:catalog as text) as catalog_name, <names> from uc_schema
                        where catalog_id = :id and name > :after order by name limit :limit
                        """)
                .define("names", CatalogStore.names("uc_schema"))
                .bind("catalog", catalog.name())
                .bind("id", catalog.id())
                .bind("after", page.after())
                .bind("limit", page.limit())
                .map((row, context) -> schema(row))
                .list();
    }

    int tables(Handle handle, Schema schema) {
        return handle.createQuery("select count(*) from uc_table where schema_id = :id")
                .bind("id", schema.id())
                .mapTo(Integer.class)
                .one();
    }

    void insert(Handle handle, Schema schema, Catalog catalog) {
        Update statement = handle.createUpdate("""
                        insert into uc_schema
                        (id, catalog_id, name, comment, properties, storage_root, owner_id,
                         created_at, created_by_id, updated_at, updated_by_id)
                        values (:id, :catalogId, :name, :comment, :properties, :storageRoot, :owner,
                                :createdAt, :createdBy, :updatedAt, :updatedBy)
                        """)
                .bind("id", schema.id())
                .bind("catalogId", catalog.id())
                .bind("name", schema.name())
                .bind("comment", schema.comment())
                .bind("properties", Json.write(schema.properties()))
                .bind("storageRoot", schema.storageRoot());
        CatalogStore.bound(statement, schema.owner(), schema.audit()).execute();
    }

    void update(Handle handle, Schema schema) {
        Update statement = handle.createUpdate("""
                        update uc_schema
                        set name = :name, comment = :comment, properties = :properties, owner_id = :owner,
                            created_at = :createdAt, created_by_id = :createdBy, updated_at = :updatedAt,
                            updated_by_id = :updatedBy
                        where id = :id
                        """)
                .bind("id", schema.id())
                .bind("name", schema.name())
                .bind("comment", schema.comment())
                .bind("properties", Json.write(schema.properties()));
        CatalogStore.bound(statement, schema.owner(), schema.audit()).execute();
    }

    void delete(Handle handle, Schema schema) {
        handle.createUpdate("delete from uc_schema where id = :id")
                .bind("id", schema.id())
                .execute();
    }

    private static Schema schema(ResultSet row) throws SQLException {
        return new Schema(
                row.getString("id"),
                row.getString("catalog_name"),
                row.getString("name"),
                Optional.ofNullable(row.getString("comment")),
                CatalogStore.properties(row),
                Optional.ofNullable(row.getString("storage_root")),
                Principal.of(row, "owner_id", "owner"),
                CatalogStore.audit(row));
    }
}
