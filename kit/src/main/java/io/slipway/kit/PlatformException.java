package io.slipway.kit;

import java.util.Map;

/**
 * The one exception that crosses room borders: a cause, a sentence for the user and optional details. {@code details} may hold
 * {@code "reason"}, a finer code of one wire family (for instance {@code TABLE_DOES_NOT_EXIST}).
 */
public final class PlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> details;

    public PlatformException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    public PlatformException(ErrorCode code, String message, Map<String, String> details) {
        super(message);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    public PlatformException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = Map.of();
    }

    public ErrorCode code() {
        return code;
    }

    public Map<String, String> details() {
        return details;
    }

    /** The sentence for the user. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public static PlatformException invalid(String message) {
        return new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }

    public static PlatformException notFound(String message) {
        return new PlatformException(ErrorCode.NOT_FOUND, message);
    }

    public static PlatformException invalidState(String message) {
        return new PlatformException(ErrorCode.INVALID_STATE, message);
    }
}
