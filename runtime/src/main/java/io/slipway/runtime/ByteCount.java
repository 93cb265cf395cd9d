package io.slipway.runtime;

/** Adds up what several threads do and tells a {@link Progress}, one call at a time. */
final class ByteCount {
    private final Progress progress;
    private final long total;
    private long done;

    ByteCount(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    /** Counts more bytes; fewer if some have to be fetched again. */
    synchronized void add(long bytes) {
        done += bytes;
        progress.bytes(done, total);
    }
}
