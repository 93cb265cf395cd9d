package io.slipway.driver.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;

/**
 * A file that a stream has found.
 *
 * @param batch the number of the find
 * @param skipped was there before the stream began, and is not to be read
 */
record FileEntry(String path, long modified, long size, long batch, boolean skipped) {
    FileEntry found(long number, boolean skip) {
        return new FileEntry(path, modified, size, number, skip);
    }

    ObjectNode json() {
        return Json.object()
                .put("path", path)
                .put("modified", modified)
                .put("size", size)
                .put("batch", batch)
                .put("skipped", skipped);
    }

    static FileEntry of(JsonNode json) {
        return new FileEntry(
                json.path("path").asText(),
                json.path("modified").asLong(),
                json.path("size").asLong(),
                json.path("batch").asLong(),
                json.path("skipped").asBoolean());
    }
}
