package io.slipway.wire.databricks.catalog;

import io.slipway.catalog.Metastore;
import io.slipway.catalog.Schema;
import java.util.Map;
import java.util.Optional;

/** Unity Catalog 2.1, {@code SchemaInfo}. */
record SchemaInfo(
        String name,
        String catalogName,
        String fullName,
        String schemaId,
        String catalogType,
        String securableType,
        boolean browseOnly,
        Optional<String> comment,
        Map<String, String> properties,
        Optional<String> storageRoot,
        Optional<String> storageLocation,
        String owner,
        String metastoreId,
        long createdAt,
        String createdBy,
        long updatedAt,
        String updatedBy) {
    static SchemaInfo of(Schema schema, Metastore metastore) {
        return new SchemaInfo(
                schema.name(),
                schema.catalogName(),
                schema.fullName(),
                schema.id(),
                "MANAGED_CATALOG",
                "SCHEMA",
                false,
                schema.comment(),
                schema.properties(),
                schema.storageRoot(),
                schema.storageRoot(),
                schema.owner().name(),
                metastore.id(),
                schema.audit().createdAt(),
                schema.audit().createdBy().name(),
                schema.audit().updatedAt(),
                schema.audit().updatedBy().name());
    }
}
