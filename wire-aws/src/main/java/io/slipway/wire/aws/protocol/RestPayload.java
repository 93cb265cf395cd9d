package io.slipway.wire.aws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Bodies that are one member, bytes or a text, and answers with headers of their own: alike in both protocols of REST. */
final class RestPayload {
    private RestPayload() {}

    /** The value of a member that is bytes or a text. Empty: it is a document. */
    static Optional<Object> raw(SdkField<?> field, byte[] body) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_BYTES -> Optional.of(SdkBytes.fromByteArrayUnsafe(body));
            case STRING -> Optional.of(Parameters.utf8(body));
            default -> Optional.empty();
        };
    }

    /** @param contentType unless a member of the answer says another */
    static WireResponse answer(int status, SdkPojo shape, String contentType, byte[] body) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(RestWriter.headers(shape));
        if (!contentType.isEmpty()
                && headers.stream().noneMatch(each -> each.getKey().equals("content-type"))) {
            headers.add(Map.entry("content-type", contentType));
        }
        return new WireResponse(RestWriter.status(shape, status), headers, body);
    }

    /** An answer whose body is bytes or a text. Empty: it is a document. */
    static Optional<WireResponse> raw(SdkPojo shape, Object value) {
        if (value instanceof SdkBytes bytes) {
            return Optional.of(answer(200, shape, "application/octet-stream", bytes.asByteArrayUnsafe()));
        }
        return value instanceof String text
                ? Optional.of(answer(200, shape, "text/plain", text.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    static boolean hasMembers(SdkPojo shape) {
        return shape.sdkFields().stream().anyMatch(Shapes::inBody);
    }
}
