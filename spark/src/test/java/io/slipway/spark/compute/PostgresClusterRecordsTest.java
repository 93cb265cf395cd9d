package io.slipway.spark.compute;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresClusterRecordsTest extends ClusterRecordsContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
