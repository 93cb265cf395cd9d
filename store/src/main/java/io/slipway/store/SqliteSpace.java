package io.slipway.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a file of SQLite shrink when much has been deleted. */
final class SqliteSpace {
    private static final Logger log = LoggerFactory.getLogger(SqliteSpace.class);
    private static final int INCREMENTAL = 2;

    /** Pages given back by one transaction: 4 MB, so that no writer waits long. */
    private static final int STEP = 1000;

    private SqliteSpace() {}

    /** A file keeps its pages unless it is told otherwise before its first table; one that has some is written anew, once. */
    static void give(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            if (number(statement, "pragma auto_vacuum") == INCREMENTAL) {
                return;
            }
            statement.execute("pragma auto_vacuum = incremental");
            statement.execute("vacuum");
        } catch (SQLException e) {
            // A full disk, for instance: the file is as it was, and the next start tries again.
            log.warn("{} cannot be made to give space back: {}", file, e.getMessage());
        }
    }

    /** Cuts some unused pages off the file; true if there are more. */
    static boolean step(Handle handle) {
        try (Statement statement = handle.getConnection().createStatement()) {
            if (number(statement, "pragma freelist_count") == 0) {
                return false;
            }
            // Only this way the driver carries a statement out to its end, which cuts off one page at a time.
            statement.executeUpdate("pragma incremental_vacuum(" + STEP + ")");
            return number(statement, "pragma freelist_count") > 0;
        } catch (SQLException e) {
            throw new IllegalStateException("unused pages cannot be given back", e);
        }
    }

    private static long number(Statement statement, String pragma) throws SQLException {
        try (ResultSet row = statement.executeQuery(pragma)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
