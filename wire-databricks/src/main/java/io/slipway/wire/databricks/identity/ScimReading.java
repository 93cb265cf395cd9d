package io.slipway.wire.databricks.identity;

import io.slipway.identity.DirectoryFilter.Comparison;
import io.slipway.kit.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads filters of SCIM, and paths of its changes, which can hold one (RFC 7644, 3.4.2.2 and 3.5.2). */
final class ScimReading {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')|([()\\[\\]])|([^\\s()\\[\\]\"]+))");
    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "eq", Comparison.EQUAL,
            "co", Comparison.CONTAINS,
            "sw", Comparison.STARTS,
            "ew", Comparison.ENDS,
            "gt", Comparison.GREATER,
            "ge", Comparison.GREATER_OR_EQUAL,
            "lt", Comparison.LESS,
            "le", Comparison.LESS_OR_EQUAL);
    /** Deeper ones are nobody's. */
    private static final int DEEPEST = 30;

    private static final int MOST = 500;

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private ScimReading(String text) {
        this.text = text;
        Matcher token = TOKEN.matcher(text.strip());
        int end = 0;
        while (token.lookingAt()) {
            tokens.add(token.group().strip());
            end = token.end();
            token.region(end, token.regionEnd());
        }
        if (end < text.strip().length() || tokens.size() > MOST) {
            throw wrong();
        }
    }

    static ScimExpression filter(String text) {
        ScimReading reading = new ScimReading(text);
        ScimExpression whole = reading.or(0);
        if (reading.at < reading.tokens.size()) {
            throw reading.wrong();
        }
        return whole;
    }

    /**
     * A path of a change.
     *
     * @param attribute in small letters, without the name of its schema
     * @param which of its values are meant
     * @param sub the part of each value that is meant; blank = all of it
     */
    record Place(String attribute, Optional<ScimExpression> which, String sub) {}

    static Place path(String text) {
        try {
            ScimReading reading = new ScimReading(text);
            String attribute = attribute(reading.next());
            if (reading.skip("[")) {
                ScimExpression which = reading.or(0);
                reading.expect("]");
                String rest = reading.at < reading.tokens.size() ? reading.next() : "";
                if (reading.at < reading.tokens.size() || (!rest.isEmpty() && !rest.startsWith("."))) {
                    throw reading.wrong();
                }
                return new Place(
                        attribute,
                        Optional.of(which),
                        rest.isEmpty() ? "" : rest.substring(1).toLowerCase(Locale.ROOT));
            }
            if (reading.at < reading.tokens.size()) {
                throw reading.wrong();
            }
            int dot = attribute.indexOf('.');
            return dot < 0
                    ? new Place(attribute, Optional.empty(), "")
                    : new Place(attribute.substring(0, dot), Optional.empty(), attribute.substring(dot + 1));
        } catch (PlatformException e) {
            throw ScimErrors.path("Path '" + text + "' cannot be read.");
        }
    }

    /** Without the schema that may stand before it: {@code urn:…:User:userName}. */
    private static String attribute(String written) {
        return written.substring(written.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
    }

    private ScimExpression or(int depth) {
        List<ScimExpression> parts = new ArrayList<>();
        do {
            parts.add(and(depth));
        } while (skip("or"));
        return parts.size() == 1 ? parts.get(0) : new ScimExpression.Or(parts);
    }

    private ScimExpression and(int depth) {
        List<ScimExpression> parts = new ArrayList<>();
        do {
            parts.add(one(depth));
        } while (skip("and"));
        return parts.size() == 1 ? parts.get(0) : new ScimExpression.And(parts);
    }

    private ScimExpression one(int depth) {
        if (depth > DEEPEST) {
            throw wrong();
        }
        if (skip("not")) {
            expect("(");
            ScimExpression part = or(depth + 1);
            expect(")");
            return new ScimExpression.Not(part);
        }
        if (skip("(")) {
            ScimExpression part = or(depth + 1);
            expect(")");
            return part;
        }
        String attribute = attribute(next());
        if (skip("[")) {
            ScimExpression part = or(depth + 1);
            expect("]");
            return new ScimExpression.Within(attribute, part);
        }
        String word = next().toLowerCase(Locale.ROOT);
        if (word.equals("pr")) {
            return new ScimExpression.Present(attribute);
        }
        if (word.equals("ne")) {
            return new ScimExpression.Not(new ScimExpression.Compare(attribute, Comparison.EQUAL, value(next())));
        }
        Comparison comparison = COMPARISONS.get(word);
        if (comparison == null) {
            throw wrong();
        }
        return new ScimExpression.Compare(attribute, comparison, value(next()));
    }

    /** Clients also write texts without quotes, and in single ones: {@code displayName sw 'sdk-'}. */
    private static String value(String token) {
        boolean quoted = token.startsWith("\"") || (token.startsWith("'") && token.endsWith("'") && token.length() > 1);
        if (!quoted) {
            return token;
        }
        return token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private String next() {
        if (at >= tokens.size()) {
            throw wrong();
        }
        return tokens.get(at++);
    }

    private boolean skip(String word) {
        boolean there = at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
        at += there ? 1 : 0;
        return there;
    }

    private void expect(String word) {
        if (!skip(word)) {
            throw wrong();
        }
    }

    private PlatformException wrong() {
        return ScimErrors.filter("Filter '" + text + "' cannot be read.");
    }
}
