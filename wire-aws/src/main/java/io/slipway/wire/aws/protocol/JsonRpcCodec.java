package io.slipway.wire.aws.protocol;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/** AWS JSON 1.0 and 1.1: a header names the operation, the body is one document. Some clients send the same document as CBOR. */
final class JsonRpcCodec implements Codec {
    private static final String CBOR = "application/x-amz-cbor-1.1";

    private final String contentType;

    JsonRpcCodec(String contentType) {
        this.contentType = contentType;
    }

    @Override
    public Optional<String> operation(WireRequest request) {
        return request.headers().first("x-amz-target").map(target -> target.substring(target.lastIndexOf('.') + 1));
    }

    private static JsonForm form(WireRequest request) {
        return request.mediaType().equals(CBOR) ? JsonForm.CBOR_MILLIS : JsonForm.TEXT;
    }

    @Override
    public SdkPojo read(Operation operation, Map<String, String> labels, WireRequest request) {
        SdkPojo builder = operation.request().get();
        if (request.body().length > 0) {
            new JsonReader(form(request)).fill(builder, request.body());
        }
        return Shapes.built(builder);
    }

    @Override
    public WireResponse write(Operation operation, SdkPojo response, WireRequest request, String requestId) {
        JsonForm form = form(request);
        return answer(200, form, new JsonWriter(form).document(response), requestId);
    }

    @Override
    public WireResponse error(Fault fault, WireRequest request, String requestId) {
        JsonForm form = form(request);
        return answer(fault.status(), form, JsonFault.document(fault, form, fault.code()), requestId);
    }

    private WireResponse answer(int status, JsonForm form, byte[] body, String requestId) {
        return WireResponse.of(status, form.binary() ? CBOR : contentType, body).with(REQUEST_ID, requestId);
    }
}
