package io.slipway.driver.sources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/** Takes the records of a text apart. */
interface Records {
    /**
     * One record.
     *
     * @param row of all columns; those that could not be read are null
     * @param rescued what the columns do not hold
     * @param broken why the record is bad, if it is
     */
    record Entry(String text, InternalRow row, ObjectNode rescued, Optional<Throwable> broken) {
        static Entry broken(String text, int columns, Throwable why) {
            return new Entry(text, new GenericInternalRow(columns), Json.object(), Optional.of(why));
        }
    }

    /** @param text a line, or the whole file if records go over several lines */
    Iterator<Entry> of(String text);
}
