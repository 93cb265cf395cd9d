package io.slipway.wire.databricks.catalog;

import io.slipway.catalog.Catalog;
import io.slipway.catalog.Metastore;
import java.util.Map;
import java.util.Optional;

/** Unity Catalog 2.1, {@code CatalogInfo}. */
record CatalogInfo(
        String name,
        String fullName,
        String id,
        String catalogType,
        String securableType,
        String isolationMode,
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
    static CatalogInfo of(Catalog catalog, Metastore metastore) {
        return new CatalogInfo(
                catalog.name(),
                catalog.name(),
                catalog.id(),
                "MANAGED_CATALOG",
                "CATALOG",
                "OPEN",
                false,
                catalog.comment(),
                catalog.properties(),
                catalog.storageRoot(),
                catalog.storageRoot(),
                catalog.owner().name(),
                metastore.id(),
                catalog.audit().createdAt(),
                catalog.audit().createdBy().name(),
                catalog.audit().updatedAt(),
                catalog.audit().updatedBy().name());
    }
}
