package io.slipway.driver.sql;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Statements of Databricks that are not there, each refused by its name and not as a mistake of syntax. */
final class Absent {
    private static final List<String[]> BEGINNINGS = List.of(
            words("GRANT"),
            words("REVOKE"),
            words("DENY"),
            words("MSCK REPAIR PRIVILEGES"),
            words("SHOW GRANTS"),
            words("SHOW GRANT"),
            words("SHOW GROUPS"),
            words("SHOW USERS"),
            words("CREATE GROUP"),
            words("ALTER GROUP"),
            words("DROP GROUP"),
            words("SHOW VOLUMES"),
            words("CREATE VOLUME"),
            words("CREATE EXTERNAL VOLUME"),
            words("ALTER VOLUME"),
            words("DROP VOLUME"),
            words("DESCRIBE VOLUME"),
            words("COMMENT ON VOLUME"),
            words("SHOW CONNECTIONS"),
            words("CREATE CONNECTION"),
            words("DROP CONNECTION"),
            words("CREATE EXTERNAL LOCATION"),
            words("ALTER EXTERNAL LOCATION"),
            words("DROP EXTERNAL LOCATION"),
            words("SHOW EXTERNAL LOCATIONS"),
            words("DESCRIBE EXTERNAL LOCATION"),
            words("SHOW STORAGE CREDENTIALS"),
            words("CREATE STORAGE CREDENTIAL"),
            words("DROP STORAGE CREDENTIAL"),
            words("CREATE SHARE"),
            words("ALTER SHARE"),
            words("DROP SHARE"),
            words("SHOW SHARES"),
            words("CREATE RECIPIENT"),
            words("DROP RECIPIENT"),
            words("SHOW RECIPIENTS"),
            words("SHOW PROVIDERS"),
            words("SHOW POLICIES"),
            words("CREATE POLICY"),
            words("CREATE STREAMING TABLE"),
            words("CREATE OR REFRESH STREAMING TABLE"),
            words("REFRESH STREAMING TABLE"),
            words("CREATE MATERIALIZED VIEW"),
            words("CREATE OR REPLACE MATERIALIZED VIEW"),
            words("REFRESH MATERIALIZED VIEW"),
            words("CREATE OR REFRESH LIVE TABLE"),
            words("CREATE OR REFRESH STREAMING LIVE TABLE"),
            words("CREATE BLOOMFILTER INDEX"),
            words("DROP BLOOMFILTER INDEX"),
            words("SYNC SCHEMA"),
            words("SYNC TABLE"),
            words("UNDROP TABLE"),
            words("SHOW TABLES DROPPED"),
            words("CACHE SELECT"),
            words("CREATE SERVER"),
            words("CREATE CREDENTIAL"));
    private static final List<String> OF_TABLES = List.of(
            "SET TAGS", "UNSET TAGS", "SET ROW FILTER", "DROP ROW FILTER", "ENABLE PREDICTIVE", "DISABLE PREDICTIVE");

    private Absent() {}

    private static String[] words(String text) {
        return text.split(" ");
    }

    static Optional<LogicalPlan> plan(Reading read, ParserInterface next) {
        for (String[] beginning : BEGINNINGS) {
            if (read.skip(beginning)) {
                throw refused(String.join(" ", beginning));
            }
        }
        if (read.skip("ALTER") && read.skipAny("TABLE", "VIEW", "SCHEMA", "DATABASE", "CATALOG")) {
            while (!read.atEnd()) {
                for (String action : OF_TABLES) {
                    if (read.skip(words(action))) {
                        throw refused("ALTER … " + action);
                    }
                }
                read.next();
            }
        }
        read.back(0);
        while (!read.atEnd()) {
            if (read.skip("STREAM", "READ_FILES") || read.skip("STREAM", "(", "READ_FILES")) {
                throw refused("STREAM read_files outside of streaming tables");
            }
            read.next();
        }
        return Optional.empty();
    }

    private static SqlRefusal refused(String statement) {
        return new SqlRefusal("UNSUPPORTED_FEATURE", statement + " is not supported on this platform");
    }
}
