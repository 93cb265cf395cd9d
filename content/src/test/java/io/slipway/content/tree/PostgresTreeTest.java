package io.slipway.content.tree;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;

class PostgresTreeTest extends TreeContract {
    @Override
    Database open() {
        return TestDatabases.postgres();
    }
}
