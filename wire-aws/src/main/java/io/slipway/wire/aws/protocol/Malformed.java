package io.slipway.wire.aws.protocol;

/** What a client has sent cannot be read. Each protocol has codes of its own for that. */
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** It is no JSON, no XML, no form. */
        SYNTAX,
        /** A member has a value that it cannot have. */
        VALUE,
        /** A member that must be there is not. */
        MISSING,
        /** A member that nobody knows. */
        UNKNOWN_MEMBER,
        /** An operation that the service does not have. */
        UNKNOWN_OPERATION,
        /** The body is of a type that the operation does not take. */
        MEDIA_TYPE,
        /** The answer cannot be in any form that the client takes. */
        NOT_ACCEPTABLE
    }

    private final Kind kind;

    public Malformed(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static Malformed syntax(String message) {
        return new Malformed(Kind.SYNTAX, message);
    }

    static Malformed value(String member, String must) {
        return new Malformed(Kind.VALUE, "The value of " + member + " must be " + must + ".");
    }

    public Kind kind() {
        return kind;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
