package io.slipway.object.blob;

import io.slipway.kit.Clock;
import io.slipway.kit.Loop;
import io.slipway.object.blob.Content.Layout;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The door to bytes. What comes is safe on the disk before a transaction makes it somebody's; what nobody has any more goes after the
 * transaction that says so.
 */
public final class Blobs {
    private final Database database;
    private final Clock clock;
    private final BlobFiles files;
    private final BlobStore store = new BlobStore();
    private final Readers readers = new Readers();
    private final Receiver receiver;
    private final AtomicLong last;

    /** Files that have come, and of which no transaction has said yet whose they are. */
    private final Set<Long> pending = ConcurrentHashMap.newKeySet();

    private final Loop<BlobSweep.Chore> sweep;

    /** A part of an upload, to be put together with others. */
    public record Part(int number, Content content, String checksum) {}

    public Blobs(Base base, Path folder) {
        this.database = base.database();
        this.clock = base.clock();
        this.files = new BlobFiles(folder);
        this.receiver = new Receiver(files);
        this.last = new AtomicLong(database.read(store::last));
        this.sweep = base.loops().loop("blobs");
        base.loops().run(sweep, new BlobSweep(base, files, readers, store, pending));
    }

    /** Ids grow with time, so that new rows lie beside each other. */
    private long next() {
        return last.updateAndGet(before -> Math.max(before + 1, clock.millis() << 20));
    }

    /**
     * Takes all of {@code body}, which is read once. What it throws is thrown on, and nothing is left; where the disk does not take the
     * bytes, UNAVAILABLE.
     */
    public Received receive(InputStream body, Set<ChecksumAlgorithm> checksums) throws IOException {
        long id = next();
        pending.add(id);
        boolean done = false;
        try {
            Received received = receiver.receive(id, body, checksums);
            done = received.content().layout() == Layout.FILE;
            return received;
        } finally {
            if (!done) {
                pending.remove(id);
            }
        }
    }

    /** For what came and is not wanted. */
    public void discard(Received received) {
        if (received.content().layout() == Layout.FILE) {
            receiver.discard(received.content().id());
            pending.remove(received.content().id());
        }
    }

    /** One transaction, in which the bytes become somebody's. They are discarded if {@code work} refuses. */
    public <T> T keep(Received received, Function<Tx, T> work) {
        boolean[] wanted = {false};
        try {
            return database.write(tx -> {
                insert(tx.sql(), received);
                T result = work.apply(tx);
                wanted[0] = true;
                return result;
            });
        } finally {
            if (wanted[0]) {
                // A commit that failed may have happened all the same: if not, the file is swept up as one without a
                // row.
                pending.remove(received.content().id());
            } else {
                discard(received);
            }
        }
    }

    private void insert(Handle handle, Received received) {
        Content content = received.content();
        if (content.layout() == Layout.FILE) {
            store.insert(handle, content.id(), content.size());
        } else {
            received.few().ifPresent(bytes -> store.insert(handle, content.id(), bytes));
        }
    }

    /** What {@code content} had is given up by one of those that had it. */
    public void release(Tx tx, Content content) {
        Map<Long, Integer> fewer = new HashMap<>();
        if (content.layout() == Layout.PIECES) {
            for (Piece piece : store.pieces(tx.sql(), content.id())) {
                release(tx.sql(), piece.leaf(), fewer);
            }
            store.deletePieces(tx.sql(), content.id());
        } else {
            release(tx.sql(), content, fewer);
        }
        if (!fewer.isEmpty() && store.addRefs(tx.sql(), fewer)) {
            tx.wake(sweep, BlobSweep.Chore.DOOMED);
        }
    }

    private void release(Handle handle, Content leaf, Map<Long, Integer> fewer) {
        if (leaf.layout() == Layout.INLINE) {
            store.deleteInline(handle, leaf.id());
        } else if (leaf.layout() == Layout.FILE) {
            fewer.merge(leaf.id(), -1, Integer::sum);
        }
    }

    /** The same bytes once more. */
    public Content share(Tx tx, Content content) {
        return share(tx, content, 0, content.size());
    }

    /** Some of the bytes once more, without copying them, unless they are few. */
    public Content share(Tx tx, Content content, long from, long length) {
        if (length == 0) {
            return Content.EMPTY;
        }
        Map<Long, Integer> more = new HashMap<>();
        Content shared = share(tx.sql(), content, from, length, more);
        store.addRefs(tx.sql(), more);
        return shared;
    }

