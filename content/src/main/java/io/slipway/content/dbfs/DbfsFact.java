package io.slipway.content.dbfs;

import io.slipway.identity.Caller;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.store.Fact;
import java.util.Optional;

/** What happens to files and folders of DBFS. */
public sealed interface DbfsFact extends Fact {
    private static Ref ref(Caller by, DbfsPath path) {
        return Ref.of(Kind.DBFS, by.workspace(), path.toString());
    }

    record Put(Ref subject, Optional<Long> size) implements DbfsFact {
        Put(Caller by, DbfsPath path, Optional<Long> size) {
            this(ref(by, path), size);
        }
    }

    record Mkdirs(Ref subject) implements DbfsFact {
        Mkdirs(Caller by, DbfsPath path) {
            this(ref(by, path));
        }
    }

    record Moved(Ref subject, String to) implements DbfsFact {
        Moved(Caller by, DbfsPath from, DbfsPath to) {
            this(ref(by, from), to.toString());
        }
    }

    record Deleted(Ref subject, boolean recursive) implements DbfsFact {
        Deleted(Caller by, DbfsPath path, boolean recursive) {
            this(ref(by, path), recursive);
        }
    }
}
