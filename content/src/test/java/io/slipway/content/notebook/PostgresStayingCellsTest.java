package io.slipway.content.notebook;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresStayingCellsTest extends StayingCellsContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
