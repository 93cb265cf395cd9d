package io.slipway.identity.audit;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresAuditsTest extends AuditsContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
