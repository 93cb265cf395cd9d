package io.slipway.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * Transactions that run one after the other on one connection and share a commit, since waiting for the disk is what a small write
 * costs. Each runs on its caller's thread, within a savepoint: one that fails takes back its own rows only. A writer that sees
 * another one wait leaves the transaction open for it; one that sees none commits for all who have been before it. So nobody waits
 * for a timer, a lone writer commits at once, and while one commit waits for the disk the next one gathers.
 */
final class GroupCommit {
    /** Who has written first must not wait for ever while others come. */
    private static final int MOST = 64;

    /** Writers whose rows become safe together. */
    private static final class Group {
        private final Handle handle;
        private final CountDownLatch over = new CountDownLatch(1);
        private int members;

        /** Why nothing of the group is there. Written before {@link #over}, read after it. */
        private Optional<Throwable> failure = Optional.empty();

        Group(Handle handle) {
            this.handle = handle;
        }
    }

    private final Jdbi writer;
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Guarded by {@link #turn}. */
    private Optional<Group> open = Optional.empty();

    /** @param writer hands out the only connection that writes */
    GroupCommit(Jdbi writer) {
        this.writer = writer;
    }

    /** Returns when what {@code work} has written is safe. */
    <T> T write(Function<Handle, T> work) {
        Group group;
        T result;
        turn.lock();
        try {
            group = open.isPresent() ? open.get() : begin();
            group.members++;
            try {
                result = alone(group, work);
            } finally {
                // Whoever leaves the transaction open may rely on the next writer: it has no way out of its turn but
                // this one.
                if (group.failure.isPresent() || group.members >= MOST || !turn.hasQueuedThreads()) {
                    finish(group);
                }
            }
        } finally {
            turn.unlock();
        }
        await(group);
        group.failure.ifPresent(GroupCommit::refuse);
        return result;
    }

    private Group begin() {
        Handle handle = writer.open();
        try {
            handle.execute("begin immediate");
        } catch (RuntimeException | Error e) {
            handle.close();
            throw e;
        }
        Group group = new Group(handle);
        open = Optional.of(group);
        return group;
    }

    private static <T> T alone(Group group, Function<Handle, T> work) {
        savepoint(group, "savepoint writer");
        try {
            T result = work.apply(group.handle);
            savepoint(group, "release writer");
            return result;
        } catch (RuntimeException | Error e) {
            if (group.failure.isEmpty()) {
                takeBack(group, e);
            }
            throw e;
        }
    }

    /** SQLite gives up a whole transaction when the disk is full, for instance: then there is no savepoint any more. */
    private static void savepoint(Group group, String statement) {
        try {
            group.handle.execute(statement);
        } catch (RuntimeException e) {
            group.failure = Optional.of(e);
            throw e;
        }
    }

    private static void takeBack(Group group, Throwable cause) {
        for (String statement : List.of("rollback to writer", "release writer")) {
            try {
                group.handle.execute(statement);
            } catch (RuntimeException e) {
                cause.addSuppressed(e);
                group.failure = Optional.of(cause);
                return;
            }
        }
    }

    private void finish(Group group) {
        open = Optional.empty();
        try (Handle handle = group.handle) {
            if (group.failure.isEmpty()) {
                try {
                    handle.execute("commit");
                    return;
                } catch (RuntimeException e) {
                    group.failure = Optional.of(e);
                }
            }
            rollback(handle);
        } finally {
            group.over.countDown();
        }
    }

    private static void rollback(Handle handle) {
        try {
            handle.execute("rollback");
        } catch (RuntimeException alreadyOver) {
            // SQLite has taken the transaction back itself.
            return;
        }
    }

    private static void await(Group group) {
        boolean interrupted = false;
        while (true) {
            try {
                group.over.await();
                break;
            } catch (InterruptedException e) {
                // The rows may be safe in a moment: only then can the caller be told the truth.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(Throwable failure) {
        throw new TransactionException("The database did not take what was written: " + failure.getMessage(), failure);
    }
}
