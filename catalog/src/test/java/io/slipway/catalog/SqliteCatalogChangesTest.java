package io.slipway.catalog;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class SqliteCatalogChangesTest extends CatalogChangesContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
