package io.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @TempDir
    Path folder;

    @Test
    void the_version_that_needs_no_look_is_the_newest() throws IOException, URISyntaxException {
        Path folder = Path.of(Migrations.class.getResource("/db/migration").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            Stream<String> written = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql"))
                    .map(name -> name.substring(1, name.indexOf("__")));
            Stream<String> inJava = Migrations.IN_JAVA.stream()
                    .map(migration -> migration.getVersion().getVersion());
            assertThat(Stream.concat(written, inJava).max(Comparator.naturalOrder()))
                    .contains(Migrations.NEWEST);
        }
    }

    @Test
    void a_database_whose_last_migration_has_failed_is_not_taken_for_one_that_is_up_to_date() {
        DatabaseConfig config = new DatabaseConfig.Sqlite(folder.resolve("slipway.db"));
        try (Database database = Database.open(config)) {
            database.change(tx -> tx.sql()
                    .execute("update flyway_schema_history set success = false where version = ?", Migrations.NEWEST));
        }
        assertThatThrownBy(() -> Database.open(config).close()).hasMessageContaining("failed migration");
    }
}
