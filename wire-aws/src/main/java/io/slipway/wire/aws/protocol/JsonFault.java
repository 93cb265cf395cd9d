package io.slipway.wire.aws.protocol;

/** Errors as JSON or CBOR. */
final class JsonFault {
    private JsonFault() {}

    /** @param type by which clients find the exception of their own */
    static byte[] document(Fault fault, JsonForm form, String type) {
        JsonWriter writer = new JsonWriter(form);
        return writer.document(out -> {
            out.writeStartObject();
            out.writeStringField("__type", type);
            out.writeStringField("message", fault.message());
            if (fault.shape().isPresent()) {
                writer.members(out, fault.shape().get());
            }
            out.writeEndObject();
        });
    }
}
