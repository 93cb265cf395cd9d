package io.slipway.driver.sql;

import io.unitycatalog.slipway.SessionCatalogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** USE, CREATE, ALTER, DROP, DESCRIBE and SHOW of catalogs, and comments on them. */
final class CatalogStatements {
    private static final StructType NOTHING = new StructType();

    private CatalogStatements() {}

    static Optional<LogicalPlan> plan(Reading read, ParserInterface next) throws ParseException {
        if (read.skip("USE", "CATALOG") || read.skip("SET", "CATALOG")) {
            return Optional.of(use(read, next));
        }
        if (read.skip("CREATE", "CATALOG") || read.skip("CREATE", "FOREIGN", "CATALOG")) {
            return Optional.of(create(read));
        }
        if (read.skip("DROP", "CATALOG")) {
            return Optional.of(drop(read));
        }
        if (read.skip("ALTER", "CATALOG")) {
            return Optional.of(alter(read));
        }
        if (read.skip("COMMENT", "ON", "CATALOG")) {
            return Optional.of(comment(read));
        }
        if (read.skip("DESCRIBE", "CATALOG") || read.skip("DESC", "CATALOG")) {
            return describe(read);
        }
        if (read.skip("SHOW", "CATALOGS")) {
            return Optional.of(show(read));
        }
        return Optional.empty();
    }

    private static LogicalPlan command(String name, StructType schema, RowsCommand.Work work) {
        return new RowsCommand(name, schema, work);
    }

    private static LogicalPlan use(Reading read, ParserInterface next) throws ParseException {
        if (read.peek().filter(token -> token.is("IDENTIFIER") || token.is(":")).isPresent()) {
            return next.parsePlan("SET CATALOG " + read.rest());
        }
        String name = read.name();
        read.expectEnd();
        return command("USE CATALOG", NOTHING, session -> {
            SessionCatalogs.of(session).use(name);
            return List.of();
        });
    }

    private static LogicalPlan create(Reading read) {
        boolean lenient = read.skip("IF", "NOT", "EXISTS");
        String name = read.name();
        String comment = "";
        String root = "";
        while (!read.atEnd()) {
            if (read.skip("COMMENT")) {
                comment = read.string();
            } else if (read.skip("MANAGED", "LOCATION")) {
                root = read.string();
            } else {
                throw new SqlRefusal(
                        "UNSUPPORTED_FEATURE",
                        "CREATE CATALOG takes COMMENT and MANAGED LOCATION here, not '" + read.rest()
                                + "': there are no shares, connections and default collations of catalogs");
            }
        }
        String remark = comment;
        String place = root;
        return command("CREATE CATALOG", NOTHING, session -> {
            SessionCatalogs.of(session).create(name, remark, place, lenient);
            return List.of();
        });
    }

    private static LogicalPlan drop(Reading read) {
        boolean lenient = read.skip("IF", "EXISTS");
        String name = read.name();
        boolean cascade = read.skip("CASCADE");
        if (!cascade) {
            read.skip("RESTRICT");
        }
        read.expectEnd();
        return command("DROP CATALOG", NOTHING, session -> {
            SessionCatalogs.of(session).drop(name, cascade, lenient);
            return List.of();
        });
    }

    private static LogicalPlan alter(Reading read) {
        String name = read.name();
        read.skip("SET");
        if (!read.skip("OWNER", "TO")) {
            throw new SqlRefusal(
                    "UNSUPPORTED_FEATURE", "of a catalog only OWNER can be altered, not '" + read.rest() + "'");
        }
        String owner = read.name();
        read.expectEnd();
        return change(name, "owner", owner);
    }

    private static LogicalPlan comment(Reading read) {
        String name = read.name();
        read.expect("IS");
        String comment = read.skip("NULL") ? "" : read.string();
        read.expectEnd();
        return change(name, "comment", comment);
    }

    private static LogicalPlan change(String name, String field, String value) {
        return command("ALTER CATALOG", NOTHING, session -> {
            SessionCatalogs.of(session).change(name, Map.of(field, value));
            return List.of();
        });
    }

    /** {@code DESCRIBE catalog} may also mean a table of that name. */
    private static Optional<LogicalPlan> describe(Reading read) {
        if (read.atEnd()) {
            return Optional.empty();
        }
        boolean extended = read.skip("EXTENDED");
        String name = read.name();
        read.expectEnd();
        var schema = new StructType().add("info_name", "string").add("info_value", "string");
        return Optional.of(command("DESCRIBE CATALOG", schema, session -> {
            var rows = new ArrayList<Row>();
            SessionCatalogs.of(session)
                    .describe(name, extended)
                    .forEach((key, value) -> rows.add(RowFactory.create(key, value)));
            return rows;
        }));
    }

    private static LogicalPlan show(Reading read) {
        boolean like = read.skip("LIKE");
        String pattern = read.atEnd() ? "*" : read.string();
        read.expectEnd();
        String wanted = like || !pattern.isEmpty() ? pattern.toLowerCase(Locale.ROOT) : "*";
        return command("SHOW CATALOGS", new StructType().add("catalog", "string"), session -> {
            var names = CollectionConverters.asScala(SessionCatalogs.of(session).names())
                    .toSeq();
            return CollectionConverters.asJava(StringUtils.filterPattern(names, wanted)).stream()
                    .map(name -> RowFactory.create((Object) name))
                    .toList();
        });
    }
}
