package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The bearer token of this node: got once for the bootstrap token, then kept in a file that only this user can read. */
final class NodeKey {
    private final AgentConfig config;
    private final ServerLink link;
    private final Path file;
    private volatile String key;

    NodeKey(AgentConfig config, ServerLink link) throws IOException {
        this.config = config;
        this.link = link;
        this.file = config.ownFolder().resolve("key");
        this.key = read(file);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Empty before the first registration. */
    String value() {
        return key;
    }

    /**
     * Asks for a key.
     *
     * @return the status of the answer; 200 if there is a key now
     */
    int register() throws IOException {
        JsonObject body = new JsonObject();
        body.put("protocol", 1);
        body.put("nodeId", config.nodeId());
        ServerLink.Answer answer = link.post("register", config.bootstrapToken(), body);
        String given = answer.body().getString("key", "");
        if (answer.ok() && !given.isEmpty()) {
            SafeFile.write(file, given, 0600);
            key = given;
        }
        return answer.status();
    }
}
