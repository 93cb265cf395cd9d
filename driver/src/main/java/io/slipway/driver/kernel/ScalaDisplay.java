package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.driver.command.Scope;
import io.slipway.driver.table.TableBundle;
import io.slipway.protocol.driver.Mime;
import org.apache.spark.sql.Dataset;

/** {@code display} and {@code displayHTML} of Scala cells. */
public final class ScalaDisplay {
    private final Scope scope;

    ScalaDisplay(Scope scope) {
        this.scope = scope;
    }

    public void display(Dataset<?> data) {
        scope.frames().display(Mime.TABLE, TableBundle.of(data, scope.cutResults()));
    }

    public void displayHTML(String html) {
        scope.frames().display("text/html", JsonNodeFactory.instance.textNode(html));
    }
}
