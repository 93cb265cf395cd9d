package io.slipway.store;

import java.nio.file.Path;

/** Which database holds the platform's state. */
public sealed interface DatabaseConfig {
    /** A file of this machine; the default. */
    record Sqlite(Path file) implements DatabaseConfig {}

    /** A PostgreSQL server, 14 or newer. */
    record Postgres(String jdbcUrl, String user, String password) implements DatabaseConfig {
        @Override
        public String toString() {
            return "Postgres[" + jdbcUrl + ", " + user + "]";
        }
    }
}
