package io.slipway.driver.output;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Bytes that code prints, as stream frames: gathered for a moment, so that a loop of prints does not make a frame per line. */
public final class FrameStream extends OutputStream {
    private static final int FULL = 16 * 1024;
    private static final long GATHER_MILLIS = 50;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "frame-timer");
        thread.setDaemon(true);
        return thread;
    });

    private final Frames frames;
    private final String name;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes = ByteBuffer.allocate(FULL);
    private boolean scheduled;

    public FrameStream(Frames frames, String name) {
        this.frames = frames;
        this.name = name;
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            if (!bytes.hasRemaining()) {
                emit(false);
            }
            int some = Math.min(left, bytes.remaining());
            bytes.put(from, at, some);
            at += some;
            left -= some;
        }
        if (!scheduled) {
            scheduled = true;
            var unused = TIMER.schedule(this::tick, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void tick() {
        scheduled = false;
        emit(false);
    }

    /** Flushing is left to the timer: a println flushes, and a frame per println is what this class is against. */
    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
        emit(true);
    }

    private void emit(boolean end) {
        bytes.flip();
        CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
        decoder.decode(bytes, text, end);
        if (end) {
            decoder.reset();
        }
        // What is left is the beginning of a character whose other bytes have not come yet.
        bytes.compact();
        frames.stream(name, text.flip().toString());
    }
}
