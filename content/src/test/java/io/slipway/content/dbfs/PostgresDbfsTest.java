package io.slipway.content.dbfs;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresDbfsTest extends LocalDbfsContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
