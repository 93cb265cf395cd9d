package io.slipway.driver.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/** Statements about tables that Spark runs for those of its own catalog only, and comments on columns. */
final class TableStatements {
    private static final StructType NOTHING = new StructType();
    private static final String SPARKS_OWN = "spark_catalog";

    private TableStatements() {}

    static Optional<LogicalPlan> plan(Reading read, ParserInterface next) throws ParseException {
        if (read.skip("ANALYZE", "TABLE")) {
            String table = read.qualified();
            LogicalPlan own = next.parsePlan(
                    read.text().replaceFirst("(?i)COMPUTE\\s+DELTA\\s+STATISTICS", "COMPUTE STATISTICS"));
            // Delta keeps counts and bounds of columns with each file by itself: there is nothing to do.
            return Optional.of(about("ANALYZE TABLE", table, own, (session, name) -> {}));
        }
        if (read.skip("MSCK", "REPAIR", "TABLE") || read.skip("REPAIR", "TABLE")) {
            String table = read.qualified();
            LogicalPlan own = next.parsePlan(read.text().replaceFirst("(?i)SYNC\\s+METADATA\\s*;?\\s*$", ""));
            // Partitions are found by their folders each time the files are listed.
            return Optional.of(about(
                    "MSCK REPAIR TABLE",
                    table,
                    own,
                    (session, name) -> session.catalog().refreshTable(CurrentNames.full(name))));
        }
        if (read.skip("SHOW", "CREATE", "TABLE")) {
            String table = read.qualified();
            LogicalPlan own = next.parsePlan(read.text());
            return Optional.of(new RowsCommand(
                    "SHOW CREATE TABLE", new StructType().add("createtab_stmt", "string"), session -> {
                        var known = session.catalog().getTable(CurrentNames.full(table));
                        return known.catalog() == null || known.tableType().contains("VIEW")
                                ? Plans.run(session, own)
                                : List.of(RowFactory.create(CreateText.of(session, table)));
                    }));
        }
        if (read.skip("CREATE", "TABLE")) {
            return like(read);
        }
        if (read.skip("COMMENT", "ON", "COLUMN")) {
            return Optional.of(comment(read));
        }
        return Optional.empty();
    }

    private static Optional<LogicalPlan> like(Reading read) {
        boolean lenient = read.skip("IF", "NOT", "EXISTS");
        String table = read.qualified();
        if (!read.skip("LIKE")) {
            return Optional.empty();
        }
        String source = read.qualified();
        String format = "";
        String location = "";
        Map<String, String> properties = new HashMap<>();
        while (!read.atEnd()) {
            if (read.skip("USING")) {
                format = read.name();
            } else if (read.skip("LOCATION")) {
                location = " LOCATION " + Constraints.quoted(read.string());
            } else if (read.skip("TBLPROPERTIES")) {
                read.properties(properties);
            } else {
                throw read.wrong("USING, LOCATION or TBLPROPERTIES");
            }
        }
        String provider = format;
        String place = location;
        return Optional.of(new RowsCommand("CREATE TABLE LIKE", NOTHING, session -> {
            String beginning = "CREATE TABLE " + (lenient ? "IF NOT EXISTS " : "") + table;
            session.sql(CreateText.like(session, source, beginning, provider, properties) + place);
            return List.of();
        }));
    }

    /** What is done for a table of a catalog. */
    @FunctionalInterface
    private interface Work {
        void on(SparkSession session, String table);
    }

    private static LogicalPlan about(String statement, String table, LogicalPlan own, Work work) {
        return new RowsCommand(statement, NOTHING, session -> {
            String catalog =
                    session.catalog().getTable(CurrentNames.full(table)).catalog();
            if (catalog != null && !catalog.equals(SPARKS_OWN)) {
                work.on(session, table);
                return List.of();
            }
            inOwnCatalog(session, own);
            return List.of();
        });
    }

    /** Spark looks such a table up once more without the name of its catalog. */
    private static List<Row> inOwnCatalog(SparkSession session, LogicalPlan plan) {
        String catalog = session.catalog().currentCatalog();
        if (catalog.equals(SPARKS_OWN)) {
            return Plans.run(session, plan);
        }
        String schema = session.catalog().currentDatabase();
        session.catalog().setCurrentCatalog(SPARKS_OWN);
        try {
            return Plans.run(session, plan);
        } finally {
            session.catalog().setCurrentCatalog(catalog);
            session.catalog().setCurrentDatabase(schema);
        }
    }

    private static LogicalPlan comment(Reading read) {
        String full = read.qualified();
        var parts = SqlTokens.of(full);
        if (parts.size() < 3) {
            throw read.wrong("a table and a column");
        }
        read.expect("IS");
        String comment = read.skip("NULL") ? "" : read.string();
        read.expectEnd();
        String table = full.substring(0, parts.get(parts.size() - 2).start());
        String column = parts.get(parts.size() - 1).text();
        return new RowsCommand("COMMENT ON COLUMN", NOTHING, session -> {
            session.sql("ALTER TABLE " + table + " ALTER COLUMN " + column + " COMMENT " + Constraints.quoted(comment));
            return List.of();
        });
    }
}
