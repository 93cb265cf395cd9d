package io.slipway.iam.policy;

import java.util.Arrays;
import java.util.Optional;

/** Editions of the policy language. */
public enum Language {
    /** Without a version, too. Has no variables: they are plain text. */
    FIRST("2008-10-17"),
    NEWEST("2012-10-17");

    private final String version;

    Language(String version) {
        this.version = version;
    }

    public String version() {
        return version;
    }

    static Optional<Language> of(String version) {
        return Arrays.stream(values())
                .filter(each -> each.version.equals(version))
                .findFirst();
    }

    TextPattern pattern(String text, TextPattern.Style style) {
        return this == NEWEST ? TextPattern.withVariables(text, style) : TextPattern.constant(text, style);
    }
}
