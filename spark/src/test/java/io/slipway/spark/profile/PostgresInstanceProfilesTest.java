package io.slipway.spark.profile;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresInstanceProfilesTest extends InstanceProfilesContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
