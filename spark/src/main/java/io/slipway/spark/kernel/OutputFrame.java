package io.slipway.spark.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.Mime;
import io.slipway.spark.driver.DriverJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stored piece of a command's output: a {@link Frame} as JSON, which goes on to pages as it is. Who needs to know what is in it asks
 * here.
 *
 * @param seq its number among the command's frames, from 1 on
 */
public record OutputFrame(long seq, JsonNode body) {
    /** What {@code dbutils.jobs.taskValues.set} was called with. */
    public record TaskValue(String key, JsonNode value) {}

    static OutputFrame of(long seq, Frame frame) {
        return new OutputFrame(seq, DriverJson.DOCUMENTS.tree(frame));
    }

    private boolean is(String type) {
        return body.path("type").asText().equals(type);
    }

    /** Something printed. */
    public Optional<Frame.Stream> stream() {
        return is("stream")
                ? Optional.of(new Frame.Stream(
                        body.path("name").asText(), body.path("text").asText()))
                : Optional.empty();
    }

    /** Why the command failed. */
    public Optional<Frame.Problem> problem() {
        if (!is("error")) {
            return Optional.empty();
        }
        List<String> trace = new ArrayList<>();
        body.path("traceback").forEach(line -> trace.add(line.asText()));
        return Optional.of(new Frame.Problem(
                body.path("ename").asText(), body.path("evalue").asText(), trace));
    }

    /** Something displayed, what takes its place, or the value of the last expression, by MIME type; missing if it is none of them. */
    public JsonNode shown() {
        return body.path("data");
    }

    /** Whether it is the value of the last expression. */
    public boolean result() {
        return is("execute_result");
    }

    /** Whether it takes the place of something that was displayed before. */
    public boolean update() {
        return is("update_display_data");
    }

    /** The value of {@code dbutils.notebook.exit}. */
    public Optional<String> exit() {
        JsonNode exit = shown().path(Mime.EXIT);
        return exit.isObject() ? Optional.of(exit.path("value").asText()) : Optional.empty();
    }

    public Optional<TaskValue> taskValue() {
        JsonNode set = shown().path(Mime.TASK_VALUE);
        return set.isObject()
                ? Optional.of(new TaskValue(set.path("key").asText(), set.path("value")))
                : Optional.empty();
    }

    /** An input widget that was made or removed; missing if none was. */
    public JsonNode widget() {
        return shown().path(Mime.WIDGET);
    }
}
