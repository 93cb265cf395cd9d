package io.slipway.driver.sql;

import java.util.ArrayList;
import java.util.List;

/** A statement cut into words, quoted names, texts, numbers and signs; comments and blanks are left out. */
final class SqlTokens {
    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED_NAME,
        TEXT,
        NUMBER,
        SIGN
    }

    /** @param start where it begins in the statement; {@code end} is where it has ended */
    record Token(Kind kind, String text, int start, int end) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
        }

        boolean isName() {
            return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
        }

        /** Without its quotes. */
        String value() {
            if (kind == Kind.QUOTED_NAME) {
                return text.substring(1, text.length() - 1).replace("``", "`");
            }
            return kind == Kind.TEXT ? unescaped() : text;
        }

        private String unescaped() {
            var value = new StringBuilder();
            for (int i = 1; i < text.length() - 1; i++) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < text.length() - 1) {
                    char next = text.charAt(++i);
                    value.append(next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next);
                } else {
                    if (c == text.charAt(0)) {
                        i++; // A quote is doubled within quotes.
                    }
                    value.append(c);
                }
            }
            return value.toString();
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String text) {
        this.text = text;
    }

    static List<Token> of(String text) {
        var tokens = new SqlTokens(text);
        while (tokens.at < text.length()) {
            tokens.next();
        }
        return List.copyOf(tokens.tokens);
    }

    private void next() {
        char c = text.charAt(at);
        int start = at;
        if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("--", at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end + 1;
        } else if (text.startsWith("/*", at)) {
            blockComment();
        } else if (c == '\'' || c == '"') {
            quoted(c);
            add(Kind.TEXT, start);
        } else if (c == '`') {
            quoted(c);
            add(Kind.QUOTED_NAME, start);
        } else if (Character.isLetter(c) || c == '_') {
            word();
            add(Kind.WORD, start);
        } else if (Character.isDigit(c)) {
            word();
            add(Kind.NUMBER, start);
        } else {
            at++;
            add(Kind.SIGN, start);
        }
    }

    private void add(Kind kind, int start) {
        tokens.add(new Token(kind, text.substring(start, at), start, at));
    }

    private void word() {
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
    }

    private void blockComment() {
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
        at = Math.min(at, text.length());
    }

    private void quoted(char quote) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && quote != '`') {
                at += 2;
            } else if (c != quote) {
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at += 2;
            } else {
                at++;
                return;
            }
        }
        at = Math.min(at, text.length());
    }
}
