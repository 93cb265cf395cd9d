package io.slipway.wire.aws.signature;

import java.util.Optional;

/**
 * What a signature covers.
 *
 * @param rawPath as it was sent, percent-encoded
 * @param rawQuery as it was sent, without the question mark; empty if there is none
 * @param bodyHash SHA-256 of the whole body in small hexadecimal digits; empty while it is still coming
 */
public record SentRequest(
        String method, String rawPath, String rawQuery, SentHeaders headers, Optional<String> bodyHash) {}
