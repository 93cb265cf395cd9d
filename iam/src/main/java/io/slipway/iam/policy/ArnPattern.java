package io.slipway.iam.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Names of things, compared part by part: a {@code *} does not reach over a colon, except in the last part (IAM, policy elements:
 * Resource; condition operators: ARN). Parts that a pattern leaves out may be anything.
 */
final class ArnPattern {
    private final String text;
    private final boolean everything;
    /** With which everything that matches begins: most names fail here. */
    private final String prefix;

    /** Parts that lie within the prefix, and where the first begins that does not. */
    private final int known;

    private final int knownEnd;
    private final List<TextPattern> parts;

    private ArnPattern(String text, boolean everything, List<TextPattern> parts) {
        this.text = text;
        this.everything = everything;
        this.prefix = prefix(text);
        this.known = (int) Math.min(
                parts.size() - 1, prefix.chars().filter(each -> each == ':').count());
        this.knownEnd = end(known);
        this.parts = List.copyOf(parts);
    }

    static ArnPattern of(String text, Language language) {
        List<TextPattern> parts = new ArrayList<>();
        for (String part : split(text, language)) {
            parts.add(language.pattern(part, TextPattern.Style.WILD));
        }
        return new ArnPattern(text, text.equals("*"), parts);
    }

    /** At the first five colons that are not within a variable: the names of many variables have one. */
    private static List<String> split(String text, Language language) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length() && parts.size() < Arn.PARTS - 1; i++) {
            if (language == Language.NEWEST && text.startsWith("${", i)) {
                i = TextPattern.end(text, i + 2);
            } else if (text.charAt(i) == ':') {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String prefix(String text) {
        int end = 0;
        while (end < text.length() && "*?$".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }

    private int end(int colons) {
        int at = 0;
        for (int i = 0; i < colons; i++) {
            at = prefix.indexOf(':', at) + 1;
        }
        return at;
    }

    Match matches(String other, Context context) {
        if (everything) {
            return Match.YES;
        }
        if (!other.startsWith(prefix)) {
            return Match.NO;
        }
        int from = knownEnd;
        boolean unknown = false;
        for (int i = known; i < parts.size(); i++) {
            int to = i == Arn.PARTS - 1 ? other.length() : colon(other, from);
            switch (parts.get(i).matches(other, from, to, context)) {
                case NO -> {
                    return Match.NO;
                }
                case UNKNOWN -> unknown = true;
                case YES -> {}
            }
            if (to == other.length() && i < parts.size() - 1) {
                return Match.NO;
            }
            from = to + 1;
        }
        return unknown ? Match.UNKNOWN : Match.YES;
    }

    private static int colon(String text, int from) {
        int at = text.indexOf(':', from);
        return at < 0 ? text.length() : at;
    }

    List<String> variables() {
        return parts.stream().flatMap(part -> part.variables().stream()).toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
