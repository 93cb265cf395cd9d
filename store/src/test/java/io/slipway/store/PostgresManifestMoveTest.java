package io.slipway.store;

import java.nio.file.Path;

class PostgresManifestMoveTest extends ManifestMoveContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
