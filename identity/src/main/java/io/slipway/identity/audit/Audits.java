package io.slipway.identity.audit;

import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * The door to the audit log. Admins of a workspace see what was asked in it, admins of the account what was asked of the account; nobody
 * changes it. A query sees every call that was answered before it.
 */
public final class Audits {
    /** As the calls of this door are called in the log. */
    public static final String SERVICE = "audit";

    /** So many hours are counted at once. */
    private static final Duration MOST_COUNTED = Duration.ofDays(31);

    private static final int MOST_NEWER = 1_000;

    private final Database database;
    private final Permissions permissions;
    private final AuditFiles files;
    private final AuditIndex index;
    private final AuditStore store = new AuditStore();

    Audits(Database database, Permissions permissions, AuditFiles files, AuditIndex index) {
        this.database = database;
        this.permissions = permissions;
        this.files = files;
        this.index = index;
    }

    /** Newest first. */
    public Page<AuditRow> list(Caller caller, AuditFilter filter, PageWanted wanted) {
        require(caller);
        if (wanted.token().isEmpty()) {
            index.catchUp();
        }
        return database.read(handle -> store.page(handle, caller.workspace(), filter, wanted));
    }

    /** How many calls there were in each hour that has any, oldest first. */
    public List<AuditHour> hours(Caller caller, AuditFilter filter) {
        require(caller);
        long from = filter.from().orElseThrow(() -> PlatformException.invalid("from is needed to count hours."));
        long to = filter.to().orElseThrow(() -> PlatformException.invalid("to is needed to count hours."));
        if (to - from > MOST_COUNTED.toMillis()) {
            throw PlatformException.invalid("At most " + MOST_COUNTED.toDays() + " days are counted at once.");
        }
        index.catchUp();
        return database.read(handle -> store.hours(handle, caller.workspace(), filter));
    }

    /** How many calls came after this one, up to 1000; those by which the caller reads this log do not count. */
    public int newer(Caller caller, AuditFilter filter, long after) {
        require(caller);
        index.catchUp();
        return database.read(handle -> store.newer(
                handle, caller.workspace(), filter, after, new AuditStore.Asking(caller.name(), SERVICE), MOST_NEWER));
    }

    private void require(Caller caller) {
        permissions.requireAdmin(caller, "read the audit log");
    }

    /** Forgets a piece of what is older, files as well as rows. True: there may be more. */
    public boolean forget(long before, int most) {
        try {
            files.forget(before, index.position());
        } catch (IOException e) {
            throw new UncheckedIOException("old files of the audit log cannot be deleted", e);
        }
        return database.write(tx -> store.forget(tx.sql(), before, most)) == most;
    }
}
