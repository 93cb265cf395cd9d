package io.slipway.wire.aws.signature;

import java.time.Instant;
import java.util.List;

/** A request that the holder of an access key has signed. */
public final class Verified {
    private final Scope scope;
    private final List<String> signedHeaders;
    private final Instant at;
    private final boolean presigned;
    private final Payload payload;
    private final String payloadText;
    private final ChunkSigner chunks;

    Verified(ShownSignature shown, Payload payload, String payloadText, SigningKeys.Key key) {
        this.scope = shown.scope();
        this.signedHeaders = List.copyOf(shown.signedHeaders());
        this.at = shown.at();
        this.presigned = shown.presigned();
        this.payload = payload;
        this.payloadText = payloadText;
        this.chunks = new ChunkSigner(key, shown.timestamp(), scope, shown.signature());
    }

    public Scope scope() {
        return scope;
    }

    public List<String> signedHeaders() {
        return signedHeaders;
    }

    public Instant at() {
        return at;
    }

    public boolean presigned() {
        return presigned;
    }

    public Payload payload() {
        return payload;
    }

    /** Throws unless the body, read to its end, is the one that was signed. */
    public void requireBody(byte[] sha256) {
        if (payload == Payload.HASHED && !Signing.same(payloadText, Signing.hex(sha256))) {
            throw SignatureCheck.otherBody();
        }
    }

    ChunkSigner chunks() {
        return chunks;
    }
}
