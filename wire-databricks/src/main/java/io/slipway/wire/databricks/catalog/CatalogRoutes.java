package io.slipway.wire.databricks.catalog;

import io.slipway.kit.Page;
import io.slipway.kit.PlatformException;
import io.slipway.platform.catalog.Catalog;
import io.slipway.platform.catalog.Catalogs;
import io.slipway.platform.catalog.Change;
import io.slipway.platform.catalog.Metastore;
import io.slipway.platform.catalog.PageRequest;
import io.slipway.platform.catalog.Schema;
import io.slipway.platform.catalog.Schemas;
import io.slipway.wire.databricks.Call;
import io.slipway.wire.databricks.Dialect;
import io.slipway.wire.databricks.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Unity Catalog 2.1: metastore, catalogs, schemas. Also under 2.0, where some clients look for them. */
public final class CatalogRoutes {
    private final Catalogs catalogs;
    private final Schemas schemas;
    private final long workspaceId;

    /** @param workspaceId the number that the current metastore is said to be assigned to */
    public CatalogRoutes(Catalogs catalogs, Schemas schemas, String workspaceId) {
        this.catalogs = catalogs;
        this.schemas = schemas;
        this.workspaceId = Long.parseLong(workspaceId);
    }

    public void add(Routes routes) {
        routes.family(Dialect.STANDARD, "/api/2.1/unity-catalog", "/api/2.0/unity-catalog")
                .get("/metastore_summary", call -> MetastoreInfo.of(catalogs.metastore()))
                .get("/metastores", call -> new MetastoreList(List.of(MetastoreInfo.of(catalogs.metastore()))))
                .get("/current-metastore-assignment", this::assignment)
                .get("/catalogs", this::listCatalogs)
                .post("/catalogs", this::createCatalog)
                .get("/catalogs/{name}", this::getCatalog)
                .patch("/catalogs/{name}", this::changeCatalog)
                .delete("/catalogs/{name}", this::deleteCatalog)
                .get("/schemas", this::listSchemas)
                .post("/schemas", this::createSchema)
                .get("/schemas/{name}", this::getSchema)
                .patch("/schemas/{name}", this::changeSchema)
                .delete("/schemas/{name}", this::deleteSchema);
    }

    record MetastoreInfo(
            String metastoreId,
            String globalMetastoreId,
            String name,
            String owner,
            String cloud,
            String region,
            String storageRoot,
            String privilegeModelVersion,
            String deltaSharingScope,
            long createdAt,
            String createdBy) {
        static MetastoreInfo of(Metastore metastore) {
            return new MetastoreInfo(
                    metastore.id(),
                    "aws:local:" + metastore.id(),
                    metastore.name(),
                    metastore.owner(),
                    "aws",
                    "local",
                    metastore.storageRoot(),
                    "1.0",
                    "INTERNAL",
                    metastore.createdAt(),
                    metastore.owner());
        }
    }

    record MetastoreList(List<MetastoreInfo> metastores) {}

    record Assignment(String metastoreId, long workspaceId, String defaultCatalogName) {}

    private Object assignment(Call call) {
        return new Assignment(catalogs.metastore().id(), workspaceId, catalogs.defaultCatalog());
    }

    record PageQuery(Optional<Integer> maxResults, Optional<String> pageToken) {
        PageRequest request() {
            return new PageRequest(maxResults, pageToken);
        }
    }

    static Optional<String> token(Page<?> page) {
        return Optional.of(page.next()).filter(next -> !next.isEmpty());
    }

    record CatalogList(List<CatalogInfo> catalogs, Optional<String> nextPageToken) {}

    private Object listCatalogs(Call call) {
        Metastore metastore = catalogs.metastore();
        Page<Catalog> page =
                catalogs.list(call.caller(), call.query(PageQuery.class).request());
        return new CatalogList(
                page.map(catalog -> CatalogInfo.of(catalog, metastore)).items(), token(page));
    }

    record CreateCatalog(
            Optional<String> name,
            Optional<String> comment,
            Map<String, String> properties,
            Optional<String> storageRoot,
            Optional<String> providerName,
            Optional<String> connectionName) {}

    private Object createCatalog(Call call) {
        CreateCatalog asked = call.body(CreateCatalog.class);
        if (asked.providerName().isPresent() || asked.connectionName().isPresent()) {
            throw PlatformException.invalid("Catalogs of a share or a connection are not supported.");
        }
        Catalog made = catalogs.create(
                call.caller(),
                new Catalog.Spec(
                        Call.require(asked.name(), "name"), asked.comment(), asked.properties(), asked.storageRoot()));
        return CatalogInfo.of(made, catalogs.metastore());
    }

    private Object getCatalog(Call call) {
        return CatalogInfo.of(catalogs.get(call.caller(), call.path("name")), catalogs.metastore());
    }

    /** Catalogs and schemas take the same changes. */
    record ChangeRequest(
            Optional<String> newName,
            Optional<String> comment,
            Optional<Map<String, String>> properties,
            Optional<String> owner) {
        Change change() {
            return new Change(newName, comment, properties, owner);
        }
    }

    private Object changeCatalog(Call call) {
        Change change = call.body(ChangeRequest.class).change();
        return CatalogInfo.of(catalogs.change(call.caller(), call.path("name"), change), catalogs.metastore());
    }

    private Object deleteCatalog(Call call) {
        catalogs.delete(call.caller(), call.path("name"), call.queryFlag("force"));
        return Call.empty();
    }

    record SchemaQuery(Optional<String> catalogName, Optional<Integer> maxResults, Optional<String> pageToken) {}

    record SchemaList(List<SchemaInfo> schemas, Optional<String> nextPageToken) {}

    private Object listSchemas(Call call) {
        SchemaQuery asked = call.query(SchemaQuery.class);
        Metastore metastore = catalogs.metastore();
        Page<Schema> page = schemas.list(
                call.caller(),
                Call.require(asked.catalogName(), "catalog_name"),
                new PageRequest(asked.maxResults(), asked.pageToken()));
        return new SchemaList(
                page.map(schema -> SchemaInfo.of(schema, metastore)).items(), token(page));
    }

    record CreateSchema(
            Optional<String> name,
            Optional<String> catalogName,
            Optional<String> comment,
            Map<String, String> properties,
            Optional<String> storageRoot) {}

    private Object createSchema(Call call) {
        CreateSchema asked = call.body(CreateSchema.class);
        Schema made = schemas.create(
                call.caller(),
                new Schema.Spec(
                        Call.require(asked.catalogName(), "catalog_name"),
                        Call.require(asked.name(), "name"),
                        asked.comment(),
                        asked.properties(),
                        asked.storageRoot()));
        return SchemaInfo.of(made, catalogs.metastore());
    }

    private Object getSchema(Call call) {
        return SchemaInfo.of(schemas.get(call.caller(), call.path("name")), catalogs.metastore());
    }

    private Object changeSchema(Call call) {
        Change change = call.body(ChangeRequest.class).change();
        return SchemaInfo.of(schemas.change(call.caller(), call.path("name"), change), catalogs.metastore());
    }

    private Object deleteSchema(Call call) {
        schemas.delete(call.caller(), call.path("name"), call.queryFlag("force"));
        return Call.empty();
    }
}
