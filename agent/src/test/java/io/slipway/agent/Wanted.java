package io.slipway.agent;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.List;
import java.util.Map;

/** Makes elements of {@code wanted}. */
final class Wanted {
    private Wanted() {}

    static JsonObject process(String name, int generation, String... argv) {
        JsonObject json = new JsonObject();
        json.put("name", name);
        json.put("generation", generation);
        json.put("argv", new JsonArray(List.of(argv)));
        json.put("directory", name);
        json.put("stdout", name + "/out");
        json.put("stderr", name + "/err");
        return json;
    }

    static JsonObject shell(String name, int generation, String script) {
        return process(name, generation, "/bin/sh", "-c", script);
    }

    static JsonObject python(String name, int generation, String script) {
        return process(name, generation, "python3", "-c", script);
    }

    static JsonObject request(String id, String kind, Map<String, Object> fields) {
        JsonObject json = new JsonObject(fields);
        json.put("id", id);
        json.put("kind", kind);
        return json;
    }
}
