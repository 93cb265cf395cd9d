package io.slipway.content.tree;

import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

class SqliteTreeTest extends TreeContract {
    @Override
    Database open() {
        try {
            return TestDatabases.sqlite(Files.createTempDirectory("workspace"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
