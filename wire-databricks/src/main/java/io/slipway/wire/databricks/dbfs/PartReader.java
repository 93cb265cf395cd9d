package io.slipway.wire.databricks.dbfs;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.multipart.BodyPart;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Hands the pieces of a part, one after the other, to somebody who may block; the next is asked for when one is done with. */
final class PartReader implements Subscriber<HttpData> {
    private final Executor blocking;
    private final Consumer<byte[]> taker;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private CompletableFuture<?> taken = CompletableFuture.completedFuture(true);

    private PartReader(Executor blocking, Consumer<byte[]> taker) {
        this.blocking = blocking;
        this.taker = taker;
    }

    static CompletableFuture<Boolean> read(BodyPart part, Executor blocking, Consumer<byte[]> taker) {
        PartReader reader = new PartReader(blocking, taker);
        part.content().subscribe(reader);
        return reader.done;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(HttpData data) {
        byte[] piece = data.array();
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
