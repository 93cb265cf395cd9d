package io.slipway.identity.setting;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresAccessListsTest extends AccessListsContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
