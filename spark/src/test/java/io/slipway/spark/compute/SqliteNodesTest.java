package io.slipway.spark.compute;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class SqliteNodesTest extends NodesContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
