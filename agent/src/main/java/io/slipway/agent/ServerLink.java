package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** Calls to the server. HttpURLConnection, since it is there after 20 ms where the newer client takes 150. */
final class ServerLink {
    private static final int CONNECT_MILLIS = 10_000;
    /** Three times what the server holds a sync. */
    private static final int READ_MILLIS = 60_000;

    private final URI server;
    private final String nodeId;
    private final Optional<SSLSocketFactory> trust;

    /** @param trust whom the server is believed by; empty: those that Java knows */
    ServerLink(URI server, String nodeId, Optional<SSLSocketFactory> trust) {
        this.server = server;
        this.nodeId = nodeId;
        this.trust = trust;
    }

    record Answer(int status, JsonObject body) {
        boolean ok() {
            return status == HttpURLConnection.HTTP_OK;
        }
    }

    Answer post(String call, String bearer, JsonObject body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(server + "/agent/v1/" + call).toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure) {
            trust.ifPresent(secure::setSSLSocketFactory);
        }
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", "Bearer " + bearer);
        // The server reads a long body only from a node that it knows by the head.
        connection.setRequestProperty("X-Slipway-Node", nodeId);
        connection.setRequestProperty("Content-Type", "application/json");
        byte[] bytes = JsonWriter.string(body).getBytes(StandardCharsets.UTF_8);
        connection.setFixedLengthStreamingMode(bytes.length); // otherwise a failed POST is silently sent twice
        connection.getOutputStream().write(bytes);
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            drain(connection);
            return new Answer(status, new JsonObject());
        }
        try (InputStream in = connection.getInputStream()) {
            return new Answer(status, JsonParser.object().from(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (JsonParserException e) {
            throw new IOException("the server's answer to " + call + " is no JSON object", e);
        }
    }

    /** An error's body is read to its end, or the connection cannot be used again. */
    private static void drain(HttpURLConnection connection) throws IOException {
        try (InputStream error = connection.getErrorStream()) {
            if (error != null) {
                error.readAllBytes();
            }
        }
    }
}
