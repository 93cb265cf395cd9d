package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.catalog.Catalogs;
import io.slipway.catalog.Column;
import io.slipway.catalog.PageRequest;
import io.slipway.catalog.Schemas;
import io.slipway.catalog.Tables;
import io.slipway.content.tree.Cell;
import io.slipway.content.tree.CellLanguage;
import io.slipway.content.tree.Language;
import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.Completion;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.driver.DriverClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What could stand at the cursor, and what is known of what stands there. The live interpreter is asked while it is free; names of the
 * catalog and words of SQL are always there.
 */
public final class Suggestions {
    private static final int MOST = 100;
    private static final Pattern PATH = Pattern.compile("[\\w`.]*\\z");

    /** Where Python and Scala name tables: {@code spark.table("}, {@code spark.sql("select … from }. */
    private static final Pattern TABLE_TEXT = Pattern.compile(
            "(?s).*\\b(table|sql)\\(\\s*[fr]?\"{1,3}[^\"]*\\z|(?s).*\\b(table|sql)\\(\\s*[fr]?'{1,3}[^']*\\z");

    private static final List<String> WORDS = List.of(
            "ADD",
            "ALL",
            "ALTER",
            "ANALYZE",
            "AND",
            "ANTI",
            "AS",
            "ASC",
            "BETWEEN",
            "BY",
            "CASE",
            "CAST",
            "CATALOG",
            "CATALOGS",
            "CLUSTER BY",
            "COLUMN",
            "COLUMNS",
            "COMMENT",
            "COUNT",
            "CREATE",
            "CROSS JOIN",
            "CURRENT_DATE",
            "CURRENT_TIMESTAMP",
            "DATABASE",
            "DELETE FROM",
            "DESC",
            "DESCRIBE",
            "DESCRIBE HISTORY",
            "DISTINCT",
            "DROP",
            "ELSE",
            "END",
            "EXCEPT",
            "EXISTS",
            "EXPLAIN",
            "FALSE",
            "FROM",
            "FULL JOIN",
            "FUNCTION",
            "GROUP BY",
            "HAVING",
            "IF EXISTS",
            "IF NOT EXISTS",
            "IN",
            "INNER JOIN",
            "INSERT INTO",
            "INSERT OVERWRITE",
            "INTERSECT",
            "INTERVAL",
            "IS NOT NULL",
            "IS NULL",
            "JOIN",
            "LATERAL VIEW",
            "LEFT JOIN",
            "LIKE",
            "LIMIT",
            "LOCATION",
            "MATCHED",
            "MERGE INTO",
            "NOT",
            "NULL",
            "OFFSET",
            "ON",
            "OPTIMIZE",
            "OR",
            "ORDER BY",
            "OUTER",
            "OVER",
            "PARTITION BY",
            "PARTITIONED BY",
            "PIVOT",
            "PRIMARY KEY",
            "RESTORE",
            "RIGHT JOIN",
            "RLIKE",
            "ROWS BETWEEN",
            "SCHEMA",
            "SCHEMAS",
            "SELECT",
            "SEMI JOIN",
            "SET",
            "SHOW",
            "SHOW TABLES",
            "SUM",
            "TABLE",
            "TABLES",
            "TBLPROPERTIES",
            "THEN",
            "TIMESTAMP AS OF",
            "TRUE",
            "TRUNCATE TABLE",
            "UNION",
            "UNION ALL",
            "UNPIVOT",
            "UPDATE",
            "USE",
            "USING",
            "VACUUM",
            "VALUES",
            "VERSION AS OF",
            "VIEW",
            "WHEN",
            "WHERE",
            "WINDOW",
            "WITH",
            "ZORDER BY");

    private final NotebookRuns runs;
    private final Drivers drivers;
    private final DriverClient client;
    private final Catalogs catalogs;
    private final Schemas schemas;
    private final Tables tables;

    public Suggestions(
            NotebookRuns runs,
            Drivers drivers,
            DriverClient client,
            Catalogs catalogs,
            Schemas schemas,
            Tables tables) {
        this.runs = runs;
        this.drivers = drivers;
        this.client = client;
        this.catalogs = catalogs;
        this.schemas = schemas;
        this.tables = tables;
    }

    /**
     * A question about a cell.
     *
     * @param text of the whole cell, the magic included
     * @param cursor in UTF-16 units
     */
    public record Question(Language notebook, String text, int cursor) {}

    /** The code of a cell without its magic, and how far it stands from the cell's beginning. */
    private record Code(CellLanguage language, String text, int offset, int cursor) {}

    private static Optional<Code> code(Question question) {
        Cell cell = new Cell(question.text());
        String code = cell.code();
        int offset = question.text().length() - code.length();
        boolean inside = question.cursor() >= offset
                && question.cursor() <= question.text().length();
        return inside && question.text().endsWith(code)
                ? Optional.of(new Code(cell.language(question.notebook()), code, offset, question.cursor() - offset))
                : Optional.empty();
    }

    public Completion complete(Caller caller, long objectId, Question question) {
        Completion nothing = Completion.none(question.cursor());
        Optional<Code> found = code(question);
        if (found.isEmpty()) {
            return nothing;
        }
        Code code = found.get();
        String before = code.text().substring(0, code.cursor());
        boolean names = code.language() == CellLanguage.SQL
                || TABLE_TEXT
                        .matcher(before.substring(Math.max(0, before.length() - 2_000)))
                        .matches();
        Optional<Completion> answer = names ? Optional.of(names(caller, code, before)) : kernel(caller, objectId, code);
        return answer.map(there -> new Completion(
                        there.matches(), there.cursorStart() + code.offset(), there.cursorEnd() + code.offset()))
                .orElse(nothing);
    }

