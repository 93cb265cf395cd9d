package io.slipway.wire.databricks.catalog;

import io.slipway.catalog.Catalog;
import io.slipway.catalog.Catalogs;
import io.slipway.catalog.Change;
import io.slipway.catalog.Metastore;
import io.slipway.catalog.PageRequest;
import io.slipway.catalog.Schema;
import io.slipway.catalog.Schemas;
import io.slipway.kit.Page;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Unity Catalog 2.1: metastore, catalogs, schemas. Also under 2.0, where some clients look for them. */
public final class CatalogRoutes {
    private final Catalogs catalogs;
    private final Schemas schemas;

    public CatalogRoutes(Catalogs catalogs, Schemas schemas) {
        this.catalogs = catalogs;
        this.schemas = schemas;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.1/unity-catalog", "/api/2.0/unity-catalog")
                .get("/metastore_summary", request -> MetastoreInfo.of(catalogs.metastore()))
                .get("/metastores", request -> new MetastoreList(List.of(MetastoreInfo.of(catalogs.metastore()))))
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
                    metastore.owner().name(),
                    "aws",
                    "local",
                    metastore.storageRoot(),
                    "1.0",
                    "INTERNAL",
                    metastore.createdAt(),
                    metastore.owner().name());
        }
    }

    /** As all parts of this API show a metastore. */
    public static Object info(Metastore metastore) {
        return MetastoreInfo.of(metastore);
    }

    record MetastoreList(List<MetastoreInfo> metastores) {}

    record Assignment(String metastoreId, long workspaceId, String defaultCatalogName) {}

    private Object assignment(Request request) {
        return new Assignment(
                catalogs.metastore().id(), request.caller().workspace().number(), catalogs.defaultCatalog());
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

    private Object listCatalogs(Request request) {
        Metastore metastore = catalogs.metastore();
        Page<Catalog> page =
                catalogs.list(request.caller(), request.query(PageQuery.class).request());
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

    private Object createCatalog(Request request) {
        CreateCatalog asked = request.body(CreateCatalog.class);
        if (asked.providerName().isPresent() || asked.connectionName().isPresent()) {
            throw PlatformException.invalid("Catalogs of a share or a connection are not supported.");
        }
        Catalog made = catalogs.create(
                request.caller(),
                new Catalog.Spec(
                        Request.require(asked.name(), "name"),
                        asked.comment(),
                        asked.properties(),
                        asked.storageRoot()));
        return CatalogInfo.of(made, catalogs.metastore());
    }

    private Object getCatalog(Request request) {
        return CatalogInfo.of(catalogs.get(request.caller(), request.path("name")), catalogs.metastore());
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

    private Object changeCatalog(Request request) {
        Change change = request.body(ChangeRequest.class).change();
        return CatalogInfo.of(catalogs.change(request.caller(), request.path("name"), change), catalogs.metastore());
    }

    private Object deleteCatalog(Request request) {
        catalogs.delete(request.caller(), request.path("name"), request.queryFlag("force"));
        return Request.nothing();
    }

    record SchemaQuery(Optional<String> catalogName, Optional<Integer> maxResults, Optional<String> pageToken) {}

    record SchemaList(List<SchemaInfo> schemas, Optional<String> nextPageToken) {}

    private Object listSchemas(Request request) {
        SchemaQuery asked = request.query(SchemaQuery.class);
        Metastore metastore = catalogs.metastore();
        Page<Schema> page = schemas.list(
                request.caller(),
                Request.require(asked.catalogName(), "catalog_name"),
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

    private Object createSchema(Request request) {
        CreateSchema asked = request.body(CreateSchema.class);
        Schema made = schemas.create(
                request.caller(),
                new Schema.Spec(
                        Request.require(asked.catalogName(), "catalog_name"),
                        Request.require(asked.name(), "name"),
                        asked.comment(),
                        asked.properties(),
                        asked.storageRoot()));
        return SchemaInfo.of(made, catalogs.metastore());
    }

    private Object getSchema(Request request) {
        return SchemaInfo.of(schemas.get(request.caller(), request.path("name")), catalogs.metastore());
    }

    private Object changeSchema(Request request) {
        Change change = request.body(ChangeRequest.class).change();
        return SchemaInfo.of(schemas.change(request.caller(), request.path("name"), change), catalogs.metastore());
    }

    private Object deleteSchema(Request request) {
        schemas.delete(request.caller(), request.path("name"), request.queryFlag("force"));
        return Request.nothing();
    }
}
