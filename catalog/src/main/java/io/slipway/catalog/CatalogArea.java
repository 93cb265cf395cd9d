package io.slipway.catalog;

import io.slipway.identity.IdentityArea;
import io.slipway.store.Base;
import java.net.URI;

/** The metastore, put together. */
public final class CatalogArea {
    private final Catalogs catalogs;
    private final Schemas schemas;
    private final Tables tables;

    /** @param managed folder below which managed tables lie */
    public CatalogArea(Base base, IdentityArea identity, URI managed) {
        catalogs = new Catalogs(base, identity, managed);
        schemas = new Schemas(base, identity);
        tables = new Tables(base, identity, managed);
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
