package io.slipway.wire.aws.signature;

/** Each piece of a body is signed together with the signature before it, so that none can be left out or change places. */
final class ChunkSigner {
    private final SigningKeys.Key key;
    private final String head;
    private final String seed;

    ChunkSigner(SigningKeys.Key key, String timestamp, Scope scope, String seed) {
        this.key = key;
        this.head = timestamp + "\n" + scope.text() + "\n";
        this.seed = seed;
    }

    /** The signature of the request's head. */
    String seed() {
        return seed;
    }

    String chunk(String before, String hash) {
        return key.sign("AWS4-HMAC-SHA256-PAYLOAD\n" + head + before + "\n" + Signing.EMPTY_HASH + "\n" + hash);
    }

    /** @param trailer lines of {@code name:value} with an end of line each */
    String trailer(String before, String trailer) {
        return key.sign("AWS4-HMAC-SHA256-TRAILER\n" + head + before + "\n" + Signing.hash(trailer));
    }
}
