package io.slipway.catalog;

import io.slipway.identity.IdentityArea;
import io.slipway.store.Base;
import java.net.URI;
import java.nio.file.Path;

/** The metastore, put together. */
public final class CatalogArea {
    private final Catalogs catalogs;
    private final Schemas schemas;
    private final Tables tables;
    private final Leftovers leftovers;

    /**
     * @param managed folder below which managed tables lie
     * @param dbfs folder that is called {@code dbfs:/}
     */
    public CatalogArea(Base base, IdentityArea identity, URI managed, Path dbfs) {
        this(base, identity, TableStorage.onDisk(managed, dbfs));
    }

    public CatalogArea(Base base, IdentityArea identity, TableStorage storage) {
        leftovers = new Leftovers(base, storage);
        catalogs = new Catalogs(base, identity, storage.managed());
        schemas = new Schemas(base, identity, leftovers);
        tables = new Tables(base, identity, storage.managed(), leftovers);
    }

    public Leftovers leftovers() {
        return leftovers;
    }

    public Catalogs catalogs() {
        return catalogs;
    }

    public Schemas schemas() {
        return schemas;
    }

    public Tables tables() {
        return tables;
    }
}
