package io.slipway.wire;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;

/** A body that is not read to its end, and the status that HTTP has for the reason. */
final class Unread extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final PlatformException reason;

    private Unread(int status, PlatformException reason) {
        super(reason);
        this.status = status;
        this.reason = reason;
    }

    static Unread tooLong(long limit) {
        return new Unread(
                413,
                new PlatformException(ErrorCode.TOO_LARGE, "The body is longer than the " + limit + " bytes allowed."));
    }

    static Unread stalled() {
        return new Unread(
                408,
                new PlatformException(ErrorCode.DEADLINE_EXCEEDED, "The rest of the body did not arrive in time."));
    }

    static Unread cutOff(Throwable cause) {
        return new Unread(400, new PlatformException(ErrorCode.MALFORMED_REQUEST, "The body was cut off.", cause));
    }

    int status() {
        return status;
    }

    PlatformException reason() {
        return reason;
    }
}
