package io.slipway.wire.databricks.tree;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.WireServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Requests that no SDK sends: forms, raw bytes, and what old clients do. */
public final class RawClient {
    private final WireServer server;

    public RawClient(WireServer server) {
        this.server = server;
    }

    /** The real client of the same server. */
    public static WorkspaceClient sdk(WireServer server) {
        return new WorkspaceClient(new DatabricksConfig().setHost(server.url()).setToken(server.token()));
    }

    public HttpResponse<byte[]> send(String method, String path, String contentType, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, body)
                .header("Content-Type", contentType)
                .header("Authorization", "Bearer " + server.token())
                .build();
        // Version 1.1, as every client of this API speaks it; an upgrade to 2 would gather the whole body first.
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "text/json", BodyPublishers.noBody());
    }

    public HttpResponse<byte[]> json(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, path, "text/json", BodyPublishers.ofString(body));
    }

    /** A form with one file part, sent in chunks without a length; {@code fileFirst} puts the file before the fields. */
    public HttpResponse<byte[]> form(
            String path, Map<String, String> fields, String filePart, byte[] file, boolean fileFirst)
            throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (fileFirst) {
            filePart(body, filePart, file);
        }
        for (Map.Entry<String, String> field : fields.entrySet()) {
            text(
                    body,
                    "--frontier\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                            + field.getValue() + "\r\n");
        }
        if (!fileFirst) {
            filePart(body, filePart, file);
        }
        text(body, "--frontier--\r\n");
        return send(
                "POST",
                path,
                "multipart/form-data; boundary=frontier",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.toByteArray())));
    }

    private static void filePart(ByteArrayOutputStream body, String name, byte[] file) throws IOException {
        text(body, "--frontier\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"x\"\r\n\r\n");
        body.write(file);
        text(body, "\r\n");
    }

    private static void text(ByteArrayOutputStream body, String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
    }

    public static JsonNode tree(HttpResponse<byte[]> response) throws IOException {
        return WireJson.mapper().readTree(response.body());
    }

    public static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
