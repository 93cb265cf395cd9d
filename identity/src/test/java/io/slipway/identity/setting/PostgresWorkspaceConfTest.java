package io.slipway.identity.setting;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresWorkspaceConfTest extends WorkspaceConfContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
