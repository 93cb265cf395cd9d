package io.unitycatalog.slipway;

/** The catalog refused or could not be reached; the message is the server's own sentence. */
final class CatalogFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    CatalogFailure(int status, String code, String message) {
        super(code.isEmpty() ? message : code + ": " + message);
        this.status = status;
        this.code = code;
    }

    CatalogFailure(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.code = "";
    }

    boolean missing() {
        return status == 404;
    }

    /** Not a name that anything in the catalog could have. */
    boolean malformed() {
        return status == 400;
    }

    boolean exists() {
        return status == 409 || code.endsWith("ALREADY_EXISTS");
    }

    boolean notEmpty() {
        return code.endsWith("NOT_EMPTY");
    }
}
