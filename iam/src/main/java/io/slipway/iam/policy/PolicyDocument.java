package io.slipway.iam.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A policy, read and made ready. Immutable: one may be kept and asked by many at once. */
public final class PolicyDocument {
    private final PolicyKind kind;
    private final String text;
    private final Language language;
    private final List<Statement> statements;

    PolicyDocument(PolicyKind kind, String text, Language language, List<Statement> statements) {
        this.kind = kind;
        this.text = text;
        this.language = language;
        this.statements = List.copyOf(statements);
    }

    /** Throws with the reason {@code MalformedPolicyDocument}, or that of a policy that is too long. */
    public static PolicyDocument parse(PolicyKind kind, String text) {
        return new PolicyReader(kind, text).read();
    }

    public PolicyKind kind() {
        return kind;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    public Language language() {
        return language;
    }

    /** As quotas count: without white space, except for the policies of resources. */
    public int size() {
        return size(kind, text);
    }

    static int size(PolicyKind kind, String text) {
        return kind == PolicyKind.RESOURCE
                ? text.length()
                : (int) text.codePoints()
                        .filter(each -> !Character.isWhitespace(each))
                        .count();
    }

    List<Statement> statements() {
        return statements;
    }

    /** All patterns of {@code Resource} and {@code NotResource}: a bucket's policy may name that bucket only. */
    public List<String> resources() {
        return statements.stream()
                .flatMap(each -> each.resources().stream())
                .map(ArnPattern::toString)
                .toList();
    }

    /** All names of principals within AWS, so that whoever keeps the policy can refuse those that are not there. */
    public List<String> awsPrincipals() {
        return statements.stream()
                .flatMap(each -> each.principals().stream())
                .flatMap(each -> each.names().getOrDefault(Principals.Type.AWS, List.of()).stream())
                .toList();
    }

    /** Whether some statement allows something to everybody, whatever its conditions say. */
    public boolean opensToEverybody() {
        return statements.stream()
                .filter(each -> each.effect() == Effect.ALLOW)
                .flatMap(each -> each.principals().stream())
                .anyMatch(each -> each.negated()
                        || each.everybody()
                        || each.names()
                                .getOrDefault(Principals.Type.AWS, List.of())
                                .contains("*"));
    }

    /** What it asks about besides action and resource: keys of conditions and variables, in small letters. */
    public Set<String> contextKeys() {
        Set<String> keys = new TreeSet<>();
        for (Statement each : statements) {
            each.resources().forEach(one -> keys.addAll(one.variables()));
            for (Condition one : each.conditions()) {
                keys.add(one.key());
                one.wanted().forEach(wanted -> keys.addAll(wanted.variables()));
            }
        }
        return Set.copyOf(keys);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyDocument that && that.kind == kind && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return kind.toString().toLowerCase(Locale.ROOT) + " " + text;
    }
}
