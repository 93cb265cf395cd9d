package io.slipway.identity.audit;

import io.slipway.kit.Timer;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes entries. What it has taken is in a file, whatever becomes of this process; a second later it is on the disk, and among the rows
 * unless many come: a server that has much to do copies a piece a second, and the rest when it has less to do or somebody asks.
 */
public final class AuditTrail {
    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    private static final Duration LATER = Duration.ofSeconds(1);

    /** Entries of a second. */
    private static final int MANY = 200;

    private final AuditFiles files;
    private final AuditLine lines;
    private final AuditIndex index;
    private final Timer timer;
    private final Executor background;
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicInteger fresh = new AtomicInteger();

    AuditTrail(AuditFiles files, AuditLine lines, AuditIndex index, Timer timer, Executor background) {
        this.files = files;
        this.lines = lines;
        this.index = index;
        this.timer = timer;
        this.background = background;
    }

    /** @throws io.slipway.kit.PlatformException UNAVAILABLE if it cannot be written */
    public void write(AuditEntry entry) {
        files.append(lines.write(entry));
        int unused = fresh.incrementAndGet();
        settleLater();
    }

    /** At the start, of what the last life of the server has left. */
    void settleLater() {
        if (due.compareAndSet(false, true)) {
            timer.after(LATER, this::settleAside);
        }
    }

    private void settleAside() {
        try {
            background.execute(this::settle);
        } catch (RejectedExecutionException ending) {
            log.debug("the audit log is copied at the next start");
        }
    }

    private void settle() {
        due.set(false);
        boolean busy = fresh.getAndSet(0) > MANY;
        try {
            files.sync();
            if (!busy) {
                index.catchUp();
            } else if (index.copyPiece()) {
                settleLater();
            }
        } catch (ClosedChannelException rotated) {
            // A file is on the disk before it is closed.
            settleLater();
        } catch (IOException | RuntimeException e) {
            log.warn("the audit log could not be copied for queries; tried again with the next call", e);
        }
    }
}
