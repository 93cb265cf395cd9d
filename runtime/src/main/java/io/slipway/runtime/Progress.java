package io.slipway.runtime;

/**
 * Hears how an installation goes on. Calls come from one thread at a time, but not always from the same.
 */
public interface Progress {
    /** A new step begins; {@code sentence} is for people, for instance {@code Downloading 45 files}. */
    void step(String sentence);

    /**
     * Bytes of the current step; called often, so keep it cheap.
     *
     * @param done so far, counting what was there before
     * @param total of the step
     */
    void bytes(long done, long total);

    /** Hears nothing. */
    static Progress none() {
        return new Progress() {
            @Override
            public void step(String sentence) {}

            @Override
            public void bytes(long done, long total) {}
        };
    }
}
