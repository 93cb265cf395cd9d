package io.slipway.wire.aws.signature;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a signature says of the body: the header {@code x-amz-content-sha256} (S3, signature calculations). */
public enum Payload {
    /** Its SHA-256 is signed; whoever reads the body compares. */
    HASHED(""),
    UNSIGNED("UNSIGNED-PAYLOAD"),
    CHUNKS_SIGNED("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
    CHUNKS_SIGNED_WITH_TRAILER("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),
    CHUNKS_UNSIGNED_WITH_TRAILER("STREAMING-UNSIGNED-PAYLOAD-TRAILER");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final String word;

    Payload(String word) {
        this.word = word;
    }

    /** Empty: there is no such way. */
    static Optional<Payload> of(String text) {
        return HASH.matcher(text).matches()
                ? Optional.of(HASHED)
                : Arrays.stream(values())
                        .filter(each -> !each.word.isEmpty() && each.word.equals(text))
                        .findFirst();
    }

    /** Whether this says that the body comes in frames. */
    static boolean inFrames(String text) {
        return text.strip().startsWith("STREAMING-");
    }

    /** Whether the body comes in frames, for {@link AwsChunks}. */
    public boolean chunked() {
        return signedChunks() || this == CHUNKS_UNSIGNED_WITH_TRAILER;
    }

    boolean signedChunks() {
        return this == CHUNKS_SIGNED || this == CHUNKS_SIGNED_WITH_TRAILER;
    }

    boolean trailer() {
        return this == CHUNKS_SIGNED_WITH_TRAILER || this == CHUNKS_UNSIGNED_WITH_TRAILER;
    }
}
