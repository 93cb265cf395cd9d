package io.slipway.kit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The one exception that crosses room borders: a cause, a sentence for the user and optional details. {@code details} may hold
 * {@code "reason"}, a finer code of one wire family (for instance {@code TABLE_DOES_NOT_EXIST}).
 */
public final class PlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> details;
    private final transient Optional<Duration> retryAfter;

    public PlatformException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    public PlatformException(ErrorCode code, String message, Map<String, String> details) {
        this(code, message, details, Optional.empty());
    }

    private PlatformException(
            ErrorCode code, String message, Map<String, String> details, Optional<Duration> retryAfter) {
        super(message);
        this.code = code;
        this.details = Map.copyOf(details);
        this.retryAfter = retryAfter;
    }

    public PlatformException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = Map.of();
        this.retryAfter = Optional.empty();
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

    /** How long whoever was refused has to wait before it makes sense to come again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Refuses somebody who comes too often. */
    public static PlatformException tooOften(String message, Duration retryAfter) {
        return new PlatformException(ErrorCode.RESOURCE_EXHAUSTED, message, Map.of(), Optional.of(retryAfter));
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
