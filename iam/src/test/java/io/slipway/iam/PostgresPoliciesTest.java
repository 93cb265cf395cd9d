package io.slipway.iam;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresPoliciesTest extends PoliciesContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
