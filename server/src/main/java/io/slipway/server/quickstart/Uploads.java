package io.slipway.server.quickstart;

import io.slipway.server.command.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** Brings notebooks to the workspace (Workspace API 2.0) and files to DBFS (DBFS API 2.0, create, add-block, close). */
final class Uploads {
    private static final String NOTEBOOKS = "/Shared/examples/flights";
    private static final String FILES = "/examples/flights";
    /** The API's limit of a block, before base64. */
    private static final int BLOCK = 1 << 20;

    private final ApiClient api;

    Uploads(ApiClient api) {
        this.api = api;
    }

    /** Replaces what is there. */
    void bring(Example example) {
        try {
            api.post("/api/2.0/workspace/mkdirs", Map.of("path", NOTEBOOKS));
            for (Path notebook : example.notebooks()) {
                String name = notebook.getFileName().toString();
                api.post(
                        "/api/2.0/workspace/import",
                        Map.of(
                                "path",
                                NOTEBOOKS + "/" + name.substring(0, name.lastIndexOf('.')),
                                "format",
                                "SOURCE",
                                "language",
                                "PYTHON",
                                "content",
                                Base64.getEncoder().encodeToString(Files.readAllBytes(notebook)),
                                "overwrite",
                                true));
            }
            for (Path file : example.files()) {
                put(file, FILES + "/" + file.getFileName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The example cannot be read: " + e.getMessage(), e);
        }
    }

    private void put(Path file, String path) throws IOException {
        long handle = api.post("/api/2.0/dbfs/create", Map.of("path", path, "overwrite", true))
                .path("handle")
                .asLong();
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                String data = Base64.getEncoder().encodeToString(block);
                api.post("/api/2.0/dbfs/add-block", Map.of("handle", handle, "data", data));
            }
        }
        api.post("/api/2.0/dbfs/close", Map.of("handle", handle));
    }
}
