package io.slipway.identity.oidc;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;

class SqliteProviderSignInTest extends ProviderSignInContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
