package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code agent.json} says.
 *
 * @param serverUrl without a trailing slash
 * @param directory the node directory
 */
record AgentConfig(String nodeId, URI serverUrl, String bootstrapToken, Path directory) {
    /**
     * Reads the file.
     *
     * @throws Refused if a field is missing
     */
    static AgentConfig read(Path file) throws IOException, Refused {
        JsonObject json;
        try {
            json = JsonParser.object().from(Files.readString(file));
        } catch (JsonParserException e) {
            throw new Refused("INVALID_ARGUMENT", file + " is no JSON object: " + e.getMessage());
        }
        String url = required(json, "serverUrl");
        return new AgentConfig(
                required(json, "nodeId"),
                URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url),
                required(json, "bootstrapToken"),
                Path.of(required(json, "directory")).toAbsolutePath().normalize());
    }

    private static String required(JsonObject json, String field) throws Refused {
        String value = json.getString(field, "");
        if (value.isEmpty()) {
            throw new Refused("INVALID_ARGUMENT", "agent.json has no " + field);
        }
        return value;
    }

    /** The folder that belongs to the agent alone. */
    Path ownFolder() {
        return directory.resolve(NodePaths.OWN);
    }
}