    private Optional<Completion> kernel(Caller caller, long objectId, Code code) {
        return ask(caller, objectId, code, (driver, context) -> {
            Completion answer = client.complete(driver, context, code.language().word(), code.text(), code.cursor());
            return Optional.of(new Completion(
                    answer.matches().stream().limit(MOST).toList(), answer.cursorStart(), answer.cursorEnd()));
        });
    }

    /** A Jupyter MIME bundle about what stands at the cursor. */
    public Optional<JsonNode> inspect(Caller caller, long objectId, Question question) {
        return code(question)
                .flatMap(code -> ask(
                        caller,
                        objectId,
                        code,
                        (driver, context) ->
                                client.inspect(driver, context, code.language().word(), code.text(), code.cursor())));
    }

    private interface Asked<T> {
        Optional<T> of(io.slipway.spark.driver.DriverEndpoint driver, String contextId);
    }

    /** What an interpreter knows is its user's: others get no answer from it. */
    private <T> Optional<T> ask(Caller caller, long objectId, Code code, Asked<T> question) {
        boolean interpreted = code.language() == CellLanguage.PYTHON || code.language() == CellLanguage.SCALA;
        Optional<Document> document = runs.withContext(caller, objectId).filter(found -> runs.mayRun(caller, found));
        if (!interpreted || document.isEmpty()) {
            return Optional.empty();
        }
        try {
            return drivers.find(document.get().clusterId())
                    .flatMap(running ->
                            question.of(running.endpoint(), document.get().contextId()));
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.UNAVAILABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Completion names(Caller caller, Code code, String before) {
        Matcher path = PATH.matcher(before);
        String written = path.find() ? path.group() : "";
        List<String> steps = List.of(written.replace("`", "").split("\\.", -1));
        String last = steps.get(steps.size() - 1).toLowerCase(Locale.ROOT);
        Set<String> matches = new LinkedHashSet<>();
        if (steps.size() <= 2) {
            Optional<String> of = steps.size() == 2 ? Optional.of(steps.get(0)) : Optional.empty();
            columns(caller, code.text(), of).stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(last))
                    .forEach(matches::add);
        }
        under(caller, steps.subList(0, steps.size() - 1)).stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(last))
                .forEach(matches::add);
        if (steps.size() == 1 && !last.isEmpty()) {
            boolean lower = Character.isLowerCase(steps.get(0).charAt(0));
            WORDS.stream()
                    .filter(word -> word.toLowerCase(Locale.ROOT).startsWith(last))
                    .map(word -> lower ? word.toLowerCase(Locale.ROOT) : word)
                    .forEach(matches::add);
        }
        int start = before.length() - written.length() + written.lastIndexOf('.') + 1;
        return new Completion(matches.stream().limit(MOST).toList(), start, code.cursor());
    }

    /**
     * Columns of the tables that the statement names.
     *
     * @param of a table or another name for it; empty = all of them
     */
    private List<String> columns(Caller caller, String statement, Optional<String> of) {
        return SqlNames.in(statement).stream()
                .filter(named -> of.map(named::is).orElse(true))
                .flatMap(named -> columns(caller, named.steps()).stream())
                .distinct()
                .toList();
    }

    private List<String> columns(Caller caller, List<String> steps) {
        List<String> full = new ArrayList<>(steps);
        if (full.size() == 1) {
            full.add(0, "default");
        }
        if (full.size() == 2) {
            full.add(0, catalogs.defaultCatalog());
        }
        try {
            return tables.get(caller, String.join(".", full)).columns().stream()
                    .map(Column::name)
                    .toList();
        } catch (PlatformException e) {
            // It may be a view of the session, or half a name.
            return List.of();
        }
    }

    private List<String> under(Caller caller, List<String> parents) {
        String home = catalogs.defaultCatalog();
        List<String> names = new ArrayList<>();
        try {
            switch (parents.size()) {
                case 0 -> {
                    names.addAll(tables(caller, home, "default"));
                    names.addAll(schemas(caller, home));
                    names.addAll(catalogs.catalogNames(caller.workspace()));
                }
                case 1 -> {
                    if (catalogs.catalogNames(caller.workspace()).contains(parents.get(0))) {
                        names.addAll(schemas(caller, parents.get(0)));
                    } else {
                        names.addAll(tables(caller, home, parents.get(0)));
                    }
                }
                case 2 -> names.addAll(tables(caller, parents.get(0), parents.get(1)));
                default -> {
                    // Below a table there are its columns, which are found by what the statement names.
                }
            }
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.NOT_FOUND && e.code() != ErrorCode.INVALID_PARAMETER_VALUE) {
                throw e;
            }
        }
        return names;
    }

    private List<String> schemas(Caller caller, String catalog) {
        return schemas.list(caller, catalog, PageRequest.ALL).items().stream()
                .map(schema -> schema.fullName().substring(schema.fullName().indexOf('.') + 1))
                .toList();
    }

    private List<String> tables(Caller caller, String catalog, String schema) {
        return tables.list(caller, catalog, schema, PageRequest.ALL).items().stream()
                .map(table -> table.name())
                .toList();
    }
}
