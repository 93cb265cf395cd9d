package io.slipway.wire.aws.s3;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A body as a stream, for a thread that may block. The client sends no more than a few pieces ahead of whoever reads; one that sends
 * nothing while it is waited for is not waited for long.
 */
final class BodyStream extends InputStream implements Subscriber<HttpObject> {
    private static final int AHEAD = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile @Nullable Subscription subscription;
    private byte[] piece = new byte[0];
    private int at;
    private boolean ended;

    /** @param failure why there is nothing more; empty at the end, where {@code last} is set */
    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(byte[] bytes, boolean last, Optional<Throwable> failure) {}

    static BodyStream of(HttpRequest request) {
        BodyStream stream = new BodyStream();
        request.subscribe(stream);
        return stream;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(AHEAD);
    }

    @Override
    public void onNext(HttpObject object) {
        pieces.add(new Piece(object instanceof HttpData data ? data.array() : new byte[0], false, Optional.empty()));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(new byte[0], true, Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(new byte[0], true, Optional.empty()));
    }

    private boolean more() throws IOException {
        while (!ended && at == piece.length) {
            Piece next = await();
            piece = next.bytes();
            at = 0;
            ended = next.last();
            if (next.failure().isPresent()) {
                throw new IOException("the body was cut off", next.failure().get());
            }
            Subscription from = subscription;
            if (!ended && from != null) {
                from.request(1);
            }
        }
        return at < piece.length;
    }

    private Piece await() throws IOException {
        try {
            Piece next = pieces.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                close();
                throw S3Errors.of(
                        400,
                        "RequestTimeout",
                        "Your socket connection to the server was not read from or written to within the timeout "
                                + "period. Idle connections will be closed.");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public int read() throws IOException {
        return more() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, into, from, count);
        at += count;
        return count;
    }

    @Override
    public void close() {
        Subscription from = subscription;
        if (from != null) {
            from.cancel();
        }
    }
}
