package io.slipway.object.blob;

import io.slipway.kit.Outcome;
import io.slipway.kit.Reconciler;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes away files that nobody needs: those that a transaction has doomed, and those that a process left when it was killed. */
final class BlobSweep implements Reconciler<BlobSweep.Chore> {
    private static final int MOST = 500;
    private static final Duration WHILE_READ = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofHours(24);

    /** What there is to do. */
    enum Chore {
        DOOMED,
        ORPHANS
    }

    private final Database database;
    private final BlobFiles files;
    private final Readers readers;
    private final BlobStore store;
    private final Set<Long> pending;

    BlobSweep(Base base, BlobFiles files, Readers readers, BlobStore store, Set<Long> pending) {
        this.database = base.database();
        this.files = files;
        this.readers = readers;
        this.store = store;
        this.pending = pending;
    }

    @Override
    public Iterable<Chore> unfinished() {
        return List.of(Chore.values());
    }

    @Override
    public Outcome reconcile(Chore chore) {
        try {
            return chore == Chore.DOOMED ? doomed() : orphans();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome doomed() throws IOException {
        List<Long> doomed = database.read(handle -> store.doomed(handle, MOST));
        List<Long> free = readers.free(doomed);
        for (long id : free) {
            files.delete(id);
        }
        if (!free.isEmpty()) {
            database.change(tx -> store.gone(tx.sql(), free));
        }
        if (free.size() < doomed.size()) {
            return Outcome.again(WHILE_READ);
        }
        return doomed.size() == MOST ? Outcome.again(Duration.ZERO) : Outcome.done();
    }

    private Outcome orphans() throws IOException {
        for (int folder = 0; folder < BlobFiles.folders(); folder++) {
            List<Long> ids = new ArrayList<>(files.ids(folder));
            // Before their rows are looked for: what is no longer pending has its row by now, or none ever.
            ids.removeAll(pending);
            for (int from = 0; from < ids.size(); from += MOST) {
                List<Long> some = ids.subList(from, Math.min(from + MOST, ids.size()));
                Set<Long> known = database.read(handle -> store.known(handle, some));
                for (long id : some) {
                    if (!known.contains(id)) {
                        files.delete(id);
                    }
                }
            }
        }
        return Outcome.again(BETWEEN);
    }
}
