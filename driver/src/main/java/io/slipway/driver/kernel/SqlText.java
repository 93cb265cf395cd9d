package io.slipway.driver.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The little that must be known about SQL before Spark reads it: which statements a text holds, and which {@code :name} markers each of
 * them has. Knows quotes, line comments, nested block comments, and the blocks of scripts, whose semicolons end no statement.
 */
final class SqlText {
    private static final Set<String> ENDS_OF_OTHERS = Set.of("IF", "WHILE", "LOOP", "REPEAT", "FOR");

    private final String text;
    private final List<Statement> statements = new ArrayList<>();
    private Set<String> markers = new LinkedHashSet<>();
    private int body = -1;
    private int depth;
    private boolean ending;
    private int at;

    /** @param line of its beginning in the whole text, from 0 */
    record Statement(String text, int line, Set<String> markers) {}

    private SqlText(String text) {
        this.text = text;
    }

    /** The statements of a text, without the comments before them; one that holds only comments is none. */
    static List<Statement> statements(String text) {
        var sql = new SqlText(text);
        sql.scan();
        sql.end(text.length());
        return List.copyOf(sql.statements);
    }

    private void scan() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
            } else if (text.startsWith("/*", at)) {
                skipBlockComment();
            } else if (c == ';' && depth == 0) {
                end(at++);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                body = body < 0 ? at : body;
                token(c);
            }
        }
    }

    private void token(char c) {
        if (c == '\'' || c == '"' || c == '`') {
            skipQuoted(c);
        } else if (text.startsWith("$$", at)) {
            int end = text.indexOf("$$", at + 2);
            at = end < 0 ? text.length() : end + 2;
        } else if (c == ':' && !follows(':') && !(at > 0 && isWord(text.charAt(at - 1)))) {
            marker();
        } else if (isWord(c)) {
            word();
        } else {
            at += c == ':' && follows(':') ? 2 : 1;
        }
    }

    private void end(int where) {
        if (body >= 0) {
            int line =
                    (int) text.substring(0, body).chars().filter(c -> c == '\n').count();
            statements.add(new Statement(text.substring(body, where).stripTrailing(), line, markers));
        }
        markers = new LinkedHashSet<>();
        body = -1;
        depth = 0;
    }

    /** Blocks of scripts begin with BEGIN, and CASE has an END as they have; END IF and its kind end what nobody counts. */
    private void word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at).toUpperCase(Locale.ROOT);
        if (ending) {
            ending = false;
            depth += ENDS_OF_OTHERS.contains(word) ? 1 : 0;
            return;
        }
        if ((word.equals("BEGIN") && (depth > 0 || opens(start))) || (word.equals("CASE") && depth > 0)) {
            depth++;
        } else if (word.equals("END") && depth > 0) {
            depth--;
            ending = followedBy(ENDS_OF_OTHERS) || followedBy(Set.of("CASE"));
        }
    }

    /** Whether nothing but a label stands before it in the statement. */
    private boolean opens(int word) {
        return text.substring(body, word).matches("(\\w+\\s*:\\s*)?");
    }

    /** Whether the next word, with nothing but blanks before it, is one of these. */
    private boolean followedBy(Set<String> words) {
        int from = at;
        while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < text.length() && isWord(text.charAt(to))) {
            to++;
        }
        return words.contains(text.substring(from, to).toUpperCase(Locale.ROOT));
    }

    private boolean follows(char c) {
        return at + 1 < text.length() && text.charAt(at + 1) == c;
    }

    private void skipBlockComment() {
        int nested = 0;
        do {
            if (text.startsWith("/*", at)) {
                nested++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                nested--;
                at += 2;
            } else {
                at++;
            }
        } while (nested > 0 && at < text.length());
    }

    private void skipQuoted(char quote) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
        }
        at = Math.min(at + 1, text.length());
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
