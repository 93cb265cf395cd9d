package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Somebody by number and by the name of today.
 *
 * @param name of a user, the e-mail-like login name; of a group, its name
 */
public record Principal(PrincipalId id, String name) {
    public static final Principal SYSTEM = new Principal(PrincipalId.SYSTEM, "system");

    /** For stores: the name that belongs to a column of ids, as another column. */
    public static String named(String idColumn, String nameColumn) {
        return "coalesce((select name from principal where principal.id = " + idColumn + "), '') as " + nameColumn;
    }

    /** For stores: reads both columns. */
    public static Principal of(ResultSet row, String idColumn, String nameColumn) throws SQLException {
        return new Principal(new PrincipalId(row.getLong(idColumn)), row.getString(nameColumn));
    }
}
