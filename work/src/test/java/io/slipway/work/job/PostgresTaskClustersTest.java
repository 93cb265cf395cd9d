package io.slipway.work.job;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresTaskClustersTest extends TaskClustersContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
