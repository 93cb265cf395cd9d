package io.slipway.driver.sql;

import io.slipway.driver.sql.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A key or a check, as it is written in CREATE TABLE and ALTER TABLE.
 *
 * @param given the name; empty if it was given none
 * @param text for instance {@code PRIMARY KEY (id)}; the condition alone of a check
 */
record Constraint(String given, boolean check, String text) {

    /**
     * @param column which a constraint that stands behind a column is about; empty for a table's
     * @param last where the part ends
     */
    static Optional<Constraint> read(Reading read, String column, int last) {
        int start = read.position();
        String name = read.skip("CONSTRAINT") ? read.name() : "";
        Optional<Constraint> found = body(read, name, column);
        if (found.isEmpty()) {
            read.back(start);
            return found;
        }
        options(read, found.get().check(), last);
        return found;
    }

    private static Optional<Constraint> body(Reading read, String name, String column) {
        if (read.skip("PRIMARY", "KEY")) {
            String columns = column.isEmpty() || open(read) ? read.parenthesized() : name(column);
            return Optional.of(new Constraint(name, false, "PRIMARY KEY (" + columns.strip() + ")"));
        }
        boolean foreign = read.skip("FOREIGN", "KEY");
        String columns = foreign && open(read) ? read.parenthesized() : column.isEmpty() ? "" : name(column);
        if (read.skip("REFERENCES")) {
            String parent = read.qualified();
            String parents = open(read) ? " (" + read.parenthesized().strip() + ")" : "";
            return Optional.of(new Constraint(
                    name, false, "FOREIGN KEY (" + columns.strip() + ") REFERENCES " + parent + parents));
        }
        if (foreign) {
            throw read.wrong("REFERENCES");
        }
        if (read.skip("CHECK")) {
            return Optional.of(new Constraint(name, true, read.parenthesized().strip()));
        }
        if (read.skip("UNIQUE")) {
            throw new SqlRefusal("UNSUPPORTED_FEATURE", "UNIQUE constraints are not supported");
        }
        return Optional.empty();
    }

    private static String name(String column) {
        return column.matches("\\w+") ? column : "`" + column.replace("`", "``") + "`";
    }

    private static boolean open(Reading read) {
        return read.peek().filter(token -> token.is("(")).isPresent();
    }

    private static void options(Reading read, boolean check, int last) {
        while (read.position() < last) {
            if (read.skip("ENFORCED")) {
                if (!check) {
                    throw new SqlRefusal(
                            "UNSUPPORTED_FEATURE", "keys are for information only, they cannot be ENFORCED");
                }
                continue;
            }
            boolean known = read.skip("NOT", "ENFORCED")
                    || read.skip("NOT", "DEFERRABLE")
                    || read.skip("DEFERRABLE")
                    || read.skip("INITIALLY", "DEFERRED")
                    || read.skip("RELY")
                    || read.skip("NORELY")
                    || read.skip("MATCH", "FULL")
                    || read.skip("ON", "UPDATE", "NO", "ACTION")
                    || read.skip("ON", "DELETE", "NO", "ACTION")
                    || read.skip("ENABLE", "NOVALIDATE")
                    || read.skip("DISABLE", "NOVALIDATE");
            if (!known) {
                return;
            }
        }
    }

    /** A constraint without a name is called after its table and kind. */
    String name(String table, int others) {
        if (!given.isEmpty()) {
            return given;
        }
        List<Token> tokens = SqlTokens.of(table);
        String last = tokens.get(tokens.size() - 1).value().toLowerCase(Locale.ROOT);
        String kind = check ? "check" : text.startsWith("PRIMARY") ? "pk" : "fk";
        return last + "_" + kind + (others == 0 ? "" : "_" + others);
    }

    /** The names in the first parentheses of a key. */
    static List<String> columns(String text) {
        var columns = new ArrayList<String>();
        int open = text.indexOf('(');
        boolean next = true;
        for (Token token : SqlTokens.of(text.substring(open + 1, text.indexOf(')', open)))) {
            if (next && token.isName()) {
                columns.add(token.value());
            }
            next = token.is(",");
        }
        return columns;
    }
}
