package io.slipway.protocol.driver;

import java.util.Locale;

/** @param message why it is in state ERROR */
public record ContextStatus(String context, State state, String message) {
    /** Whether commands can run. */
    public enum State {
        /** The session and the first kernel are being made; commands may be sent already. */
        PENDING,
        /** It is ready. */
        RUNNING,
        /** It could not be made. */
        ERROR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
