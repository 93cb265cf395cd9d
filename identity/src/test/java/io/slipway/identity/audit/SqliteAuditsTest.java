package io.slipway.identity.audit;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class SqliteAuditsTest extends AuditsContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
