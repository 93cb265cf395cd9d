package io.slipway.driver.api;

/** A refusal on its way to the caller: an HTTP status, a code and a sentence. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    ApiError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static ApiError notFound(String what) {
        return new ApiError(404, "NOT_FOUND", what + " does not exist");
    }

    static ApiError invalid(String message) {
        return new ApiError(400, "INVALID_ARGUMENT", message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
