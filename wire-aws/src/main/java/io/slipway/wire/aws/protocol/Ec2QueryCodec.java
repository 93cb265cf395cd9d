package io.slipway.wire.aws.protocol;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/** EC2 query: as AWS query, but lists have no step for their members and answers no wrapper. */
final class Ec2QueryCodec implements Codec {
    private static final String XML = "text/xml;charset=UTF-8";

    private final String namespace;
    private final QueryForm form = new QueryForm(true);

    Ec2QueryCodec(String namespace) {
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
        String root = operation.name() + "Response";
        XmlWriter out = new XmlWriter().declaration().open(root, namespace).leaf("requestId", requestId);
        return WireResponse.of(200, XML, out.members(response).close(root).toString())
                .with(REQUEST_ID, requestId);
    }

    @Override
    public WireResponse error(Fault fault, WireRequest request, String requestId) {
        return WireResponse.of(fault.status(), XML, XmlFault.ofEc2(fault, requestId))
                .with(REQUEST_ID, requestId);
    }
}
