package io.slipway.driver.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.driver.json.Json;
import org.apache.spark.sql.execution.streaming.Offset;

/** How far a stream has come: all files found up to this number. */
final class FileOffset extends Offset {
    private final long number;

    FileOffset(long number) {
        this.number = number;
    }

    /** Spark gives back what it kept in a class of its own. */
    static long number(org.apache.spark.sql.connector.read.streaming.Offset offset) {
        try {
            return Json.parse(offset.json()).path("files").asLong(-1);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not an offset of cloudFiles: " + offset.json(), e);
        }
    }

    @Override
    public String json() {
        return Json.object().put("files", number).toString();
    }
}
