package io.slipway.content.dbfs;

import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.store.Fact;
import java.util.Optional;

/** What happens to files and folders of DBFS. */
public sealed interface DbfsFact extends Fact {
    private static Ref ref(DbfsPath path) {
        return Ref.of(Kind.DBFS, path.toString());
    }

    record Put(Ref subject, Optional<Long> size) implements DbfsFact {
        Put(DbfsPath path, Optional<Long> size) {
            this(ref(path), size);
        }
    }

    record Mkdirs(Ref subject) implements DbfsFact {
        Mkdirs(DbfsPath path) {
            this(ref(path));
        }
    }

    record Moved(Ref subject, String to) implements DbfsFact {
        Moved(DbfsPath from, DbfsPath to) {
            this(ref(from), to.toString());
        }
    }

    record Deleted(Ref subject, boolean recursive) implements DbfsFact {
        Deleted(DbfsPath path, boolean recursive) {
            this(ref(path), recursive);
        }
    }
}
