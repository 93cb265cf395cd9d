package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A message of the Jupyter messaging protocol 5.3, signed with the connection's key. */
record JupyterMessage(String type, String parentId, JsonNode content, JsonNode metadata) {
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

    static List<byte[]> request(String key, String session, String id, String type, ObjectNode content) {
        ObjectNode header = Json.object()
                .put("msg_id", id)
                .put("session", session)
                .put("username", "driver")
                .put("date", Instant.now().toString())
                .put("msg_type", type)
                .put("version", "5.3");
        byte[] head = Json.bytes(header);
        byte[] empty = Json.bytes(Json.object());
        byte[] body = Json.bytes(content);
        byte[] signature = signature(key, List.of(head, empty, empty, body));
        return List.of(DELIMITER, signature, head, empty, empty, body);
    }

    static JupyterMessage read(String key, List<byte[]> parts) throws IOException {
        int at = 0;
        while (at < parts.size() && !Arrays.equals(parts.get(at), DELIMITER)) {
            at++;
        }
        if (parts.size() < at + 6) {
            throw new IOException("not a Jupyter message");
        }
        List<byte[]> signed = parts.subList(at + 2, at + 6);
        if (!MessageDigest.isEqual(parts.get(at + 1), signature(key, signed))) {
            throw new IOException("a Jupyter message with a wrong signature");
        }
        return new JupyterMessage(
                Json.parse(signed.get(0)).path("msg_type").asText(),
                Json.parse(signed.get(1)).path("msg_id").asText(""),
                Json.parse(signed.get(3)),
                Json.parse(signed.get(2)));
    }

    private static byte[] signature(String key, List<byte[]> parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
