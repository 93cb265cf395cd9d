package io.slipway.kit;

import java.util.Locale;

/** What a {@link Ref} can name. One word for each thing, in code, in the event log and in permissions. */
public enum Kind {
    USER,
    SERVICE_PRINCIPAL,
    GROUP,
    TOKEN,
    SESSION,
    /** What admins have set for a workspace, by its name. */
    SETTING,
    IP_ACCESS_LIST,
    CLUSTER,
    CONTEXT,
    COMMAND,
    JOB,
    RUN,
    TASK_RUN,
    /** A folder, notebook or file of the tree. */
    TREE,
    /** An open notebook, by the id of its object in the tree. */
    NOTEBOOK,
    /** A file or folder of DBFS, by its path. */
    DBFS,
    CATALOG,
    SCHEMA,
    TABLE,
    /** By its ARN. */
    INSTANCE_PROFILE,
    /** A scope of secrets. */
    SECRET_SCOPE,
    /** A way to come in: {@code tokens} or {@code passwords}. */
    SIGN_IN,
    WORKSPACE,
    /** What an account keeps to make workspaces of. */
    ACCOUNT_PART,
    /** Whose tokens are exchanged for ours. */
    FEDERATION_POLICY,
    /** A bucket, by its number: names are given again. */
    BUCKET,
    /** An object, by its bucket's number and its key. */
    OBJECT;

    /** The kind of this {@link #word}. */
    public static Kind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** As it is written in rows: {@code task_run}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
