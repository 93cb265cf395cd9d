package io.slipway.catalog;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class SqliteCatalogTest extends CatalogContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
