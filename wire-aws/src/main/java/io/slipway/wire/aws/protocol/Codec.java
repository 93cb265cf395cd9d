package io.slipway.wire.aws.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkPojo;

/** Speaks one protocol. */
public interface Codec {
    String REQUEST_ID = "x-amzn-requestid";

    /** The operation that a request names. Empty: method and path say what is asked for. */
    Optional<String> operation(WireRequest request);

    /**
     * The operation's request, with all that was sent. Throws {@link Malformed}.
     *
     * @param labels values of the variables in the path
     */
    SdkPojo read(Operation operation, Map<String, String> labels, WireRequest request);

    /** @param request that is answered: some forms are chosen by whoever asks */
    WireResponse write(Operation operation, SdkPojo response, WireRequest request, String requestId);

    WireResponse error(Fault fault, WireRequest request, String requestId);

    /** @param namespace of documents in XML; empty if the protocol is none of XML */
    static Codec of(Protocol protocol, String namespace) {
        return switch (protocol) {
            case AWS_JSON_1_0 -> new JsonRpcCodec("application/x-amz-json-1.0");
            case AWS_JSON_1_1 -> new JsonRpcCodec("application/x-amz-json-1.1");
            case QUERY -> new QueryCodec(namespace);
            case EC2_QUERY -> new Ec2QueryCodec(namespace);
            case REST_JSON -> new RestJsonCodec();
            case REST_XML -> new RestXmlCodec(namespace, UnaryOperator.identity(), true, REQUEST_ID);
            case RPC_V2_CBOR -> new CborRpcCodec();
        };
    }
}
