package io.slipway.protocol.driver;

/** What somebody typed for a command that waits for it. */
public record Answer(String text) {
    /** It may be a password. */
    @Override
    public String toString() {
        return "Answer[" + text.length() + " characters]";
    }
}
