package io.slipway.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.identity.Principal;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code uc_table}. One row holds a whole table, columns and properties too: a list is one query. */
final class TableStore {
    private static final TypeReference<List<Column>> COLUMNS = new TypeReference<>() {};

    Optional<Table> find(Handle handle, TableName name) {
        return handle.createQuery("""
                        select uc_table.*, uc_schema.name as schema_name, uc_catalog.name as catalog_name, <names>
                        from uc_table join uc_schema on uc_schema.id = uc_table.schema_id
                        join uc_catalog on uc_catalog.id = uc_schema.catalog_id
                        where uc_catalog.name = :catalog and uc_schema.name = :schema and uc_table.name = :name
                        """)
                .define("names", CatalogStore.names("uc_table"))
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .bind("name", name.table())
                .map((row, context) -> table(row))
                .findOne();
    }

    List<Table> list(Handle handle, Schema schema, PageRequest page) {
        return handle.createQuery("""
                        select uc_table.*, cast(:schema as text) as schema_name, cast(:catalog as text) as catalog_name, <names>
                        from uc_table where schema_id = :id and name > :after order by name limit :limit
                        """)
                .define("names", CatalogStore.names("uc_table"))
                .bind("schema", schema.name())
                .bind("catalog", schema.catalogName())
                .bind("id", schema.id())
                .bind("after", page.after())
                .bind("limit", page.limit())
                .map((row, context) -> table(row))
                .list();
    }

    /** Patterns are SQL LIKE in lower case; the page's token is {@code schema.table}. */
    List<Table.Summary> summaries(
            Handle handle, Catalog catalog, String schemaPattern, String tablePattern, PageRequest page) {
        String[] after = page.after().split("\\.", 2);
        return handle.createQuery("""
                        select uc_schema.name as schema_name, uc_table.name as name, uc_table.type as type
                        from uc_table join uc_schema on uc_schema.id = uc_table.schema_id
                        where uc_schema.catalog_id = :id and uc_schema.name like :schemas and uc_table.name like :tables
                        and (uc_schema.name, uc_table.name) > (:afterSchema, :afterTable)
                        order by uc_schema.name, uc_table.name limit :limit
                        """)
                .bind("id", catalog.id())
                .bind("schemas", schemaPattern)
                .bind("tables", tablePattern)
                .bind("afterSchema", after[0])
                .bind("afterTable", after.length > 1 ? after[1] : "")
                .bind("limit", page.limit())
                .map((row, context) -> new Table.Summary(
                        catalog.name() + "." + row.getString("schema_name") + "." + row.getString("name"),
                        TableType.valueOf(row.getString("type"))))
                .list();
    }

    /** Names are kept in small letters. */
    List<Table.Summary> search(Handle handle, String text, int limit) {
        return handle.createQuery("""
                        select uc_catalog.name as catalog_name, uc_schema.name as schema_name, uc_table.name as name,
                            uc_table.type as type
                        from uc_catalog join uc_schema on uc_schema.catalog_id = uc_catalog.id
                        join uc_table on uc_table.schema_id = uc_schema.id
                        where uc_table.name like :pattern escape '!'
                        order by uc_catalog.name, uc_schema.name, uc_table.name limit :limit
                        """)
                .bind("pattern", "%" + text.replaceAll("([%_!])", "!$1") + "%")
                .bind("limit", limit)
                .map((row, context) -> new Table.Summary(
                        row.getString("catalog_name") + "." + row.getString("schema_name") + "."
                                + row.getString("name"),
                        TableType.valueOf(row.getString("type"))))
                .list();
    }

    void insert(Handle handle, Table table, Schema schema) {
        Update statement = handle.createUpdate("""
                        insert into uc_table
                        (id, schema_id, name, type, format, storage_location, columns, comment, properties, view_definition,
                         owner_id, created_at, created_by_id, updated_at, updated_by_id)
                        values (:id, :schemaId, :name, :type, :format, :storageLocation, :columns, :comment, :properties,
                                :viewDefinition, :owner, :createdAt, :createdBy, :updatedAt, :updatedBy)
                        """)
                .bind("id", table.id())
                .bind("schemaId", schema.id())
                .bind("name", table.name())
                .bind("type", table.type().name())
                .bind("format", table.format())
                .bind("storageLocation", table.storageLocation())
                .bind("columns", Json.write(table.columns()))
                .bind("comment", table.comment())
                .bind("properties", Json.write(table.properties()))
                .bind("viewDefinition", table.viewDefinition());
        CatalogStore.bound(statement, table.owner(), table.audit()).execute();
    }

    void update(Handle handle, Table table) {
        Update statement = handle.createUpdate("""
                        update uc_table
                        set name = :name, columns = :columns, comment = :comment, properties = :properties,
                            view_definition = :viewDefinition, owner_id = :owner,
                            created_at = :createdAt, created_by_id = :createdBy, updated_at = :updatedAt,
                            updated_by_id = :updatedBy
                        where id = :id
                        """)
                .bind("id", table.id())
                .bind("name", table.name())
                .bind("columns", Json.write(table.columns()))
                .bind("comment", table.comment())
                .bind("properties", Json.write(table.properties()))
                .bind("viewDefinition", table.viewDefinition());
        CatalogStore.bound(statement, table.owner(), table.audit()).execute();
    }

    void delete(Handle handle, Table table) {
        handle.createUpdate("delete from uc_table where id = :id")
                .bind("id", table.id())
                .execute();
    }

    private static Table table(ResultSet row) throws SQLException {
        return new Table(
                row.getString("id"),
                row.getString("catalog_name"),
                row.getString("schema_name"),
                row.getString("name"),
                TableType.valueOf(row.getString("type")),
                Optional.ofNullable(row.getString("format")),
                Optional.ofNullable(row.getString("storage_location")),
                Json.read(row.getString("columns"), COLUMNS),
                Optional.ofNullable(row.getString("comment")),
                CatalogStore.properties(row),
                Optional.ofNullable(row.getString("view_definition")),
                Principal.of(row, "owner_id", "owner"),
                CatalogStore.audit(row));
    }
}
