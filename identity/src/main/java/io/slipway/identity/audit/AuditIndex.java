package io.slipway.identity.audit;

import io.slipway.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies the lines of the files into rows, each once: where it is in the files is written in the transaction that writes the rows. One
 * copies at a time, and whoever comes meanwhile waits and finds nothing left.
 */
final class AuditIndex {
    /** About 500 lines: so long is the database's one writer not there for others. */
    private static final int PIECE = 256 << 10;

    private final Database database;
    private final AuditFiles files;
    private final AuditStore store = new AuditStore();

    AuditIndex(Database database, AuditFiles files) {
        this.database = database;
        this.files = files;
    }

    /** Copies all that is there by now. */
    synchronized void catchUp() {
        while (copy()) {
            // As long as there is more.
        }
    }

    /** Copies a piece. True: there may be more. */
    synchronized boolean copyPiece() {
        return copy();
    }

    private boolean copy() {
        AuditFiles.Position from = position();
        AuditFiles.Piece piece;
        try {
            piece = files.read(from, PIECE);
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log cannot be read", e);
        }
        if (piece.next().equals(from)) {
            return false;
        }
        List<AuditStore.Unread> calls = calls(piece.lines());
        database.change(tx -> {
            List<AuditStore.Unread> fresh = new ArrayList<>(calls.size());
            for (AuditStore.Unread call : calls) {
                // A change that was begun in an earlier piece has its row already.
                boolean begun = maybeBegun(call.entry()) && store.end(tx.sql(), call);
                if (!begun) {
                    fresh.add(call);
                }
            }
            store.insert(tx.sql(), fresh);
            store.move(tx.sql(), piece.next());
        });
        return true;
    }

    /** Only what changes something is written down before it is done. */
    private static boolean maybeBegun(AuditEntry entry) {
        return entry.response().isPresent() && !entry.what().route().startsWith("GET ");
    }

    /** The calls of these lines: one that was begun and ended in them is one. */
    private static List<AuditStore.Unread> calls(List<String> lines) {
        Map<String, AuditStore.Unread> calls = new LinkedHashMap<>();
        for (String line : lines) {
            Optional<AuditEntry> entry = AuditLine.read(line);
            entry.ifPresent(known -> calls.put(known.requestId(), new AuditStore.Unread(known, line)));
        }
        return List.copyOf(calls.values());
    }

    AuditFiles.Position position() {
        return database.read(store::position);
    }
}
