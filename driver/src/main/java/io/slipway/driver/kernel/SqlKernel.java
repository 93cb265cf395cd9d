package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.table.TableBundle;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.Mime;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** SQL: one statement per command; {@code :name} markers take the values of widgets and arguments. */
public final class SqlKernel implements Kernel {
    private final Scope scope;
    private final RunningThread running = new RunningThread();

    public SqlKernel(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Outcome run(Command command) throws InterruptedException {
        String text = ((CommandSpec.Code) command.spec()).code();
        SqlText sql = SqlText.of(text);
        if (sql.blank()) {
            return Outcome.OK;
        }
        running.begin();
        try {
            SparkSession.setActiveSession(scope.session());
            command.claim(scope.spark());
            Dataset<Row> data = query(text, sql);
            if (data.schema().isEmpty()) {
                return Outcome.OK;
            }
            ObjectNode table = TableBundle.of(data, scope.cutResults());
            scope.sqlResult(data);
            command.frames().display(Mime.TABLE, table);
            return Outcome.OK;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            // Spark throws checked exceptions without declaring them, and a statement may exhaust memory or link badly.
            return ErrorFrames.write(command.frames(), e);
        } finally {
            running.end();
        }
    }

    private Dataset<Row> query(String text, SqlText sql) throws InterruptedException {
        Map<String, Object> arguments = new HashMap<>();
        Map<String, String> values = scope.widgets().all();
        for (String name : sql.markers()) {
            String value = values.get(name);
            if (value != null) {
                arguments.put(name, value);
            }
        }
        return arguments.isEmpty() ? scope.session().sql(text) : scope.session().sql(text, arguments);
    }

    @Override
    public void interrupt() {
        running.interrupt();
    }

    @Override
    public void close() {}
}
