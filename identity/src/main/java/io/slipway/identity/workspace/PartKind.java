package io.slipway.identity.workspace;

import java.util.Locale;

/** Kinds of what an account keeps to make workspaces of. */
public enum PartKind {
    /** The role of another account in which machines are made. */
    CREDENTIALS("credentials"),
    /** The bucket of a workspace. */
    STORAGE("storage configuration"),
    /** The network in which machines are. */
    NETWORK("network");

    private final String title;

    PartKind(String title) {
        this.title = title;
    }

    /** For sentences. */
    public String title() {
        return title;
    }

    /** The column of {@code workspace} that names one. */
    String column() {
        return name().toLowerCase(Locale.ROOT) + "_id";
    }
}
