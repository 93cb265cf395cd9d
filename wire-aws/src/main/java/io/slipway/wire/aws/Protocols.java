package io.slipway.wire.aws;

import io.slipway.wire.aws.protocol.Protocol;
import io.slipway.wire.aws.protocol.WireRequest;

/** Which protocol a request is in. */
final class Protocols {
    private static final String TARGET = "x-amz-target";

    private Protocols() {}

    /** @param usual that of the service */
    static Protocol spoken(Protocol usual, WireRequest request) {
        if (usual.rest()) {
            return usual;
        }
        if (request.headers()
                .first("smithy-protocol")
                .filter("rpc-v2-cbor"::equals)
                .isPresent()) {
            return Protocol.RPC_V2_CBOR;
        }
        boolean json = usual == Protocol.AWS_JSON_1_0 || usual == Protocol.AWS_JSON_1_1;
        if (request.headers().first(TARGET).isPresent()) {
            return json ? usual : Protocol.AWS_JSON_1_0;
        }
        return json ? Protocol.QUERY : usual;
    }

    /** As clients of a service that nobody knows may understand it. */
    static Protocol guessed(WireRequest request) {
        if (request.headers().first(TARGET).isPresent()) {
            return Protocol.AWS_JSON_1_1;
        }
        boolean form = request.headers()
                .first("content-type")
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        return spoken(form ? Protocol.QUERY : Protocol.REST_JSON, request);
    }
}
