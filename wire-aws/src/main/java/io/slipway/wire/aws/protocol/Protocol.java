package io.slipway.wire.aws.protocol;

/** How a service of AWS is spoken with (Smithy, AWS protocols). */
public enum Protocol {
    AWS_JSON_1_0,
    AWS_JSON_1_1,
    QUERY,
    EC2_QUERY,
    REST_JSON,
    REST_XML,
    RPC_V2_CBOR;

    /** Whether method and path, and not a name, say what is to be done. */
    public boolean rest() {
        return this == REST_JSON || this == REST_XML;
    }

    /**
     * How it tells that a request cannot be read.
     *
     * @param service its signing name: some say it their own way
     */
    public Fault fault(Malformed why, String service) {
        int status = switch (why.kind()) {
            case UNKNOWN_OPERATION -> this == REST_JSON || this == RPC_V2_CBOR ? 404 : this == REST_XML ? 405 : 400;
            case MEDIA_TYPE -> this == REST_JSON || this == RPC_V2_CBOR ? 415 : 400;
            case NOT_ACCEPTABLE -> 406;
            default -> 400;
        };
        return new Fault(status, code(why.kind(), service), why.message());
    }

    private String code(Malformed.Kind kind, String service) {
        return switch (this) {
            case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON, RPC_V2_CBOR -> json(kind);
            case QUERY -> query(kind);
            case EC2_QUERY -> ec2(kind);
            case REST_XML -> service.equals("s3") ? s3(kind) : json(kind);
        };
    }

    private static String json(Malformed.Kind kind) {
        return switch (kind) {
            case SYNTAX, VALUE, UNKNOWN_MEMBER -> "SerializationException";
            case MISSING -> "ValidationException";
            case UNKNOWN_OPERATION -> "UnknownOperationException";
            case MEDIA_TYPE -> "UnsupportedMediaTypeException";
            case NOT_ACCEPTABLE -> "NotAcceptableException";
        };
    }

    private static String query(Malformed.Kind kind) {
        return switch (kind) {
            case SYNTAX, MEDIA_TYPE, NOT_ACCEPTABLE -> "MalformedQueryString";
            case VALUE -> "MalformedInput";
            case MISSING, UNKNOWN_MEMBER -> "ValidationError";
            case UNKNOWN_OPERATION -> "InvalidAction";
        };
    }

    private static String ec2(Malformed.Kind kind) {
        return switch (kind) {
            case SYNTAX, MEDIA_TYPE, NOT_ACCEPTABLE -> "MalformedQueryString";
            case VALUE -> "InvalidParameterValue";
            case MISSING -> "MissingParameter";
            case UNKNOWN_MEMBER -> "UnknownParameter";
            case UNKNOWN_OPERATION -> "InvalidAction";
        };
    }

    private static String s3(Malformed.Kind kind) {
        return switch (kind) {
            case SYNTAX, MISSING, UNKNOWN_MEMBER -> "MalformedXML";
            case VALUE, MEDIA_TYPE, NOT_ACCEPTABLE -> "InvalidArgument";
            case UNKNOWN_OPERATION -> "MethodNotAllowed";
        };
    }
}
