package io.slipway.identity;

/** What a caller wants to do with a subject. */
public enum Action {
    /** See that it exists and read it. */
    VIEW,
    /** Run work on it. */
    USE,
    /** Change, start, stop or delete it. */
    MANAGE
}
