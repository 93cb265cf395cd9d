package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** A JSON file that a process writes when it has something to say; read again only when it changed. */
final class WatchedFile {
    private static final long LIMIT = 256 * 1024;

    private final Path file;
    private Optional<JsonObject> content = Optional.empty();
    private FileTime modified = FileTime.fromMillis(0);
    private long size = -1;

    WatchedFile(Path file) {
        this.file = file;
    }

    Optional<JsonObject> content() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (now.size() != size || !now.lastModifiedTime().equals(modified)) {
                modified = now.lastModifiedTime();
                size = now.size();
                content = size > LIMIT
                        ? Optional.empty()
                        : Optional.of(JsonParser.object().from(Files.readString(file)));
            }
        } catch (IOException | JsonParserException e) {
            content = Optional.empty(); // not there, or not written by renaming as it should be: the next look sees it
            // whole
            size = -1;
        }
        return content;
    }
}
