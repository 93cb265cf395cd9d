package io.slipway.store;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Names what is wrong with the disk below the database. Whoever asked may ask again when somebody has made room. */
final class StorageFault {
    /** PostgreSQL, Appendix A: disk_full. */
    private static final String POSTGRES_DISK_FULL = "53100";

    private StorageFault() {}

    /** Throws UNAVAILABLE where the disk is the cause, else what {@code write} throws. */
    static <T> T named(Supplier<T> write) {
        try {
            return write.get();
        } catch (PlatformException e) {
            throw e;
        } catch (RuntimeException e) {
            throw reason(e)
                    .<RuntimeException>map(why -> new PlatformException(
                            ErrorCode.UNAVAILABLE, "The platform's database cannot be written: " + why, e))
                    .orElse(e);
        }
    }

    private static Optional<String> reason(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLiteException sqlite) {
                return reason(sqlite.getResultCode());
            }
            if (each instanceof SQLException sql && POSTGRES_DISK_FULL.equals(sql.getSQLState())) {
                return Optional.of("its disk is full.");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> reason(SQLiteErrorCode code) {
        String name = code.name();
        if (code == SQLiteErrorCode.SQLITE_FULL) {
            return Optional.of("its disk is full.");
        }
        if (name.startsWith("SQLITE_IOERR")) {
            return Optional.of("its disk reports an error (" + name + ").");
        }
        return name.startsWith("SQLITE_READONLY")
                ? Optional.of("its file is read-only (" + name + ").")
                : Optional.empty();
    }
}
