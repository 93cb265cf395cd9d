package io.slipway.object.blob;

import io.slipway.object.blob.Content.Layout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows of {@code blob}, {@code blob_inline}, {@code blob_piece} and {@code blob_doomed}. */
final class BlobStore {
    /** In one statement. */
    private static final int MOST = 500;

    /** The largest number that any blob has. */
    long last(Handle handle) {
        return handle.createQuery("""
                        select max(last) from (
                            select coalesce(max(id), 0) as last from blob
                            union all select coalesce(max(id), 0) from blob_inline
                            union all select coalesce(max(id), 0) from blob_piece
                            union all select coalesce(max(id), 0) from blob_doomed) as each_table
                        """).mapTo(Long.class).one();
    }

    void insert(Handle handle, long id, byte[] bytes) {
        handle.execute("insert into blob_inline (id, bytes) values (?, ?)", id, bytes);
    }

    Optional<byte[]> inline(Handle handle, long id) {
        return handle.createQuery("select bytes from blob_inline where id = ?")
                .bind(0, id)
                .mapTo(byte[].class)
                .findOne();
    }

    void deleteInline(Handle handle, long id) {
        handle.execute("delete from blob_inline where id = ?", id);
    }

    void insert(Handle handle, long id, long size) {
        handle.execute("insert into blob (id, size, refs) values (?, ?, 1)", id, size);
    }

    /** @param more by blob; below 0: so many less. Whoever nobody has any more is doomed; true if one is */
    boolean addRefs(Handle handle, Map<Long, Integer> more) {
        Map<Integer, List<Long>> byCount = more.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        boolean doomed = false;
        for (Map.Entry<Integer, List<Long>> same : byCount.entrySet()) {
            for (int from = 0; from < same.getValue().size(); from += MOST) {
                List<Long> ids = same.getValue()
                        .subList(from, Math.min(from + MOST, same.getValue().size()));
                int changed = handle.createUpdate("update blob set refs = refs + :more where id in (<ids>)")
                        .bind("more", same.getKey())
                        .bindList("ids", ids)
                        .execute();
                if (changed != ids.size()) {
                    throw new IllegalStateException("some of the blobs " + ids + " are not there");
                }
                doomed |= same.getKey() < 0 && doom(handle, ids);
            }
        }
        return doomed;
    }

    private static boolean doom(Handle handle, List<Long> ids) {
        int rows = handle.createUpdate(
                        "insert into blob_doomed (id) select id from blob where id in (<ids>) and refs <= 0")
                .bindList("ids", ids)
                .execute();
        return rows > 0
                && handle.createUpdate("delete from blob where id in (<ids>) and refs <= 0")
                                .bindList("ids", ids)
                                .execute()
                        > 0;
    }

    void insert(Handle handle, long id, List<Piece> pieces) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into blob_piece (id, position, start, size, layout, leaf, skip, part, checksum)
                values (:id, :position, :start, :size, :layout, :leaf, :skip, :part, :checksum)
                """);
        long start = 0;
        long position = 0;
        for (Piece piece : pieces) {
            batch.bind("id", id)
                    .bind("position", position++)
                    .bind("start", start)
                    .bind("size", piece.size())
                    .bind("layout", piece.leaf().layout().name())
                    .bind("leaf", piece.leaf().id())
                    .bind("skip", piece.skip())
                    .bind("part", piece.part())
                    .bind("checksum", piece.checksum())
                    .add();
            start += piece.size();
        }
        batch.execute();
    }

    /** Those that have some of the bytes from {@code from} to {@code to}. */
    List<Piece> pieces(Handle handle, long id, long from, long to) {
        return handle.createQuery("""
                        select * from blob_piece where id = :id and start < :to and start + size > :from order by position
                        """)
                .bind("id", id)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> piece(row))
                .list();
    }

    List<Piece> pieces(Handle handle, long id) {
        return pieces(handle, id, -1, Long.MAX_VALUE);
    }

    /** Where the piece begins that has the byte at {@code from}. */
    long start(Handle handle, long id, long from) {
        return handle.createQuery("""
                        select coalesce(max(start), 0) from blob_piece where id = :id and start <= :from and size > 0
                        """)
                .bind("id", id)
                .bind("from", from)
                .mapTo(Long.class)
                .one();
    }

    void deletePieces(Handle handle, long id) {
        handle.execute("delete from blob_piece where id = ?", id);
    }

    private static Piece piece(ResultSet row) throws SQLException {
        return new Piece(
                new Content(Layout.valueOf(row.getString("layout")), row.getLong("leaf"), row.getLong("size")),
                row.getLong("skip"),
                row.getLong("size"),
                row.getInt("part"),
                row.getString("checksum"));
    }

    List<Long> doomed(Handle handle, int most) {
        return handle.createQuery("select id from blob_doomed order by id limit ?")
                .bind(0, most)
                .mapTo(Long.class)
                .list();
    }

    void gone(Handle handle, Collection<Long> ids) {
        handle.createUpdate("delete from blob_doomed where id in (<ids>)")
                .bindList("ids", List.copyOf(ids))
                .execute();
    }

    /** Which of these have a row, be it one of those that go. */
    Set<Long> known(Handle handle, Collection<Long> ids) {
        return Set.copyOf(handle.createQuery("""
                        select id from blob where id in (<ids>) union select id from blob_doomed where id in (<ids>)
                        """)
                .bindList("ids", List.copyOf(ids))
                .mapTo(Long.class)
                .list());
    }
}
