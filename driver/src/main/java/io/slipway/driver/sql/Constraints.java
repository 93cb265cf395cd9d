package io.slipway.driver.sql;

import io.slipway.driver.sql.SqlTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Constraints in CREATE TABLE. Those of Delta are properties of the table already; keys, which nobody checks, are kept as
 * properties too, so that every reader of the catalog finds them.
 */
final class Constraints {
    /** What stands before the name of a key among the properties. */
    static final String KEY = "slipway.constraint.";

    private static final String CHECK = "delta.constraints.";

    private final String text;
    private final Reading read;
    private final StringBuilder written = new StringBuilder();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private int from;
    private int angles;

    private Constraints(String text) {
        this.text = text;
        this.read = new Reading(text);
    }

    /** The statement with its constraints written as properties; any other as it is. */
    static String asProperties(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (!upper.contains("PRIMARY")
                && !upper.contains("REFERENCES")
                && !upper.contains("CHECK")
                && !upper.contains("UNIQUE")) {
            return text;
        }
        return new Constraints(text).written();
    }

    private String written() {
        boolean replace = read.skip("REPLACE", "TABLE") || read.skip("CREATE", "OR", "REPLACE", "TABLE");
        if (!replace && !read.skip("CREATE", "TABLE")) {
            return text;
        }
        read.skip("IF", "NOT", "EXISTS");
        String table = read.qualified();
        if (read.peek().filter(token -> token.is("(")).isEmpty()) {
            return text;
        }
        int first = read.position() + 1;
        read.parenthesized();
        int last = read.position() - 1;
        var parts = new ArrayList<String>();
        for (int[] part : parts(first, last)) {
            String kept = part(part[0], part[1], table);
            if (!kept.isBlank()) {
                parts.add(kept);
            }
        }
        if (properties.isEmpty()) {
            return text;
        }
        List<Token> tokens = read.tokens();
        written.append(text, 0, tokens.get(first - 1).end()).append(String.join(", ", notNull(parts)));
        from = tokens.get(last).start();
        return withProperties(last + 1);
    }

    private String withProperties(int after) {
        List<Token> tokens = read.tokens();
        String listed = listed(properties);
        int depth = 0;
        for (int i = after; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && token.is("TBLPROPERTIES") && i + 1 < tokens.size()) {
                int open = tokens.get(i + 1).end();
                return written.append(text, from, open)
                        .append(listed)
                        .append(", ")
                        .append(text.substring(open))
                        .toString();
            }
        }
        int end = tokens.get(tokens.size() - 1).end();
        return written.append(text, from, end)
                .append(" TBLPROPERTIES (")
                .append(listed)
                .append(')')
                .toString();
    }

    static String listed(Map<String, String> properties) {
        var listed = new ArrayList<String>();
        properties.forEach((key, value) -> listed.add(quoted(key) + " = " + quoted(value)));
        return String.join(", ", listed);
    }

    static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** The first and the last token of everything between commas. */
    private List<int[]> parts(int first, int last) {
        var parts = new ArrayList<int[]>();
        int depth = 0;
        int start = first;
        for (int i = first; i < last; i++) {
            Token token = read.tokens().get(i);
            depth += deeper(i);
            if (depth == 0 && token.is(",")) {
                parts.add(new int[] {start, i});
                start = i + 1;
            }
        }
        parts.add(new int[] {start, last});
        return parts;
    }

    /** Types have their parts in angle brackets; elsewhere these compare. */
    private int deeper(int index) {
        Token token = read.tokens().get(index);
        boolean type = List.of("STRUCT", "ARRAY", "MAP").stream()
                .anyMatch(read.tokens().get(index - 1)::is);
        if (token.is("(") || (token.is("<") && type)) {
            angles += token.is("<") ? 1 : 0;
            return 1;
        }
        if (token.is(")") || (token.is(">") && angles > 0)) {
            angles -= token.is(">") ? 1 : 0;
            return -1;
        }
        return 0;
    }

    /** What is left of a column, or nothing of a constraint of the table. */
    private String part(int first, int last, String table) {
        List<Token> tokens = read.tokens();
        var kept = new StringBuilder();
        int copied = tokens.get(first).start();
        String column = tokens.get(first).value();
        boolean ofTable = tokens.get(first).is("CONSTRAINT")
                || (List.of("PRIMARY", "FOREIGN", "CHECK", "UNIQUE").stream().anyMatch(tokens.get(first)::is)
                        && (tokens.get(first + 1).is("KEY")
                                || tokens.get(first + 1).is("(")));
        read.back(ofTable ? first : first + 1);
        int depth = 0;
        while (read.position() < last) {
            int at = read.position();
            if (depth == 0) {
                var constraint = Constraint.read(read, ofTable ? "" : column, last);
                if (constraint.isPresent()) {
                    kept.append(text, copied, tokens.get(at).start());
                    copied = read.position() < tokens.size()
                            ? tokens.get(read.position()).start()
                            : text.length();
                    String name = constraint.get().name(table, properties.size());
                    properties.put(
                            (constraint.get().check() ? CHECK + name.toLowerCase(Locale.ROOT) : KEY + name),
                            constraint.get().text());
                    continue;
                }
            }
            read.next();
            depth += deeper(at);
        }
        return kept.append(text, copied, tokens.get(last).start()).toString().strip();
    }

    /** The columns of a primary key never hold NULL. */
    private List<String> notNull(List<String> columns) {
        List<String> keys = properties.entrySet().stream()
                .filter(each -> each.getKey().startsWith(KEY) && each.getValue().startsWith("PRIMARY KEY"))
                .flatMap(each -> Constraint.columns(each.getValue()).stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        var missing = new ArrayList<>(keys);
        var result = new ArrayList<String>();
        for (String column : columns) {
            var tokens = SqlTokens.of(column);
            String name = tokens.get(0).value().toLowerCase(Locale.ROOT);
            missing.remove(name);
            boolean nullable = true;
            for (int i = 0; i + 1 < tokens.size(); i++) {
                nullable &= !(tokens.get(i).is("NOT") && tokens.get(i + 1).is("NULL"));
            }
            result.add(keys.contains(name) && nullable ? column + " NOT NULL" : column);
        }
        if (!missing.isEmpty()) {
            throw new SqlRefusal(
                    "COLUMN_NOT_FOUND_IN_TABLE", "the primary key names " + missing + ", which are no columns");
        }
        return result;
    }
}
