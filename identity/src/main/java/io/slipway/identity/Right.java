package io.slipway.identity;

/** What a caller wants to do with a thing; {@link Ladder} says what gives it. */
public enum Right {
    /** See that it exists and read it. */
    VIEW,
    /** Work with it: attach to a cluster, run a notebook, begin a run of a job. */
    USE,
    /** Start and stop it. */
    OPERATE,
    /** Change what it holds. */
    EDIT,
    /** Change, move, share or delete it. */
    MANAGE
}
