package io.slipway.wire.aws.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;

/** RPC v2 CBOR: the path names the operation, the body is one document (Smithy RPC v2 CBOR protocol). */
final class CborRpcCodec implements Codec {
    private static final Pattern PATH = Pattern.compile(".*/service/[^/]+/operation/([^/]+)/?");
    private static final String CBOR = "application/cbor";

    private final JsonReader reader = new JsonReader(JsonForm.CBOR_TAGGED);
    private final JsonWriter writer = new JsonWriter(JsonForm.CBOR_TAGGED);

    @Override
    public Optional<String> operation(WireRequest request) {
        Matcher path = PATH.matcher(request.rawPath());
        return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
    }

    @Override
    public SdkPojo read(Operation operation, Map<String, String> labels, WireRequest request) {
        SdkPojo builder = operation.request().get();
        if (request.body().length > 0) {
            if (!request.mediaType().equals(CBOR)) {
                throw new Malformed(Malformed.Kind.MEDIA_TYPE, "The body must be " + CBOR + ".");
            }
            reader.fill(builder, request.body());
        }
        return Shapes.built(builder);
    }

    @Override
    public WireResponse write(Operation operation, SdkPojo response, WireRequest request, String requestId) {
        return answer(200, writer.document(response), requestId);
    }

    @Override
    public WireResponse error(Fault fault, WireRequest request, String requestId) {
        return answer(fault.status(), JsonFault.document(fault, JsonForm.CBOR_TAGGED, fault.code()), requestId);
    }

    private static WireResponse answer(int status, byte[] body, String requestId) {
        return WireResponse.of(status, CBOR, body)
                .with("smithy-protocol", "rpc-v2-cbor")
                .with(REQUEST_ID, requestId);
    }
}
