package io.slipway.server;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class SqliteListPlansTest extends ListPlansContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
