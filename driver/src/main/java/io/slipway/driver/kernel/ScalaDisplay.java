package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.command.Scope;
import io.slipway.driver.dbutils.FileInfo;
import io.slipway.driver.json.Json;
import io.slipway.driver.table.TableBundle;
import io.slipway.protocol.driver.Mime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryException;
import scala.Product;
import scala.jdk.javaapi.CollectionConverters;

/** The functions that Scala cells have without asking for them. */
public final class ScalaDisplay {
    private final Scope scope;

    ScalaDisplay(Scope scope) {
        this.scope = scope;
    }

    public void display(Dataset<?> data) throws StreamingQueryException, InterruptedException, TimeoutException {
        if (data.isStreaming()) {
            StreamDisplay.start(scope, data, StreamDisplay.Options.NONE);
            return;
        }
        scope.frames().display(Mime.TABLE, TableBundle.of(data, scope.cutResults()));
    }

    /** Files, case classes and tuples are a table; other things are told as text. */
    public void display(scala.collection.Iterable<?> items) {
        List<Object> rows = new ArrayList<>(CollectionConverters.asJavaCollection(items));
        if (!rows.isEmpty() && rows.stream().allMatch(FileInfo.class::isInstance)) {
            scope.frames()
                    .display(
                            Mime.TABLE,
                            FilesKernel.table(
                                    rows.stream().map(FileInfo.class::cast).toList()));
        } else if (!rows.isEmpty() && rows.stream().allMatch(Product.class::isInstance)) {
            scope.frames()
                    .display(
                            Mime.TABLE,
                            products(rows.stream().map(Product.class::cast).toList()));
        } else {
            scope.frames().stream("stdout", items + "\n");
        }
    }

    private static ObjectNode products(List<Product> rows) {
        ObjectNode table = Json.object().put("truncated", false);
        ArrayNode schema = table.putArray("schema");
        CollectionConverters.asJava(rows.get(0).productElementNames())
                .forEachRemaining(name -> schema.addObject()
                        .put("name", name)
                        .put("type", "\"string\"")
                        .put("nullable", true));
        ArrayNode data = table.putArray("data");
        for (Product row : rows) {
            ArrayNode line = data.addArray();
            CollectionConverters.asJava(row.productIterator())
                    .forEachRemaining(value -> line.add(String.valueOf(value)));
        }
        return table;
    }

    public void displayHTML(String html) {
        scope.frames().display("text/html", JsonNodeFactory.instance.textNode(html));
    }

    public String getArgument(String name) {
        return scope.widgets().getArgument(name);
    }

    public String getArgument(String name, String other) {
        return scope.widgets().getArgument(name, other);
    }

    public Dataset<Row> sql(String text) {
        return scope.session().sql(text);
    }

    public Dataset<Row> table(String name) {
        return scope.session().table(name);
    }
}
