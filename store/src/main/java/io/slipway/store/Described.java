package io.slipway.store;

/** A thing, as it is wanted or as it is, with what a client has sent for it. */
public record Described<T>(T thing, Manifest manifest) {
    /** One for which no client has sent anything. */
    public static <T> Described<T> plainly(T thing) {
        return new Described<>(thing, Manifest.NONE);
    }
}
