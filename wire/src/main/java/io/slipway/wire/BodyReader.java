package io.slipway.wire;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Reads a body into memory, piece by piece, as far as its limit and the budget allow. No thread waits meanwhile. All methods run on the
 * event loop of the connection.
 */
final class BodyReader implements Subscriber<HttpObject> {
    private final long limit;
    private final BodyBudget.Share share;
    private final List<byte[]> pieces = new ArrayList<>();
    private final CompletableFuture<HttpData> whole = new CompletableFuture<>();
    private final ScheduledFuture<?> watch;
    private @Nullable Subscription subscription;
    private int length;
    private boolean stirred = true;

    private BodyReader(long limit, BodyBudget.Share share, EventLoop loop, Duration patience) {
        this.limit = limit;
        this.share = share;
        this.watch =
                loop.scheduleAtFixedRate(this::look, patience.toMillis(), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    static CompletableFuture<HttpData> read(
            HttpRequest request, long limit, BodyBudget.Share share, EventLoop loop, Duration patience) {
        BodyReader reader = new BodyReader(limit, share, loop, patience);
        request.subscribe(reader, loop);
        return reader.whole;
    }

    /** A client from which nothing came since the last look is not waited for. */
    private void look() {
        if (!stirred) {
            stop(Unread.stalled());
        }
        stirred = false;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(HttpObject object) {
        stirred = true;
        if (object instanceof HttpData data && !data.isEmpty()) {
            byte[] piece = data.array();
            length += piece.length;
            if (length > limit) {
                stop(Unread.tooLong(limit));
                return;
            }
            try {
                share.take(piece.length);
            } catch (PlatformException busy) {
                stop(busy);
                return;
            }
            pieces.add(piece);
        }
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private void stop(RuntimeException why) {
        end();
        pieces.clear();
        if (subscription != null) {
            subscription.cancel();
        }
        whole.completeExceptionally(why);
    }

    private void end() {
        boolean unused = watch.cancel(false);
    }

    @Override
    public void onError(Throwable failure) {
        end();
        pieces.clear();
        whole.completeExceptionally(Unread.cutOff(failure));
    }

    @Override
    public void onComplete() {
        end();
        if (pieces.size() == 1) {
            whole.complete(HttpData.wrap(pieces.get(0)));
            return;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        pieces.clear();
        whole.complete(HttpData.wrap(all));
    }
}
