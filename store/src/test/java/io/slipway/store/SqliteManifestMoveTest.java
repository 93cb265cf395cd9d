package io.slipway.store;

import java.nio.file.Path;

class SqliteManifestMoveTest extends ManifestMoveContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
