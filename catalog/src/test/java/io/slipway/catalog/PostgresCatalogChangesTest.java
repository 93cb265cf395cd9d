package io.slipway.catalog;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresCatalogChangesTest extends CatalogChangesContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
