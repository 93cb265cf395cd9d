package io.slipway.iam.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A text of a policy, made ready for comparing: with {@code *} and {@code ?}, and with variables, where these have a meaning.
 *
 * <p>Comparing goes back to the last {@code *} only, never to an earlier one: what came before it is best matched as early as
 * possible. So no pattern takes more steps than its length times the length of the text.
 */
final class TextPattern {
    private static final byte LITERAL = 0;
    private static final byte ONE = 1;
    private static final byte MANY = 2;

    /** A run of characters, or a variable. */
    private sealed interface Piece permits Run, Variable {}

    private static final class Run implements Piece {
        private final char[] characters;
        private final byte[] meanings;

        Run(char[] characters, byte[] meanings) {
            this.characters = characters;
            this.meanings = meanings;
        }
    }

    private record Variable(String name, Optional<String> otherwise) implements Piece {
        Optional<String> value(Context context) {
            Optional<String> known = context.single(name);
            return known.isPresent() ? known : otherwise;
        }
    }

    /** Which characters have a meaning. */
    enum Style {
        /** Only variables. */
        PLAIN,
        WILD;
    }

    private final String text;
    private final List<Piece> pieces;
    /** The only piece, if there are no variables. */
    private final Optional<Run> fixed;
    /** With which everything begins that matches, and whether that is all. Of patterns without variables. */
    private final String prefix;

    private final boolean literal;
    /** Whether anything may follow the prefix: so most patterns with a wildcard are written. */
    private final boolean open;

    private TextPattern(String text, List<Piece> pieces) {
        this.text = text;
        this.pieces = List.copyOf(pieces);
        boolean constant = pieces.stream().noneMatch(Variable.class::isInstance);
        this.fixed = constant ? Optional.of(joined(pieces, Context.EMPTY).orElseThrow()) : Optional.empty();
        this.prefix = fixed.map(TextPattern::prefix).orElse("");
        this.literal =
                fixed.filter(run -> run.characters.length == prefix.length()).isPresent();
        this.open = fixed.filter(
                        run -> run.characters.length == prefix.length() + 1 && run.meanings[prefix.length()] == MANY)
                .isPresent();
    }

    /** Without variables: they mean nothing in actions, nor in the first edition of the language. */
    static TextPattern constant(String text, Style style) {
        return new TextPattern(text, List.of(run(text, style)));
    }

