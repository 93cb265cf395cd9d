package io.slipway.wire.aws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;

/** REST with documents in XML. */
public final class RestXmlCodec implements Codec {
    private static final String XML = "application/xml";

    private final String namespace;
    private final UnaryOperator<String> roots;
    private final boolean wrapped;
    private final String idHeader;

    /**
     * @param namespace of all documents
     * @param roots the outermost element of an answer, by the name of the operation
     * @param wrapped whether errors are in an envelope; those of S3 are not
     * @param idHeader tells the id of the request
     */
    public RestXmlCodec(String namespace, UnaryOperator<String> roots, boolean wrapped, String idHeader) {
        this.idHeader = idHeader;
        this.namespace = namespace;
        this.roots = roots;
        this.wrapped = wrapped;
    }

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
                field.set(
                        builder,
                        RestPayload.raw(field, request.body())
                                .orElseGet(() -> XmlReader.single(field, XmlElement.parse(request.body()))));
            } else if (RestPayload.hasMembers(builder)) {
                XmlReader.fill(builder, XmlElement.parse(request.body()));
            }
        }
        return Shapes.built(builder);
    }

    @Override
    public WireResponse write(Operation operation, SdkPojo response, WireRequest request, String requestId) {
        return body(operation, response).with(idHeader, requestId);
    }

    private WireResponse body(Operation operation, SdkPojo response) {
        Optional<SdkField<?>> payload = Shapes.payload(response);
        if (payload.isEmpty()) {
            if (!RestPayload.hasMembers(response)) {
                return RestPayload.answer(200, response, "", new byte[0]);
            }
            String root = roots.apply(operation.name());
            XmlWriter out = new XmlWriter().declaration().open(root, namespace).members(response);
            return document(response, out.close(root));
        }
        SdkField<?> field = payload.get();
        Optional<Object> value = Shapes.value(field, response);
        if (value.isEmpty()) {
            return RestPayload.answer(200, response, "", new byte[0]);
        }
        if (field.marshallingType().getKnownType() == MarshallingKnownType.SDK_POJO) {
            XmlWriter out = new XmlWriter().declaration();
            return document(
                    response, out.structure(field, field.unmarshallLocationName(), namespace, (SdkPojo) value.get()));
        }
        return RestPayload.raw(response, value.get())
                .orElseThrow(() -> new IllegalStateException(field.memberName() + " is no body"));
    }

    private static WireResponse document(SdkPojo response, XmlWriter out) {
        return RestPayload.answer(200, response, XML, out.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public WireResponse error(Fault fault, WireRequest request, String requestId) {
        String body = wrapped ? XmlFault.wrapped(fault, namespace, requestId) : XmlFault.bare(fault, requestId);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return fault.shape()
                .map(shape -> RestPayload.answer(fault.status(), shape, XML, bytes))
                .orElseGet(() -> WireResponse.of(fault.status(), XML, bytes))
                .with(idHeader, requestId);
    }
}
