package io.slipway.wire.ui.notebook;

import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketFrameType;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The receiving side of a socket: one frame at a time, each worked off on a thread that may block before the next is asked for. */
final class Hearing implements Subscriber<WebSocketFrame> {
    private final Conversation conversation;
    private final WebSocketWriter writer;
    private final Executor blocking;
    private @Nullable Subscription subscription;

    Hearing(Conversation conversation, WebSocketWriter writer, Executor blocking) {
        this.conversation = conversation;
        this.writer = writer;
        this.blocking = blocking;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        run(conversation::greet);
    }

    @Override
    public void onNext(WebSocketFrame frame) {
        if (frame.type() == WebSocketFrameType.PING) {
            writer.writePong(frame.array());
            more();
        } else if (frame.type() == WebSocketFrameType.TEXT) {
            String text = frame.text();
            run(() -> conversation.hear(text));
        } else {
            more();
        }
    }

    private void run(Runnable work) {
        try {
            blocking.execute(() -> {
                work.run();
                more();
            });
        } catch (RejectedExecutionException stopping) {
            end();
        }
    }

    private void more() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onComplete() {
        end();
    }

    private void end() {
        conversation.close();
        writer.close();
    }
}
