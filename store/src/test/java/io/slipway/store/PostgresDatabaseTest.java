package io.slipway.store;

class PostgresDatabaseTest extends DatabaseContract {
    @Override
    Database open() {
        return TestDatabases.postgres();
    }

    @Override
    boolean commitsTogether() {
        return false;
    }
}
