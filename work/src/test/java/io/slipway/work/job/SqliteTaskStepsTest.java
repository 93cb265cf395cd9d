package io.slipway.work.job;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class SqliteTaskStepsTest extends TaskStepsContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
