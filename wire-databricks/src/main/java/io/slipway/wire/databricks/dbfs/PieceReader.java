package io.slipway.wire.databricks.dbfs;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Hands the pieces of a body, one after the other, to somebody who may block; the next is asked for when one is done with. */
final class PieceReader implements Subscriber<HttpObject> {
    private final Executor blocking;
    private final Consumer<byte[]> taker;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private CompletableFuture<?> taken = CompletableFuture.completedFuture(true);

    private PieceReader(Executor blocking, Consumer<byte[]> taker) {
        this.blocking = blocking;
        this.taker = taker;
    }

    static CompletableFuture<Boolean> read(HttpRequest request, Executor blocking, Consumer<byte[]> taker) {
        PieceReader reader = new PieceReader(blocking, taker);
        request.subscribe(reader);
        return reader.done;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(HttpObject object) {
        byte[] piece = object instanceof HttpData data ? data.array() : new byte[0];
        taken = CompletableFuture.runAsync(() -> taker.accept(piece), blocking).whenComplete((nothing, failure) -> {
            if (failure != null) {
                stop(failure);
            } else if (subscription != null) {
                subscription.request(1);
            }
        });
    }

    private void stop(Throwable why) {
        done.completeExceptionally(why);
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    /** The end is told while the last piece may still be on its way. */
    @Override
    public void onComplete() {
        var unused = taken.thenRun(() -> done.complete(true));
    }
}
