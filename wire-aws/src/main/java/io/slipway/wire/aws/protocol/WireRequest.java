package io.slipway.wire.aws.protocol;

import io.slipway.wire.aws.signature.SentHeaders;
import java.util.Locale;

/**
 * A request with its whole body.
 *
 * @param rawPath as it was sent, percent-encoded
 */
@SuppressWarnings("ArrayRecordComponent")
public record WireRequest(String method, String rawPath, Parameters query, SentHeaders headers, byte[] body) {
    /** The type of its body in small letters, without parameters; empty if it does not say. */
    String mediaType() {
        String type = headers.first("content-type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
