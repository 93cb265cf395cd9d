package io.slipway.identity;

import io.slipway.kit.Kind;

/** What a principal of the directory is. */
public enum PrincipalKind {
    /** A person, known by an e-mail-like name. */
    USER("User", Kind.USER),
    /** A program, known by its application id. */
    SERVICE_PRINCIPAL("Service principal", Kind.SERVICE_PRINCIPAL),
    GROUP("Group", Kind.GROUP);

    private final String title;
    private final Kind kind;

    PrincipalKind(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    /** As refusals call it. */
    public String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    /** Whether it can sign in and act. */
    public boolean acts() {
        return this != GROUP;
    }
}
