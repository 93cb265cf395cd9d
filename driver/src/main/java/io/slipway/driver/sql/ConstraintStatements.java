package io.slipway.driver.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/** ALTER TABLE … ADD and DROP of keys; checks are Delta's own. */
final class ConstraintStatements {
    private ConstraintStatements() {}

    static Optional<LogicalPlan> plan(Reading read, ParserInterface next) throws ParseException {
        if (!read.skip("ALTER", "TABLE")) {
            return Optional.empty();
        }
        String table = read.qualified();
        if (read.skip("ADD")) {
            return Constraint.read(read, "", read.tokens().size())
                    .filter(constraint -> !constraint.check())
                    .map(constraint -> add(read, table, constraint));
        }
        if (read.skip("DROP", "PRIMARY", "KEY")) {
            boolean lenient = read.skip("IF", "EXISTS");
            return Optional.of(drop(table, "PRIMARY KEY", lenient));
        }
        if (read.skip("DROP", "FOREIGN", "KEY")) {
            boolean lenient = read.skip("IF", "EXISTS");
            return Optional.of(
                    drop(table, "FOREIGN KEY (" + read.parenthesized().strip() + ")", lenient));
        }
        if (read.skip("DROP", "CONSTRAINT")) {
            read.skip("IF", "EXISTS");
            String name = read.name();
            return Optional.of(dropNamed(table, name, next.parsePlan(read.text())));
        }
        return Optional.empty();
    }

    private static LogicalPlan command(RowsCommand.Work work) {
        return new RowsCommand("ALTER TABLE", new StructType(), work);
    }

    private static LogicalPlan add(Reading read, String table, Constraint constraint) {
        read.expectEnd();
        return command(session -> {
            String name = constraint.name(table, 0);
            Map<String, String> keys = keys(session, table);
            boolean primary = constraint.text().startsWith("PRIMARY KEY");
            if (keys.containsKey(name)
                    || (primary && keys.values().stream().anyMatch(key -> key.startsWith("PRIMARY")))) {
                throw new SqlRefusal(
                        "DELTA_CONSTRAINT_ALREADY_EXISTS",
                        table + " has a constraint " + name + " or a primary key already");
            }
            if (primary) {
                for (String column : Constraint.columns(constraint.text())) {
                    if (nullable(session, table, column)) {
                        throw new SqlRefusal(
                                "UNSUPPORTED_CONSTRAINT_TYPE",
                                "the primary key needs columns that are NOT NULL, and " + column + " is not");
                    }
                }
            }
            session.sql("ALTER TABLE " + table + " SET TBLPROPERTIES ("
                    + Constraints.listed(Map.of(Constraints.KEY + name, constraint.text())) + ")");
            return List.of();
        });
    }

    private static boolean nullable(SparkSession session, String table, String column) {
        for (var field : session.table(table).schema().fields()) {
            if (field.name().equalsIgnoreCase(column)) {
                return field.nullable();
            }
        }
        throw new SqlRefusal("COLUMN_NOT_FOUND_IN_TABLE", table + " has no column " + column);
    }

    private static LogicalPlan drop(String table, String beginning, boolean lenient) {
        return command(session -> {
            List<String> names = keys(session, table).entrySet().stream()
                    .filter(key -> key.getValue().startsWith(beginning))
                    .map(Map.Entry::getKey)
                    .toList();
            if (names.isEmpty() && !lenient) {
                throw new SqlRefusal("DELTA_CONSTRAINT_DOES_NOT_EXIST", table + " has no " + beginning);
            }
            names.forEach(name -> unset(session, table, name));
            return List.of();
        });
    }

    private static LogicalPlan dropNamed(String table, String name, LogicalPlan ofDelta) {
        return command(session -> {
            if (keys(session, table).containsKey(name)) {
                unset(session, table, name);
            } else {
                Plans.run(session, ofDelta);
            }
            return List.of();
        });
    }

    private static void unset(SparkSession session, String table, String name) {
        session.sql(
                "ALTER TABLE " + table + " UNSET TBLPROPERTIES (" + Constraints.quoted(Constraints.KEY + name) + ")");
    }

    private static Map<String, String> keys(SparkSession session, String table) {
        var keys = new LinkedHashMap<String, String>();
        for (Row row : session.sql("SHOW TBLPROPERTIES " + table).collectAsList()) {
            if (row.getString(0).startsWith(Constraints.KEY)) {
                keys.put(row.getString(0).substring(Constraints.KEY.length()), row.getString(1));
            }
        }
        return keys;
    }
}
