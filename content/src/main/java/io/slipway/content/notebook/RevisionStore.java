package io.slipway.content.notebook;

import io.slipway.identity.Principal;
import io.slipway.kit.PrincipalId;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code document_revision}. */
final class RevisionStore {
    long insert(
            Tx tx, long objectId, long at, PrincipalId by, String reason, String comment, Revision.Content content) {
        return tx.sql()
                .createQuery("""
                        insert into document_revision (object_id, number, made_at, made_by_id, reason, comment, content)
                        values (:object,
                            (select coalesce(max(number), 0) + 1 from document_revision where object_id = :object),
                            :at, :by, :reason, :comment, :content)
                        returning number
                        """)
                .bind("object", objectId)
                .bind("at", at)
                .bind("by", by.number())
                .bind("reason", reason)
                .bind("comment", comment)
                .bind("content", Json.write(content))
                .mapTo(Long.class)
                .one();
    }

    /** Newest first. */
    List<Revision> list(Handle handle, long objectId) {
        return handle.createQuery(
                        "select number, made_at, made_by_id, " + Principal.named("made_by_id", "made_by") + """
                        , reason, comment from document_revision where object_id = :object order by number desc
                        """)
                .bind("object", objectId)
                .map((row, c) -> new Revision(
                        row.getLong("number"),
                        row.getLong("made_at"),
                        Principal.of(row, "made_by_id", "made_by"),
                        row.getString("reason"),
                        row.getString("comment")))
                .list();
    }

    Optional<Revision.Content> content(Handle handle, long objectId, long number) {
        return handle.createQuery(
                        "select content from document_revision where object_id = :object and number = :number")
                .bind("object", objectId)
                .bind("number", number)
                .mapTo(String.class)
                .findOne()
                .map(text -> Json.read(text, Revision.Content.class));
    }

    Optional<Revision.Content> last(Handle handle, long objectId) {
        return handle.createQuery("""
                        select content from document_revision where object_id = :object order by number desc limit 1
                        """)
                .bind("object", objectId)
                .mapTo(String.class)
                .findOne()
                .map(text -> Json.read(text, Revision.Content.class));
    }

    /** A revision among those of all notebooks. */
    record Key(long objectId, long number) {}

    /**
     * What is older than the newest so many of its notebook, and was not saved with a comment. From each notebook to what it has too
     * many of ({@code cross}: SQLite would look at all revisions instead).
     */
    List<Key> beyond(Handle handle, int kept, int most) {
        return handle.createQuery("""
                        select document.object_id, document_revision.number
                        from document cross join document_revision
                        where document_revision.object_id = document.object_id
                            and document_revision.number <= (select max(newest.number) from document_revision newest
                                where newest.object_id = document.object_id) - :kept
                            and not (document_revision.reason = 'save' and document_revision.comment <> '')
                        limit :most
                        """)
                .bind("kept", kept)
                .bind("most", most)
                .map((row, c) -> new Key(row.getLong("object_id"), row.getLong("number")))
                .list();
    }

    void delete(Tx tx, List<Key> revisions) {
        for (Key revision : revisions) {
            tx.sql()
                    .createUpdate("delete from document_revision where object_id = :object and number = :number")
                    .bind("object", revision.objectId())
                    .bind("number", revision.number())
                    .execute();
        }
    }
}
