package io.slipway.wire.aws.protocol;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** REST with documents in JSON. */
final class RestJsonCodec implements Codec {
    private static final String JSON = "application/json";

    private final JsonReader reader = new JsonReader(JsonForm.TEXT);
    private final JsonWriter writer = new JsonWriter(JsonForm.TEXT);

    @Override
    public Optional<String> operation(WireRequest request) {
        return Optional.empty();
    }

    @Override
    public SdkPojo read(Operation operation, Map<String, String> labels, WireRequest request) {
        SdkPojo builder = operation.request().get();
        RestReader.fill(builder, labels, request.query(), request.headers());
        if (request.body().length > 0) {
            Optional<SdkField<?>> payload = Shapes.payload(builder);
            if (payload.isPresent()) {
                SdkField<?> field = payload.get();
                field.set(builder, RestPayload.raw(field, request.body()).orElseGet(() -> document(field, request)));
            } else if (RestPayload.hasMembers(builder)) {
                requireJson(request);
                reader.fill(builder, request.body());
            }
        }
        return Shapes.built(builder);
    }

    private Object document(SdkField<?> field, WireRequest request) {
        requireJson(request);
        return reader.value(field, request.body());
    }

    /** Who does not say what a body is sends JSON. */
    private static void requireJson(WireRequest request) {
        String type = request.mediaType();
        if (!type.isEmpty() && !type.equals(JSON) && !type.startsWith("application/x-amz-json")) {
            throw new Malformed(Malformed.Kind.MEDIA_TYPE, "The body must be " + JSON + ".");
        }
    }

    @Override
    public WireResponse write(Operation operation, SdkPojo response, WireRequest request, String requestId) {
        return body(response).with(REQUEST_ID, requestId);
    }

    private WireResponse body(SdkPojo response) {
        Optional<SdkField<?>> payload = Shapes.payload(response);
        if (payload.isEmpty()) {
            return RestPayload.answer(200, response, JSON, writer.document(response));
        }
        Optional<Object> value = Shapes.value(payload.get(), response);
        if (value.isEmpty()) {
            return RestPayload.answer(200, response, "", new byte[0]);
        }
        return RestPayload.raw(response, value.get())
                .orElseGet(() -> RestPayload.answer(200, response, JSON, writer.document(payload.get(), value.get())));
    }

    @Override
    public WireResponse error(Fault fault, WireRequest request, String requestId) {
        byte[] body = writer.document(out -> {
            out.writeStartObject();
            out.writeStringField("Type", fault.ours() ? "Service" : "User");
            out.writeStringField("message", fault.message());
            if (fault.shape().isPresent()) {
                writer.members(out, fault.shape().get());
            }
            out.writeEndObject();
        });
        WireResponse bare = fault.shape()
                .map(shape -> RestPayload.answer(fault.status(), shape, JSON, body))
                .orElseGet(() -> WireResponse.of(fault.status(), JSON, body));
        return bare.with("x-amzn-errortype", fault.code()).with(REQUEST_ID, requestId);
    }
}
