package io.slipway.runtime;

import java.io.IOException;

/** The index or a file server answered with a status that carries no content. */
final class HttpFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    HttpFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Whether asking again may help: too many requests, time-out, or trouble on their side. */
    boolean passing() {
        return status == 408 || status == 429 || status >= 500;
    }
}
