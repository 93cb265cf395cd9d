package io.slipway.platform.workspace;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;

class PostgresWorkspacesTest extends WorkspacesContract {
    @Override
    Database open() {
        return TestDatabases.postgres();
    }
}
