package io.slipway.content.tree;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresTreeTest extends TreeContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
