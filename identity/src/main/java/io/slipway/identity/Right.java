package io.slipway.identity;

/** What a caller may do with a thing. */
public enum Right {
    /** See that it exists and read it. */
    VIEW,
    /** Run work on it. */
    USE,
    /** Change, start, stop or delete it. */
    MANAGE
}
