package io.slipway.wire.aws.protocol;

/** Errors as XML. */
final class XmlFault {
    private XmlFault() {}

    static String wrapped(Fault fault, String namespace, String requestId) {
        XmlWriter out = new XmlWriter().open("ErrorResponse", namespace).open("Error");
        out.leaf("Type", fault.ours() ? "Receiver" : "Sender").leaf("Code", fault.code());
        out.leaf("Message", fault.message());
        fault.shape().ifPresent(out::members);
        return out.close("Error")
                .leaf("RequestId", requestId)
                .close("ErrorResponse")
                .toString();
    }

    static String ofEc2(Fault fault, String requestId) {
        XmlWriter out = new XmlWriter().open("Response").open("Errors").open("Error");
        out.leaf("Code", fault.code()).leaf("Message", fault.message());
        fault.shape().ifPresent(out::members);
        return out.close("Error")
                .close("Errors")
                .leaf("RequestID", requestId)
                .close("Response")
                .toString();
    }

    static String bare(Fault fault, String requestId) {
        XmlWriter out = new XmlWriter().declaration().open("Error");
        out.leaf("Code", fault.code()).leaf("Message", fault.message());
        fault.shape().ifPresent(out::members);
        fault.extra().forEach(out::leaf);
        return out.leaf("RequestId", requestId).close("Error").toString();
    }
}
