package io.slipway.wire.databricks.catalog;

import io.slipway.catalog.Catalogs;
import io.slipway.catalog.Metastore;
import io.slipway.catalog.PageRequest;
import io.slipway.catalog.StagingTable;
import io.slipway.catalog.Table;
import io.slipway.catalog.TableType;
import io.slipway.catalog.Tables;
import io.slipway.kit.Page;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Unity Catalog 2.1: tables, and the staging tables by which Spark makes managed ones. */
public final class TableRoutes {
    private final Catalogs catalogs;
    private final Tables tables;

    public TableRoutes(Catalogs catalogs, Tables tables) {
        this.catalogs = catalogs;
        this.tables = tables;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.1/unity-catalog", "/api/2.0/unity-catalog")
                .get("/tables", this::list)
                .post("/tables", this::create)
                .get("/tables/{name}", this::get)
                .patch("/tables/{name}", this::change)
                .delete("/tables/{name}", this::delete)
                .get("/tables/{name}/exists", this::exists)
                .get("/table-summaries", this::summaries)
                .post("/staging-tables", this::stage);
    }

    record ListRequest(
            Optional<String> catalogName,
            Optional<String> schemaName,
            Optional<Integer> maxResults,
            Optional<String> pageToken,
            Optional<Boolean> omitColumns,
            Optional<Boolean> omitProperties) {}

    record Listing(List<TableInfo> tables, Optional<String> nextPageToken) {}

    private Object list(Request request) {
        ListRequest asked = request.query(ListRequest.class);
        Metastore metastore = catalogs.metastore();
        Page<Table> page = tables.list(
                request.caller(),
                Request.require(asked.catalogName(), "catalog_name"),
                Request.require(asked.schemaName(), "schema_name"),
                new PageRequest(asked.maxResults(), asked.pageToken()));
        boolean columns = !asked.omitColumns().orElse(false);
        boolean properties = !asked.omitProperties().orElse(false);
        return new Listing(
                page.map(table -> TableInfo.of(table, metastore, columns, properties))
                        .items(),
                CatalogRoutes.token(page));
    }

    record SummariesRequest(
            Optional<String> catalogName,
            Optional<String> schemaNamePattern,
            Optional<String> tableNamePattern,
            Optional<Integer> maxResults,
            Optional<String> pageToken) {}

    record Summary(String fullName, TableType tableType) {}

    record Summaries(List<Summary> tables, Optional<String> nextPageToken) {}

    private Object summaries(Request request) {
        SummariesRequest asked = request.query(SummariesRequest.class);
        Page<Table.Summary> page = tables.summaries(
                request.caller(),
                Request.require(asked.catalogName(), "catalog_name"),
                asked.schemaNamePattern().orElse("%"),
                asked.tableNamePattern().orElse("%"),
                new PageRequest(asked.maxResults(), asked.pageToken()));
        return new Summaries(
                page.map(row -> new Summary(row.fullName(), row.type())).items(), CatalogRoutes.token(page));
    }

    record CreateTable(
            Optional<String> name,
            Optional<String> catalogName,
            Optional<String> schemaName,
            Optional<TableType> tableType,
            Optional<String> dataSourceFormat,
            List<ColumnInfo> columns,
            Optional<String> storageLocation,
            Optional<String> comment,
            Map<String, String> properties,
            Optional<String> viewDefinition) {}

    private Object create(Request request) {
        CreateTable asked = request.body(CreateTable.class);
        Table made = tables.create(
                request.caller(),
                new Table.Spec(
                        Request.require(asked.catalogName(), "catalog_name"),
                        Request.require(asked.schemaName(), "schema_name"),
                        Request.require(asked.name(), "name"),
                        Request.require(asked.tableType(), "table_type"),
                        asked.dataSourceFormat(),
                        asked.storageLocation(),
                        ColumnInfo.columns(asked.columns()),
                        asked.comment(),
                        asked.properties(),
                        asked.viewDefinition()));
        return TableInfo.of(made, catalogs.metastore());
    }

    private Object get(Request request) {
        return TableInfo.of(tables.get(request.caller(), request.path("name")), catalogs.metastore());
    }

    record ChangeRequest(
            Optional<String> newName,
            Optional<List<ColumnInfo>> columns,
            Optional<Map<String, String>> properties,
            Optional<String> comment,
            Optional<String> viewDefinition,
            Optional<String> owner) {}

    private Object change(Request request) {
        ChangeRequest asked = request.body(ChangeRequest.class);
        Table.Change change = new Table.Change(
                asked.newName(),
                asked.columns().map(ColumnInfo::columns),
                asked.properties(),
                asked.comment(),
                asked.viewDefinition(),
                asked.owner());
        return TableInfo.of(tables.change(request.caller(), request.path("name"), change), catalogs.metastore());
    }

    private Object delete(Request request) {
        tables.delete(request.caller(), request.path("name"));
        return Request.nothing();
    }

    private Object exists(Request request) {
        return Map.of("table_exists", tables.exists(request.caller(), request.path("name")));
    }

    record StageRequest(Optional<String> catalogName, Optional<String> schemaName, Optional<String> name) {}

    record Staged(String id, String stagingLocation, String name, String catalogName, String schemaName) {}

    private Object stage(Request request) {
        StageRequest asked = request.body(StageRequest.class);
        StagingTable staging = tables.stage(
                request.caller(),
                Request.require(asked.catalogName(), "catalog_name"),
                Request.require(asked.schemaName(), "schema_name"),
                Request.require(asked.name(), "name"));
        return new Staged(
                staging.id(), staging.location(), staging.name(), staging.catalogName(), staging.schemaName());
    }
}
