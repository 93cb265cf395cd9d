package io.slipway.driver.kernel;

import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.table.TableBundle;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.Mime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * SQL: any number of statements per command, one after the other. The last one's result is shown, and those of queries before it.
 * {@code :name} markers, {@code ${name}} and the like take the values of widgets and arguments.
 */
public final class SqlKernel implements Kernel {
    /** First words of statements that somebody runs to see what they give. */
    private static final Set<String> QUERIES =
            Set.of("select", "with", "values", "from", "table", "show", "describe", "desc", "explain", "list");

    private final Scope scope;
    private final RunningThread running = new RunningThread();

    public SqlKernel(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Outcome run(Command command) throws InterruptedException {
        String text = ((CommandSpec.Code) command.spec()).code();
        Optional<String> refusal = Magics.refusal(text, "SQL");
        if (refusal.isPresent()) {
            command.frames().error("UnknownMagic", refusal.get(), List.of());
            return Outcome.ERROR;
        }
        List<SqlText.Statement> statements = SqlText.statements(text);
        if (statements.isEmpty()) {
            return Outcome.OK;
        }
        running.begin();
        int at = 0;
        try {
            SparkSession.setActiveSession(scope.session());
            command.claim(scope.spark());
            for (; at < statements.size(); at++) {
                if (command.cancelRequested()) {
                    throw new InterruptedException("the command was cancelled");
                }
                run(statements.get(at), at == statements.size() - 1, command);
            }
            return Outcome.OK;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            // Spark throws checked exceptions without declaring them, and a statement may exhaust memory or link badly.
            return failed(command, e, statements, at);
        } finally {
            running.end();
        }
    }

    private void run(SqlText.Statement statement, boolean last, Command command) throws InterruptedException {
        Map<String, String> values = scope.widgets().all();
        String text = new SqlWidgets(values, this::setting).into(statement.text(), statement.line());
        Optional<WidgetStatement> widget = WidgetStatement.of(text);
        if (widget.isPresent()) {
            about(widget.get());
            return;
        }
        Dataset<Row> data = query(text, statement, values);
        if (data.schema().isEmpty()) {
            return;
        }
        scope.sqlResult(data);
        if (last || QUERIES.contains(firstWord(text))) {
            command.frames().display(Mime.TABLE, TableBundle.of(data, scope.cutResults()));
        }
    }

    private static String firstWord(String text) {
        return text.split("\\W", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** Names with a colon are Spark's own kinds of variables. */
    private boolean setting(String name) {
        return name.contains(":")
                || scope.session().conf().getOption(name).isDefined()
                || "false".equals(scope.session().conf().get("spark.sql.variable.substitute", "true"));
    }

    private void about(WidgetStatement widget) {
        if (widget.type().isEmpty()) {
            scope.widgets().remove(widget.name());
            return;
        }
        List<String> choices = widget.choices().isEmpty()
                ? List.of()
                : scope.session().sql(widget.choices()).collectAsList().stream()
                        .map(row -> String.valueOf(row.get(0)))
                        .toList();
        scope.widgets().create(widget.type(), widget.name(), widget.defaultValue(), choices, widget.name());
    }

    /** Empty lines before the statement make Spark tell the lines of the cell. */
    private Dataset<Row> query(String text, SqlText.Statement statement, Map<String, String> values)
            throws InterruptedException {
        Map<String, Object> arguments = new HashMap<>();
        for (String name : statement.markers()) {
            String value = values.get(name);
            if (value != null) {
                arguments.put(name, value);
            }
        }
        String placed = "\n".repeat(statement.line()) + text;
        return arguments.isEmpty()
                ? scope.session().sql(placed)
                : scope.session().sql(placed, arguments);
    }

    private static Outcome failed(Command command, Throwable error, List<SqlText.Statement> statements, int at) {
        String where = statements.size() == 1
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%nThis is statement %d of %d, which begins in line %d of the cell. %s",
                        at + 1,
                        statements.size(),
                        statements.get(at).line() + 1,
                        at == 0 ? "None of the others was run." : "Those before it were run.");
        return ErrorFrames.write(
                command.frames(), error, message -> message.replaceAll("== SQL ==\\n+", "== SQL ==\n") + where);
    }

    @Override
    public void interrupt() {
        running.interrupt();
    }

    @Override
    public void close() {}
}
