package io.slipway.driver.kernel;

import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.dbutils.DbUtils;
import io.slipway.driver.dbutils.Help;
import io.slipway.driver.table.TableBundle;
import io.slipway.protocol.driver.ContextSpec;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.jspecify.annotations.Nullable;

/** What the Python process of a context sees of the JVM (the py4j entry point). */
public final class PythonEntry {
    private final Scope scope;
    private final DbUtils dbutils;
    private int boundSqlResult;

    PythonEntry(Scope scope) {
        this.scope = scope;
        this.dbutils = scope.dbutils();
    }

    public JavaSparkContext javaSparkContext() {
        return JavaSparkContext.fromSparkContext(scope.spark());
    }

    public SparkSession session() {
        return scope.session();
    }

    public DbUtils dbutils() {
        return dbutils;
    }

    /** As notebooks call it that look for the context in which they run. */
    public DbUtils getDbutils() {
        return dbutils;
    }

    /** Where the platform is, and a token for it that is still good. */
    public List<String> access() {
        var context = dbutils.notebook().getContext();
        return List.of(context.apiUrl().getOrElse(() -> ""), context.apiToken().getOrElse(() -> ""));
    }

    /**
     * Called on Python's own JVM thread before each command: from here on the Spark jobs of that thread are the command's.
     * Answers a new SQL result for {@code _sqldf}, if there is one.
     */
    public synchronized @Nullable Dataset<Row> commandStarts() {
        SparkSession.setActiveSession(scope.session());
        Command command = scope.current();
        if (command != null) {
            command.claim(scope.spark());
        }
        int results = scope.sqlResults();
        if (results == boundSqlResult) {
            return null;
        }
        boundSqlResult = results;
        return scope.sqlResult();
    }

    /** Blank = all of dbutils, or all of a part. */
    public String help(String part, String command) {
        if (part.isEmpty()) {
            return Help.all();
        }
        return command.isEmpty() ? Help.of(part) : Help.of(part, command);
    }

    /** Whether somebody looks at what commands put out: at a notebook that is no task of a run. */
    public boolean attended() {
        return !scope.spec().notebookPath().isEmpty() && scope.spec().run().equals(ContextSpec.RunInfo.NONE);
    }

    /** What somebody types; null if the command is to end instead. */
    public @Nullable String ask(String prompt, boolean hidden) throws InterruptedException {
        Command command = scope.current();
        return command == null ? null : command.ask(prompt, hidden);
    }

    /** Blank options are left to the platform. */
    public void displayStream(Dataset<Row> data, String name, String processingTime, String checkpoint, String mode)
            throws StreamingQueryException, InterruptedException, TimeoutException {
        StreamDisplay.start(scope, data, new StreamDisplay.Options(name, processingTime, checkpoint, mode));
    }

    public String table(Dataset<Row> data) {
        return TableBundle.of(data, scope.cutResults()).toString();
    }
}
