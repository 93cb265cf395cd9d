package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code agent.json} says.
 *
 * @param serverUrl without a trailing slash; beyond this machine https only
 * @param serverCa the file with the only certificate authority that the server is believed by; empty: those that Java knows
 * @param directory the node directory
 */
record AgentConfig(String nodeId, URI serverUrl, Optional<Path> serverCa, String bootstrapToken, Path directory) {
    /**
     * Reads the file.
     *
     * @throws Refused if a field is missing, or what is said to the server could be heard by others
     */
    static AgentConfig read(Path file) throws IOException, Refused {
        JsonObject json;
        try {
            json = JsonParser.object().from(Files.readString(file));
        } catch (JsonParserException e) {
            throw new Refused("INVALID_ARGUMENT", file + " is no JSON object: " + e.getMessage());
        }
        String url = required(json, "serverUrl");
        URI server = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        if (!"https".equals(server.getScheme()) && !loopback(server)) {
            throw new Refused(
                    "INVALID_ARGUMENT",
                    "serverUrl is " + server + ", and keys are sent to other machines by https only");
        }
        String ca = json.getString("serverCa", "");
        return new AgentConfig(
                required(json, "nodeId"),
                server,
                ca.isEmpty() ? Optional.empty() : Optional.of(file.resolveSibling(ca)),
                required(json, "bootstrapToken"),
                Path.of(required(json, "directory")).toAbsolutePath().normalize());
    }

    private static boolean loopback(URI server) throws IOException {
        return server.getHost() != null
                && InetAddress.getByName(server.getHost()).isLoopbackAddress();
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
