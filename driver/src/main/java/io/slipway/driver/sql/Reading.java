package io.slipway.driver.sql;

import io.slipway.driver.sql.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through the tokens of one statement. */
final class Reading {
    private final String text;
    private final List<Token> tokens;
    private int at;

    Reading(String text) {
        this.text = text;
        List<Token> all = new ArrayList<>(SqlTokens.of(text));
        while (!all.isEmpty() && all.get(all.size() - 1).is(";")) {
            all.remove(all.size() - 1);
        }
        this.tokens = List.copyOf(all);
    }

    String text() {
        return text;
    }

    List<Token> tokens() {
        return tokens;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    Optional<Token> peek() {
        return atEnd() ? Optional.empty() : Optional.of(tokens.get(at));
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    /** Steps over these words if all of them come next. */
    boolean skip(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    boolean skipAny(String... words) {
        for (String word : words) {
            if (skip(word)) {
                return true;
            }
        }
        return false;
    }

    void expect(String... words) {
        if (!skip(words)) {
            throw wrong(String.join(" ", words));
        }
    }

    void expectEnd() {
        if (!atEnd()) {
            throw wrong("the end of the statement");
        }
    }

    Token next() {
        return peek().map(token -> {
                    at++;
                    return token;
                })
                .orElseThrow(() -> wrong("more"));
    }

    /** A name of one part: a word, in backquotes, or as a text. */
    String name() {
        Token token = next();
        if (!token.isName() && token.kind() != SqlTokens.Kind.TEXT) {
            at--;
            throw wrong("a name");
        }
        return token.value();
    }

    String string() {
        Token token = next();
        if (token.kind() != SqlTokens.Kind.TEXT) {
            at--;
            throw wrong("a text in quotes");
        }
        return token.value();
    }

    /** A name of several parts as it is written. */
    String qualified() {
        int start = next().start();
        while (!atEnd() && tokens.get(at).is(".")) {
            at += 2;
        }
        at = Math.min(at, tokens.size());
        return text.substring(start, tokens.get(at - 1).end());
    }

    /** What stands in parentheses, which come next, without them. */
    String parenthesized() {
        expect("(");
        int start = tokens.get(at - 1).end();
        for (int depth = 1; depth > 0; ) {
            Token token = next();
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
        return text.substring(start, tokens.get(at - 1).start());
    }

    /** Keys and values in parentheses. */
    void properties(Map<String, String> properties) {
        expect("(");
        while (!skip(")")) {
            var key = new StringBuilder(name());
            while (skip(".")) {
                key.append('.').append(name());
            }
            skip("=");
            properties.put(key.toString(), next().value());
            skip(",");
        }
    }

    /** The rest of the statement as it is written. */
    String rest() {
        return atEnd() ? "" : text.substring(tokens.get(at).start());
    }

    SqlRefusal wrong(String wanted) {
        String found = peek().map(token -> "'" + token.text() + "'").orElse("the end of the statement");
        return new SqlRefusal("PARSE_SYNTAX_ERROR", "Syntax error at or near " + found + ": expected " + wanted);
    }
}
