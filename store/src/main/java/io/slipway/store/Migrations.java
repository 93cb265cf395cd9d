package io.slipway.store;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Brings tables up to date. */
final class Migrations {
    /** Version of the newest one, be it a file of {@code db/migration} or written in Java. */
    static final String NEWEST = "074";

    static final List<JavaMigration> IN_JAVA = List.of(new ManifestMove());

    private static final String HISTORY = "flyway_schema_history";

    private final DataSource source;
    private final Database.Dialect dialect;

    Migrations(DataSource source, Database.Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    /** Nearly every start finds tables that are up to date; only another one loads the migrations, which takes a tenth of a second. */
    void apply() {
        if (Jdbi.create(source).withHandle(Migrations::applied).equals(Optional.of(NEWEST))) {
            return;
        }
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .table(HISTORY)
                .locations("classpath:db/migration")
                .javaMigrations(IN_JAVA.toArray(JavaMigration[]::new))
                .placeholders(dialect.placeholders())
                .load()
                .migrate();
    }

    /** Version of the last migration; none if there was none, or if one has failed. */
    private static Optional<String> applied(Handle handle) {
        boolean none = handle.queryMetadata(data -> data.getTables(null, null, HISTORY, null))
                .mapToMap()
                .list()
                .isEmpty();
        if (none) {
            return Optional.empty();
        }
        boolean failed = handle.createQuery("select count(*) from " + HISTORY + " where not success")
                        .mapTo(Long.class)
                        .one()
                > 0;
        return failed
                ? Optional.empty()
                : handle.createQuery("select version from " + HISTORY + " order by installed_rank desc limit 1")
                        .mapTo(String.class)
                        .findOne();
    }
}
