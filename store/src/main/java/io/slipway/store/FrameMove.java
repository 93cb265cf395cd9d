package io.slipway.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Moves rows of the former table {@code frame} into their stream. */
final class FrameMove {
    private static final int PIECE = 500;

    private FrameMove() {}

    static void all(Handle from, Stream to) {
        while (true) {
            List<String> command = from.createQuery("select command_id from frame limit 1")
                    .mapTo(String.class)
                    .list();
            if (command.isEmpty()) {
                return;
            }
            command.forEach(id -> move(from, id, to));
        }
    }

    private static void move(Handle from, String command, Stream to) {
        long after = Long.MIN_VALUE;
        while (true) {
            List<Stream.Entry> piece = from.createQuery("""
                            select seq, body from frame where command_id = :command and seq > :after order by seq limit :most
                            """)
                    .bind("command", command)
                    .bind("after", after)
                    .bind("most", PIECE)
                    .map((row, context) -> new Stream.Entry(row.getLong("seq"), row.getString("body")))
                    .list();
            to.append(command, piece);
            if (piece.size() < PIECE) {
                from.createUpdate("delete from frame where command_id = :command")
                        .bind("command", command)
                        .execute();
                return;
            }
            after = piece.get(piece.size() - 1).number();
        }
    }
}
