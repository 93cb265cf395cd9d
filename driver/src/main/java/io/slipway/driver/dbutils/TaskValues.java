package io.slipway.driver.dbutils;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.Frames;
import io.slipway.protocol.driver.Mime;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values that tasks of a job run hand to later tasks: read from what the context was given, written as frames. */
public final class TaskValues extends Part {
    private static final int LIMIT_BYTES = 48 * 1024;

    private final Map<String, Map<String, String>> values;
    private final boolean job;
    private final Supplier<Frames> output;

    public TaskValues(Map<String, Map<String, String>> values, boolean job, Supplier<Frames> output) {
        super("jobs.taskValues");
        this.values = values;
        this.job = job;
        this.output = output;
    }

    public void set(String key, Object value) {
        setJson(key, Json.text(value));
    }

    /** The Python side sends JSON, as its own objects mean nothing here. */
    public void setJson(String key, String json) {
        if (json.getBytes(StandardCharsets.UTF_8).length > LIMIT_BYTES) {
            throw new IllegalArgumentException("the value of task value " + key + " is larger than 48 KiB");
        }
        JsonNode value = parse(key, json);
        var frame = Json.object().put("key", key);
        frame.set("value", value);
        output.get().display(Mime.TASK_VALUE, frame);
    }

    private static JsonNode parse(String key, String json) {
        String refusal = "the value of task value " + key + " is not JSON";
        try {
            JsonNode value = Json.parse(json);
            if (value.isMissingNode()) {
                throw new IllegalArgumentException(refusal);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(refusal, e);
        }
    }

    public Object get(String taskKey, String key) {
        return value(getJson(taskKey, key, null, null));
    }

    public Object get(String taskKey, String key, Object fallback) {
        return value(getJson(taskKey, key, Json.text(fallback), null));
    }

    public Object get(String taskKey, String key, Object fallback, Object debug) {
        return value(getJson(taskKey, key, Json.text(fallback), Json.text(debug)));
    }

    private static Object value(String json) {
        try {
            return Json.mapper().readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Outside a job run the debug value answers, so that a notebook can be tried alone. */
    public String getJson(String taskKey, String key, @Nullable String fallback, @Nullable String debug) {
        String value = values.getOrDefault(taskKey, Map.of()).get(key);
        if (value != null) {
            return value;
        }
        if (!job) {
            if (debug != null) {
                return debug;
            }
            throw new NoSuchElementException(
                    "Must pass debugValue when calling get outside of a job context: task " + taskKey + ", key " + key);
        }
        if (fallback != null) {
            return fallback;
        }
        throw new NoSuchElementException("no task value named " + key + " was set by task " + taskKey);
    }
}
