package io.slipway.iam;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class SqliteEntitiesTest extends EntitiesContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
