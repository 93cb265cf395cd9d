package io.slipway.wire;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the bodies of all requests may take together. Whoever comes when it is used up is refused for the moment, so that no
 * number of requests, each within its own limits, ends the process.
 */
public final class BodyBudget {
    /**
     * A body is there as pieces, then as a whole; a long text in it as the parser's characters, two bytes each, as a string, and as what is
     * decoded from it.
     */
    private static final int COPIES = 6;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** @param most bytes of memory, copies included */
    public BodyBudget(long most) {
        this.most = most;
    }

    /** The greater part of what the process may have at most. */
    public static BodyBudget ofProcess() {
        return new BodyBudget(Runtime.getRuntime().maxMemory() / 5 * 3);
    }

    /** A budget of its own for those who are not known, so that they cannot use up that of the others. */
    BodyBudget forStrangers() {
        return new BodyBudget(most / 8);
    }

    /** What one request has taken. */
    final class Share implements AutoCloseable {
        private long mine;
        private boolean closed;

        /** @throws PlatformException if too much is taken already, unless by this request alone */
        synchronized void take(long bytes) {
            if (closed) {
                return;
            }
            long more = bytes * COPIES;
            long all = taken.addAndGet(more);
            mine += more;
            if (all > most && all != mine) {
                close();
                throw new PlatformException(
                        ErrorCode.RESOURCE_EXHAUSTED,
                        "The server is busy with the bodies of other requests. Try again in a moment.");
            }
        }

        @Override
        public synchronized void close() {
            taken.addAndGet(-mine);
            mine = 0;
            closed = true;
        }
    }

    Share share() {
        return new Share();
    }
}
