package io.slipway.wire.aws.protocol;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/** AWS query: a form names the operation, the answer is XML. */
final class QueryCodec implements Codec {
    private static final String XML = "text/xml";

    private final String namespace;
    private final QueryForm form = new QueryForm(false);

    QueryCodec(String namespace) {
        this.namespace = namespace;
    }

    @Override
    public Optional<String> operation(WireRequest request) {
        return QueryForm.action(request);
    }

    @Override
    public SdkPojo read(Operation operation, Map<String, String> labels, WireRequest request) {
        return form.read(operation, labels, request);
    }

    @Override
    public WireResponse write(Operation operation, SdkPojo response, WireRequest request, String requestId) {
        String name = operation.name();
        XmlWriter out = new XmlWriter().open(name + "Response", namespace);
        // Empty or not: for some operations clients insist on it, for others they do not look.
        out.open(name + "Result").members(response).close(name + "Result");
        out.open("ResponseMetadata").leaf("RequestId", requestId).close("ResponseMetadata");
        return WireResponse.of(200, XML, out.close(name + "Response").toString())
                .with(REQUEST_ID, requestId);
    }

    @Override
    public WireResponse error(Fault fault, WireRequest request, String requestId) {
        return WireResponse.of(fault.status(), XML, XmlFault.wrapped(fault, namespace, requestId))
                .with(REQUEST_ID, requestId);
    }
}
