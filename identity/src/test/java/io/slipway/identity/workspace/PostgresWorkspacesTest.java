package io.slipway.identity.workspace;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresWorkspacesTest extends WorkspacesContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
