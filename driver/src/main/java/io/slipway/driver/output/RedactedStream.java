package io.slipway.driver.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Bytes with the mark in the place of values. Each byte is taken for a letter, so that no letter is cut in two. */
final class RedactedStream extends OutputStream {
    private final OutputStream to;
    private final HeldText text;

    RedactedStream(OutputStream to, Supplier<List<String>> values) {
        this.to = to;
        this.text = new HeldText(values);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        put(text.pass(new String(bytes, offset, length, StandardCharsets.ISO_8859_1)));
    }

    private void put(String shown) throws IOException {
        if (!shown.isEmpty()) {
            to.write(shown.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        to.flush();
    }

    /** Ends the text; what it was written to stays open. */
    @Override
    public synchronized void close() throws IOException {
        put(text.rest());
        to.flush();
    }
}
