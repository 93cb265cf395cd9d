package io.slipway.identity.oauth;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class PostgresFederationTest extends FederationContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
