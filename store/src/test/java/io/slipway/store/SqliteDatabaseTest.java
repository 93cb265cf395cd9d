package io.slipway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

class SqliteDatabaseTest extends DatabaseContract {
    @Override
    Database open() {
        try {
            return TestDatabases.sqlite(Files.createTempDirectory("sqlite"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
