package io.slipway.wire.ui.notebook;

import com.linecorp.armeria.common.websocket.WebSocketCloseStatus;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import io.slipway.content.notebook.NotebookFeed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The sending side of a socket: takes no more than fits between us and the network. */
final class Tab implements NotebookFeed.Listener {
    private static final long MOST_WAITING = 256 << 10;

    private final WebSocketWriter writer;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean refused = new AtomicBoolean();
    private volatile Runnable readyAgain = () -> {};

    Tab(WebSocketWriter writer) {
        this.writer = writer;
    }

    void whenReadyAgain(Runnable signal) {
        readyAgain = signal;
    }

    @Override
    public void send(String frame) {
        waiting.addAndGet(frame.length());
        if (writer.tryWrite(frame) && looking.compareAndSet(false, true)) {
            CompletableFuture<Boolean> unused = writer.whenConsumed().handle((nothing, failure) -> {
                waiting.set(0);
                looking.set(false);
                if (refused.getAndSet(false)) {
                    readyAgain.run();
                }
                return true;
            });
        }
    }

    @Override
    public boolean ready() {
        if (!writer.isOpen()) {
            return false;
        }
        if (waiting.get() < MOST_WAITING) {
            return true;
        }
        refused.set(true);
        // It may have become free between the two lines above, with nobody left to say so.
        return waiting.get() < MOST_WAITING;
    }

    boolean open() {
        return writer.isOpen();
    }

    @Override
    public void end(String why) {
        writer.close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, why);
    }
}