    private Content share(Handle handle, Content content, long from, long length, Map<Long, Integer> more) {
        boolean whole = from == 0 && length == content.size();
        return switch (content.layout()) {
            case EMPTY -> Content.EMPTY;
            case INLINE -> inline(handle, Arrays.copyOfRange(few(handle, content), (int) from, (int) (from + length)));
            case FILE -> {
                if (whole) {
                    more.merge(content.id(), 1, Integer::sum);
                    yield content;
                }
                yield together(handle, List.of(piece(handle, content, from, length, 1, more)));
            }
            case PIECES -> {
                List<Piece> pieces = new ArrayList<>();
                long start = store.start(handle, content.id(), from);
                for (Piece each : store.pieces(handle, content.id(), from, from + length)) {
                    long skip = Math.max(0, from - start);
                    long size = Math.min(each.size(), from + length - start) - skip;
                    if (size > 0) {
                        pieces.add(piece(handle, each.leaf(), each.skip() + skip, size, 1, more));
                    }
                    start += each.size();
                }
                yield together(handle, pieces);
            }
        };
    }

    private Piece piece(Handle handle, Content leaf, long from, long length, int part, Map<Long, Integer> more) {
        if (leaf.layout() == Layout.INLINE) {
            byte[] bytes = Arrays.copyOfRange(few(handle, leaf), (int) from, (int) (from + length));
            return new Piece(inline(handle, bytes), 0, length, part, "");
        }
        more.merge(leaf.id(), 1, Integer::sum);
        return new Piece(leaf, from, length, part, "");
    }

    private byte[] few(Handle handle, Content content) {
        return store.inline(handle, content.id())
                .orElseThrow(() -> new IllegalStateException("no bytes of " + content.id()));
    }

    private Content inline(Handle handle, byte[] bytes) {
        long id = next();
        store.insert(handle, id, bytes);
        return new Content(Layout.INLINE, id, bytes.length);
    }

    private Content together(Handle handle, List<Piece> pieces) {
        long id = next();
        store.insert(handle, id, pieces);
        return new Content(
                Layout.PIECES, id, pieces.stream().mapToLong(Piece::size).sum());
    }

    /** Puts parts together: what they had is the whole's from then on. */
    public Content join(Tx tx, List<Part> parts) {
        List<Piece> all = new ArrayList<>();
        for (Part part : parts) {
            Content content = part.content();
            if (content.layout() == Layout.PIECES) {
                String checksum = part.checksum();
                for (Piece each : store.pieces(tx.sql(), content.id())) {
                    all.add(new Piece(each.leaf(), each.skip(), each.size(), part.number(), checksum));
                    checksum = "";
                }
                store.deletePieces(tx.sql(), content.id());
            } else {
                all.add(new Piece(content, 0, content.size(), part.number(), part.checksum()));
            }
        }
        return together(tx.sql(), all);
    }

    /** What the parts of a whole that was put together were. Empty, if it was not. */
    public List<JoinedPart> parts(Handle handle, Content content) {
        return content.layout() == Layout.PIECES ? JoinedPart.of(store.pieces(handle, content.id())) : List.of();
    }

    /** Rows that name blobs are read within this, if the blobs are to be opened. */
    public <T> T look(Supplier<T> rows) {
        return readers.look(rows);
    }

    /** Within {@link #look}. To be closed. */
    public InputStream open(Handle handle, Content content, long from, long length) {
        List<Reading.Run> runs = new ArrayList<>();
        if (content.layout() == Layout.PIECES) {
            long start = store.start(handle, content.id(), from);
            for (Piece each : store.pieces(handle, content.id(), from, from + length)) {
                long skip = Math.max(0, from - start);
                long size = Math.min(each.size(), from + length - start) - skip;
                run(handle, each.leaf(), each.skip() + skip, size, runs);
                start += each.size();
            }
        } else {
            run(handle, content, from, length, runs);
        }
        return new Reading(files, runs, readers::release);
    }

    private void run(Handle handle, Content leaf, long from, long length, List<Reading.Run> runs) {
        if (length <= 0) {
            return;
        }
        if (leaf.layout() == Layout.FILE) {
            readers.hold(leaf.id());
            runs.add(new Reading.Run.OfFile(leaf.id(), from, length));
        } else if (leaf.layout() == Layout.INLINE) {
            runs.add(new Reading.Run.Few(ByteBuffer.wrap(few(handle, leaf)), (int) from, length));
        }
    }
}
