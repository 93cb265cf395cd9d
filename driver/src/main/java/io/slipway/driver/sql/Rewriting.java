package io.slipway.driver.sql;

import io.slipway.driver.sql.SqlTokens.Kind;
import io.slipway.driver.sql.SqlTokens.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes what the dialect has inside of statements in Spark's words: {@code table@v3} and {@code table@20240501000000000} are
 * time travel, {@code column:path} is a call of a function.
 */
final class Rewriting {
    private final String text;
    private final List<Token> tokens;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int start, int end, String with) {}

    private Rewriting(String text) {
        this.text = text;
        this.tokens = SqlTokens.of(text);
    }

    static String of(String text) {
        if (text.indexOf('@') < 0 && text.indexOf(':') < 0) {
            return text;
        }
        var rewriting = new Rewriting(text);
        rewriting.versions();
        rewriting.paths();
        return rewriting.written();
    }

    /** The edits of one place stand in the order in which they were made. */
    private String written() {
        var sorted = new ArrayList<>(edits);
        sorted.sort((a, b) -> Integer.compare(a.start, b.start));
        var out = new StringBuilder();
        int at = 0;
        for (Edit edit : sorted) {
            out.append(text, at, edit.start).append(edit.with);
            at = edit.end;
        }
        return out.append(text.substring(at)).toString();
    }

    private boolean touch(int left) {
        return left >= 0
                && left + 1 < tokens.size()
                && tokens.get(left).end() == tokens.get(left + 1).start();
    }

    private void versions() {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (!tokens.get(i).is("@") || !tokens.get(i - 1).isName() || !touch(i - 1) || !touch(i)) {
                continue;
            }
            String version = tokens.get(i + 1).text();
            if (version.matches("[vV]\\d+")) {
                edit(i, i + 1, " VERSION AS OF " + version.substring(1));
            } else if (version.matches("\\d{17}")) {
                edit(
                        i,
                        i + 1,
                        " TIMESTAMP AS OF '"
                                + version.replaceFirst("(....)(..)(..)(..)(..)(..)(...)", "$1-$2-$3 $4:$5:$6.$7")
                                + "'");
            }
        }
    }

    private void edit(int first, int last, String with) {
        edits.add(new Edit(tokens.get(first).start(), tokens.get(last).end(), with));
    }

    private void paths() {
        int types = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            // Fields of a type are written with a colon too.
            if (types == 0 ? token.is("<") && i > 0 && tokens.get(i - 1).is("STRUCT") : token.is("<")) {
                types++;
            } else if (types > 0 && token.is(">")) {
                types--;
            } else if (types == 0 && token.is(":") && opens(i)) {
                i = path(i);
            }
        }
    }

    /** Whether this colon begins a path: it stands right behind an expression, and a name or bracket right behind it. */
    private boolean opens(int colon) {
        if (!touch(colon - 1) || !touch(colon) || colon == 0) {
            return false;
        }
        Token before = tokens.get(colon - 1);
        Token after = tokens.get(colon + 1);
        return (before.isName() || before.is(")") || before.is("]")) && (after.isName() || after.is("["));
    }

    private int path(int colon) {
        var path = new StringBuilder("$");
        int i = colon + 1;
        if (tokens.get(i).isName()) {
            path.append(field(tokens.get(i++)));
        }
        while (i < tokens.size() && touch(i - 1)) {
            Token token = tokens.get(i);
            if (token.is(".") && i + 1 < tokens.size() && tokens.get(i + 1).isName()) {
                path.append(field(tokens.get(i + 1)));
                i += 2;
            } else if (token.is("[")
                    && i + 2 < tokens.size()
                    && tokens.get(i + 2).is("]")) {
                Token index = tokens.get(i + 1);
                path.append('[')
                        .append(index.kind() == Kind.TEXT ? "'" + index.value() + "'" : index.text())
                        .append(']');
                i += 3;
            } else {
                break;
            }
        }
        int first = begin(colon - 1);
        edits.add(new Edit(tokens.get(first).start(), tokens.get(first).start(), PlatformFunctions.PATH + "("));
        edit(colon, i - 1, ", '" + path.toString().replace("\\", "\\\\").replace("'", "\\'") + "')");
        return i - 1;
    }

    private static String field(Token name) {
        return name.kind() == Kind.WORD ? "." + name.text() : "['" + name.value() + "']";
    }

    /** The first token of the expression that ends here: a column, a call, something in parentheses or brackets. */
    private int begin(int last) {
        int i = last;
        while (true) {
            if (tokens.get(i).is(")") || tokens.get(i).is("]")) {
                i = opening(i);
                if (i > 0
                        && (tokens.get(i).is("[")
                                || (touch(i - 1) && tokens.get(i - 1).isName()))) {
                    i--;
                    continue;
                }
            }
            if (i > 1 && tokens.get(i - 1).is(".") && touch(i - 1) && touch(i - 2)) {
                i -= 2;
                continue;
            }
            return i;
        }
    }

    private int opening(int closing) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = closing; i >= 0; i--) {
            if (tokens.get(i).is(")") || tokens.get(i).is("]")) {
                open.push(i);
            } else if (tokens.get(i).is("(") || tokens.get(i).is("[")) {
                open.pop();
            }
            if (open.isEmpty()) {
                return i;
            }
        }
        return 0;
    }
}
