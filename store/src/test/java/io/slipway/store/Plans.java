package io.slipway.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * How a database carries out what it is asked. PostgreSQL reads small tables whole whatever indexes there are, so it is told that this
 * and sorting are dear: what it does all the same it cannot help.
 */
public final class Plans {
    /** Tables that get rows for whatever happens. */
    private static final Set<String> GROWING = Set.of(
            "event",
            "cluster",
            "node",
            "context",
            "command",
            "job",
            "run",
            "task_run",
            "tree_object",
            "tree_content",
            "uc_schema",
            "uc_table",
            "document",
            "document_cell",
            "document_run",
            "document_log",
            "document_revision",
            "node_load");

    private static final Pattern SQLITE_SCAN = Pattern.compile("SCAN (\\w+)(.*)");
    private static final Pattern POSTGRES_SCAN = Pattern.compile("Seq Scan on (\\w+)");
    private static final Pattern POSTGRES_SORT = Pattern.compile("(^|-> +)(Incremental )?Sort ");

    private final Database database;

    public Plans(Database database) {
        this.database = database;
    }

    /** Statements that {@code work} asks the database, each once. */
    public Set<String> statements(Runnable work) {
        ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        database.listen(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                asked.add(context.getParsedSql().getSql().strip());
            }
        });
        try {
            work.run();
        } finally {
            database.listen(SqlLogger.NOP_SQL_LOGGER);
        }
        return new LinkedHashSet<>(asked);
    }

    /** What is slow about the queries that {@code work} makes, a line each. */
    public List<String> faults(Runnable work, boolean mayAlsoSort) {
        List<String> faults = new ArrayList<>();
        for (String sql : statements(work)) {
            if (sql.toLowerCase(Locale.ROOT).startsWith("select")) {
                for (String step : plan(sql)) {
                    if (scans(step) || (sorts(step) && !mayAlsoSort)) {
                        faults.add(step.strip() + " in: " + sql.replaceAll("\\s+", " "));
                    }
                }
            }
        }
        return faults;
    }

    private boolean scans(String step) {
        if (database.dialect() == Database.Dialect.SQLITE) {
            Matcher scan = SQLITE_SCAN.matcher(step);
            return scan.find()
                    && GROWING.contains(scan.group(1))
                    && !scan.group(2).contains("INDEX");
        }
        Matcher scan = POSTGRES_SCAN.matcher(step);
        return scan.find() && GROWING.contains(scan.group(1));
    }

    private boolean sorts(String step) {
        return database.dialect() == Database.Dialect.SQLITE
                ? step.contains("USE TEMP B-TREE")
                : POSTGRES_SORT.matcher(step).find();
    }

    private List<String> plan(String sql) {
        return database.dialect() == Database.Dialect.SQLITE
                ? database.read(handle -> handle.createQuery("explain query plan " + unnamed(sql))
                        .map((row, context) -> row.getString("detail"))
                        .list())
                : database.write(tx -> postgres(tx.sql(), sql));
    }

    /** Without values a parameter is null, which plans alike. */
    private static String unnamed(String sql) {
        return sql.replace("?", "null");
    }

    private static List<String> postgres(Handle handle, String sql) {
        for (String dear : List.of("seqscan", "bitmapscan", "sort", "incremental_sort")) {
            handle.execute("set local enable_" + dear + " = off");
        }
        handle.execute("set local plan_cache_mode = force_generic_plan");
        String[] parts = sql.split("\\?", -1);
        int count = parts.length - 1;
        StringBuilder numbered = new StringBuilder(parts[0]);
        for (int i = 1; i <= count; i++) {
            numbered.append('$').append(i).append(parts[i]);
        }
        handle.execute("prepare looked_at as " + numbered);
        String nulls = count == 0 ? "" : "(" + String.join(", ", Collections.nCopies(count, "null")) + ")";
        List<String> steps = handle.createQuery("explain execute looked_at" + nulls)
                .mapTo(String.class)
                .list();
        handle.execute("deallocate looked_at");
        return steps;
    }
}
