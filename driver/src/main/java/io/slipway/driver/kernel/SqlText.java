package io.slipway.driver.kernel;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The little that must be known about an SQL statement before Spark reads it: whether there is one at all, and which
 * {@code :name} markers it has. Knows quotes, line comments and nested block comments.
 */
final class SqlText {
    private final String text;
    private final Set<String> markers = new LinkedHashSet<>();
    private boolean blank = true;
    private int at;

    private SqlText(String text) {
        this.text = text;
    }

    static SqlText of(String text) {
        var sql = new SqlText(text);
        sql.scan();
        return sql;
    }

    /** Nothing but comments, blanks and semicolons. */
    boolean blank() {
        return blank;
    }

    Set<String> markers() {
        return markers;
    }

    private void scan() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
            } else if (text.startsWith("/*", at)) {
                skipBlockComment();
            } else if (c == '\'' || c == '"' || c == '`') {
                blank = false;
                skipQuoted(c);
            } else {
                if (!Character.isWhitespace(c) && c != ';') {
                    blank = false;
                }
                if (c == ':' && !follows(':') && !(at > 0 && isWord(text.charAt(at - 1)))) {
                    marker();
                } else {
                    at += c == ':' && follows(':') ? 2 : 1;
                }
            }
        }
    }

    private boolean follows(char c) {
        return at + 1 < text.length() && text.charAt(at + 1) == c;
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private void skipQuoted(char quote) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
        }
        at++;
    }

    private void marker() {
        int start = ++at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        if (at > start && !Character.isDigit(text.charAt(start))) {
            markers.add(text.substring(start, at));
        }
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