    /** Throws if a variable is not one. */
    static TextPattern withVariables(String text, Style style) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            if (open > from) {
                pieces.add(run(text.substring(from, open), style));
            }
            int close = end(text, open + 2);
            pieces.add(variable(text.substring(open + 2, close)));
            from = close + 1;
        }
        if (from < text.length() || pieces.isEmpty()) {
            pieces.add(run(text.substring(from), style));
        }
        return new TextPattern(text, pieces);
    }

    /** Where a variable ends: at the brace that is not within its default. */
    static int end(String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '\'') {
                quoted = !quoted;
            } else if (each == '}' && !quoted) {
                return i;
            }
        }
        throw Malformed.syntax("a variable has no end: " + Malformed.shortened(text));
    }

    private static Run run(String text, Style style) {
        byte[] meanings = new byte[text.length()];
        if (style == Style.WILD) {
            for (int i = 0; i < meanings.length; i++) {
                meanings[i] = switch (text.charAt(i)) {
                    case '*' -> MANY;
                    case '?' -> ONE;
                    default -> LITERAL;
                };
            }
        }
        return new Run(text.toCharArray(), meanings);
    }

    private static Piece variable(String inner) {
        if (inner.equals("*") || inner.equals("?") || inner.equals("$")) {
            return run(inner, Style.PLAIN);
        }
        int comma = inner.indexOf(',');
        String name = (comma < 0 ? inner : inner.substring(0, comma)).strip();
        if (name.isEmpty() || !name.codePoints().allMatch(TextPattern::inName)) {
            throw Malformed.syntax("not a variable: ${" + Malformed.shortened(inner) + "}");
        }
        return new Variable(
                Context.name(name), comma < 0 ? Optional.empty() : Optional.of(quoted(inner.substring(comma + 1))));
    }

    /** Keys of tags may have letters of every language and blanks. */
    private static boolean inName(int each) {
        return Character.isLetterOrDigit(each) || " :/_.=+-@".indexOf(each) >= 0;
    }

    private static String quoted(String text) {
        String stripped = text.strip();
        if (stripped.length() < 2 || !stripped.startsWith("'") || !stripped.endsWith("'")) {
            throw Malformed.syntax("the default of a variable is not in single quotes: " + Malformed.shortened(text));
        }
        return stripped.substring(1, stripped.length() - 1);
    }

    /** The pieces as one, with the values of variables, which are never patterns. Empty: a variable has no value. */
    private static Optional<Run> joined(List<Piece> pieces, Context context) {
        if (pieces.size() == 1 && pieces.get(0) instanceof Run run) {
            return Optional.of(run);
        }
        StringBuilder characters = new StringBuilder();
        List<byte[]> meanings = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Run run) {
                characters.append(run.characters);
                meanings.add(run.meanings);
            } else if (piece instanceof Variable variable) {
                Optional<String> value = variable.value(context);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                characters.append(value.get());
                meanings.add(new byte[value.get().length()]);
            }
        }
        byte[] all = new byte[characters.length()];
        int at = 0;
        for (byte[] each : meanings) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        return Optional.of(new Run(characters.toString().toCharArray(), all));
    }

    private static String prefix(Run run) {
        int end = 0;
        while (end < run.meanings.length && run.meanings[end] == LITERAL) {
            end++;
        }
        return new String(run.characters, 0, end);
    }

    /** Names of variables in it, in small letters. */
    List<String> variables() {
        return pieces.stream()
                .filter(Variable.class::isInstance)
                .map(piece -> ((Variable) piece).name())
                .toList();
    }

    Match matches(String other, Context context) {
        return matches(other, 0, other.length(), context);
    }

    /** Compares a part of a text. */
    Match matches(String other, int from, int to, Context context) {
        if (to - from < prefix.length() || !other.startsWith(prefix, from)) {
            return Match.NO;
        }
        if (literal) {
            return Match.of(to - from == prefix.length());
        }
        if (open) {
            return Match.YES;
        }
        if (fixed.isEmpty() && beginsOtherwise(other, from, to, context)) {
            return Match.NO;
        }
        Optional<Run> run = fixed.isPresent() ? fixed : joined(pieces, context);
        return run.isPresent() ? Match.of(matches(run.get(), other, from, to)) : Match.UNKNOWN;
    }

    /** Whether it differs before the first wildcard or unknown value: so most patterns with variables need not be joined. */
    private boolean beginsOtherwise(String other, int from, int to, Context context) {
        int at = from;
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof Run run) {
                for (int j = 0; j < run.characters.length; j++, at++) {
                    if (run.meanings[j] != LITERAL) {
                        return false;
                    }
                    if (at >= to || other.charAt(at) != run.characters[j]) {
                        return true;
                    }
                }
            } else if (pieces.get(i) instanceof Variable variable) {
                Optional<String> value = variable.value(context);
                if (value.isEmpty()) {
                    return false;
                }
                int length = value.get().length();
                if (length > to - at || !other.startsWith(value.get(), at)) {
                    return true;
                }
                at += length;
            }
        }
        return false;
    }

    /** As {@link #matches}, in whatever case. */
    Match same(String other, Context context) {
        return joined(pieces, context)
                .map(run -> Match.of(
                        new String(run.characters).toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT))))
                .orElse(Match.UNKNOWN);
    }

    /** What it stands for, with the values of variables. */
    Optional<String> value(Context context) {
        return joined(pieces, context).map(run -> new String(run.characters));
    }

    private static boolean matches(Run run, String other, int from, int to) {
        char[] mine = run.characters;
        byte[] meanings = run.meanings;
        int at = from;
        int in = 0;
        int star = -1;
        int again = from;
        while (at < to) {
            if (in < mine.length && meanings[in] == MANY) {
                star = in++;
                again = at;
            } else if (in < mine.length && meanings[in] == ONE) {
                at += width(other, at, to);
                in++;
            } else if (in < mine.length && mine[in] == other.charAt(at)) {
                at++;
                in++;
            } else if (star >= 0) {
                again += width(other, again, to);
                at = again;
                in = star + 1;
            } else {
                return false;
            }
        }
        while (in < mine.length && meanings[in] == MANY) {
            in++;
        }
        return in == mine.length;
    }

    /** One character may take two places. */
    private static int width(String text, int at, int to) {
        return at + 1 < to && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1)) ? 2 : 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
