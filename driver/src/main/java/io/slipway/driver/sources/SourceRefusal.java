package io.slipway.driver.sources;

/** A source that cannot be read as its options say, with the code by which the error is known. */
public final class SourceRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceRefusal(String code, String message) {
        super("[" + code + "] " + message);
    }
}
