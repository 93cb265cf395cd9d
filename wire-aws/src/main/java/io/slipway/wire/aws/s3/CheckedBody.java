package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.signature.AwsChunks;
import io.slipway.wire.aws.signature.Refusal;
import io.slipway.wire.aws.signature.SentHeaders;
import io.slipway.wire.aws.signature.Verified;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A body without its frames. Its last bytes come out only when all has come and is what was signed and summed: whoever has read as much
 * as was announced may store it. Otherwise reading fails.
 */
final class CheckedBody extends InputStream {
    private static final int PIECE = 64 << 10;

    private final InputStream sent;
    private final BodyChecks checks;
    private final Optional<AwsChunks> frames;
    private final Buffer plain = new Buffer();
    private final byte[] raw = new byte[PIECE];
    private final long length;
    private long taken;
    private boolean whole;
    private Optional<RuntimeException> failure = Optional.empty();

    /** Bytes that nobody has read yet. */
    private static final class Buffer extends ByteArrayOutputStream {
        private int at;

        int waiting() {
            return count - at;
        }

        void take(byte[] into, int from, int number) {
            System.arraycopy(buf, at, into, from, number);
            at += number;
            if (at == count) {
                at = 0;
                reset();
            }
        }
    }

    /**
     * @param length without frames
     * @param verified empty: nobody has signed
     */
    CheckedBody(InputStream sent, long length, Optional<Verified> verified, SentHeaders headers, BodyChecks checks) {
        this.sent = sent;
        this.length = length;
        this.checks = checks;
        this.frames = verified.filter(each -> each.payload().chunked())
                .map(each -> new AwsChunks(each, headers, this::plain));
    }

    private void plain(byte[] bytes, int from, int count) {
        checks.update(bytes, from, count);
        plain.write(bytes, from, count);
    }

    /** Reads ahead until there is something to hand on that is not the end, or all is there and right. */
    private void fill() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            while (!whole && (plain.waiting() == 0 || taken + plain.waiting() >= length)) {
                int count = sent.read(raw, 0, raw.length);
                if (count < 0) {
                    finish();
                } else if (frames.isPresent()) {
                    frames.get().feed(raw, 0, count);
                } else {
                    plain(raw, 0, count);
                }
            }
        } catch (IOException e) {
            failure = Optional.of(Refusal.INCOMPLETE_BODY.because("The request body terminated unexpectedly"));
            throw failure.get();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    private void finish() {
        frames.ifPresent(AwsChunks::finish);
        if (taken + plain.waiting() != length) {
            throw Refusal.INCOMPLETE_BODY.because(
                    "You did not provide the number of bytes specified by the Content-Length HTTP header");
        }
        checks.finish();
        whole = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int number) throws IOException {
        if (number == 0) {
            return 0;
        }
        fill();
        if (plain.waiting() == 0) {
            return -1;
        }
        int count = Math.min(number, plain.waiting());
        plain.take(into, from, count);
        taken += count;
        return count;
    }

    /** Reads the end of an empty body, which may be signed and summed too. */
    void requireNothing() {
        try {
            fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why it could not be read to its end. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    boolean whole() {
        return whole;
    }

    /** Whether all of it has been handed on. */
    boolean taken() {
        return whole && plain.waiting() == 0;
    }

    @Override
    public void close() throws IOException {
        sent.close();
    }
}
