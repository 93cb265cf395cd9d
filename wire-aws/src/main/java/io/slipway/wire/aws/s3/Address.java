package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.signature.Encoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a request is about. Keys are what was sent, decoded once: no dots, slashes or plus signs are looked at.
 *
 * @param bucket empty: the service itself
 * @param key of an object
 */
record Address(Optional<String> bucket, Optional<String> key) {
    static Address of(String rawPath, BucketHost host) {
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        if (host.bucket().isPresent()) {
            return new Address(host.bucket(), text(path));
        }
        int slash = path.indexOf('/');
        return slash < 0
                ? new Address(text(path), Optional.empty())
                : new Address(text(path.substring(0, slash)), text(path.substring(slash + 1)));
    }

    private static Optional<String> text(String encoded) {
        if (encoded.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Encoding.decoded(encoded, false)))
                    .toString());
        } catch (CharacterCodingException e) {
            throw S3Errors.of(400, "InvalidURI", "Couldn't parse the specified URI.");
        }
    }

    /** How much of S3 it is about. */
    Level level() {
        return key.isPresent() ? Level.OBJECT : bucket.isPresent() ? Level.BUCKET : Level.SERVICE;
    }

    /** What something is about. */
    enum Level {
        SERVICE,
        BUCKET,
        OBJECT
    }
}
